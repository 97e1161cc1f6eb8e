import { z } from 'zod';
import type { ChatId } from '../conversation/types';
import type { IncomingActivity } from './activity';
import { cleanText } from './rich-text/clean';
import { richTextOf } from './rich-text/rich-text';

/** What an employee said: what a person reads, and for a click what the assistant gets instead. */
export interface SpokenWords {
  readonly text: string;
  readonly payload?: string;
  /** The chat to which a button of ours belongs. */
  readonly chat?: ChatId;
}

const mentionShape = z.looseObject({
  type: z.literal('mention'),
  text: z.string().min(1),
  mentioned: z.looseObject({ id: z.string() }),
});

const longestTitle = 100;

/** A card that another app put into the message. */
const cardShape = z.looseObject({
  contentType: z.string().regex(/^application\/vnd\.microsoft\.card\./i),
  name: z.string().nullish(),
  content: z.looseObject({ title: z.string().nullish() }).nullish().catch(undefined),
});

/** Data of a click: our own buttons carry `rasaPayload`; an author's own card may carry `payload`. */
const clickShape = z.looseObject({
  rasaPayload: z.string().optional(),
  payload: z.string().optional(),
  title: z.string().optional(),
  command: z.string().optional(),
  chat: z.string().min(1).optional(),
});

/**
 * The words of a message: typed, clicked or submitted with a card; `undefined` when there are none. What was typed is read
 * from the message's HTML, of which Teams' plain text is only an extract, and from the plain text where there is none.
 */
export function wordsOf(activity: IncomingActivity): SpokenWords | undefined {
  const rich = richTextOf(activity);
  const typed = rich?.text || withoutOwnMention(activity);
  const clicked = clickOf(activity.value, typed);
  if (clicked) return clicked;
  const text = typed || submittedText(activity.value) || cardsIn(activity);
  return text === '' ? undefined : { text };
}

/** Cards are not carried over, but a message that is nothing else is not passed over in silence. */
function cardsIn({ attachments }: IncomingActivity): string {
  const cards = (attachments ?? []).map((one) => cardShape.safeParse(one).data).filter((card) => card !== undefined);
  return cards.map(({ name, content }) => `[card${titled(name || content?.title)}]`).join('\n');
}

function titled(title: string | null | undefined): string {
  const shown = [...(title ?? '').replace(/\s+/g, ' ').trim()].slice(0, longestTitle).join('');
  return shown === '' ? '' : `: ${shown}`;
}

/** What a click says; `typed` is the text that came with it. */
export function clickOf(value: unknown, typed: string): SpokenWords | undefined {
  const data = clickShape.safeParse(value).data;
  if (data?.command) return { text: data.command, ...(data.chat ? { chat: data.chat as ChatId } : {}) };
  const payload = data?.rasaPayload ?? data?.payload;
  if (payload === undefined) return undefined;
  return { text: data?.title || typed || payload, payload };
}

/** The text with the bot's own mention taken out; mentions of others are part of what was said. */
function withoutOwnMention({ text, entities, recipient }: IncomingActivity): string {
  const own = (entities ?? [])
    .map((entity) => mentionShape.safeParse(entity).data)
    .flatMap((mention) => (mention && mention.mentioned.id === recipient?.id ? [mention.text] : []));
  return cleanText(own.reduce((rest, mention) => rest.replaceAll(mention, ''), text ?? ''));
}

/** What was filled in on a card, one line each, as a person would write it down. */
export function submittedText(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return '';
  return Object.entries(value)
    .filter(([name, entry]) => name !== 'msteams' && ['string', 'number', 'boolean'].includes(typeof entry))
    .map(([name, entry]) => `${cleanText(name)}: ${cleanText(String(entry))}`)
    .join('\n');
}
