import type { DomNode } from 'html-to-text';
import { z } from 'zod';
import type { IncomingActivity } from '../activity';
import { attribute, isBlank, textOf } from './element';
import { marks } from './marks';
import type { Mention } from './mention';
import type { Format, Reading } from './page';

const mentionShape = z.looseObject({
  type: z.literal('mention'),
  text: z.string().nullish(),
  mentioned: z.looseObject({ id: z.string(), name: z.string().nullish() }),
});

/** The mentions of an activity in their order, which is what the message's HTML counts them by. */
export function mentionsOf({ entities, recipient }: IncomingActivity): Mention[] {
  return (entities ?? [])
    .flatMap((entity) => mentionShape.safeParse(entity).data ?? [])
    .map(({ text, mentioned }) => ({
      id: mentioned.id,
      names: [text?.replace(/^<at[^<>]*>|<\/at>$/g, ''), mentioned.name].flatMap((name) => plainName(name ?? '') || []),
      isOwn: mentioned.id === recipient?.id,
    }));
}

/** Writes a mention as `@Name`. Of the bot's own only a mark is left, which goes away with the blanks around it. */
export const writeMention: Format = (element, { builder, reading }) => {
  const name = plainName(textOf(element));
  const mention = mentionedBy(element, name, reading);
  if (mention?.isOwn) return builder.addInline(marks.ownMention);
  if (name === '') return;
  builder.addInline(mention && continuesLast(element, mention, reading) ? name : `@${name}`);
  if (mention) reading.lastMention = { element, mention };
};

function mentionedBy(element: DomNode, name: string, { mentions, ownName }: Reading): Mention | undefined {
  const number = attribute(element, 'itemid') || attribute(element, 'id');
  const counted = number === '' ? undefined : mentions[Number(number)];
  if (counted?.names.includes(name)) return counted;
  const named = mentions.find(({ names }) => names.includes(name));
  if (named || name === '' || name !== plainName(ownName)) return named;
  return { id: '', names: [name], isOwn: true };
}

/** Whether this is the next part of a name: the same person's, nothing but blanks away, and not the same words again. */
function continuesLast(element: DomNode, mention: Mention, { lastMention }: Reading): boolean {
  if (!lastMention || lastMention.mention.id !== mention.id) return false;
  if (lastMention.mention.names[0] === mention.names[0]) return false;
  return elementBefore(element) === lastMention.element;
}

function elementBefore(element: DomNode): DomNode | undefined {
  let node = (element as Linked).prev;
  while (node && isBlank(node)) node = node.prev;
  return node ?? undefined;
}

/** The parser links neighbours, which the types of the package leave out. */
type Linked = DomNode & { readonly prev?: Linked | null };

function plainName(name: string): string {
  return name.replace(/\s+/g, ' ').trim().replace(/^@/, '');
}
