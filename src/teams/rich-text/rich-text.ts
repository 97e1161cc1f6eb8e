import { z } from 'zod';
import type { IncomingActivity } from '../activity';
import { mentionsOf } from './mentions';
import { type RichText, readHtml } from './read-html';

const htmlShape = z.looseObject({
  contentType: z.string().regex(/^text\/html\b/i),
  content: z.string(),
});

/** What a message says as its HTML has it; `undefined` when it has none, or none that can be read. */
export function richTextOf(activity: IncomingActivity): RichText | undefined {
  const html = (activity.attachments ?? []).map((one) => htmlShape.safeParse(one).data?.content).find(Boolean);
  if (html === undefined) return undefined;
  const rich = readHtml(html, mentionsOf(activity), activity.recipient?.name ?? '');
  return rich && { ...rich, text: commandBelowQuote(rich.text) ?? rich.text };
}

/** A command is one although somebody's message is quoted above it. */
function commandBelowQuote(text: string): string | undefined {
  const lines = text.split('\n');
  const own = lines.findLastIndex((line) => line.startsWith('>')) + 1;
  const said = lines.slice(own).join('\n').trim();
  return own > 0 && /^\/\w+$/.test(said) && lines.slice(0, own).every((line) => line.startsWith('>'))
    ? said
    : undefined;
}
