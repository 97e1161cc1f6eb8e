import type { Utterance } from './script';

/** One entry of the answer of the REST channel. */
export type Item = { readonly recipient_id: string } & Readonly<Record<string, unknown>>;

/** What an utterance becomes on a channel that knows text, buttons, pictures and custom payloads only. */
export function itemsOf(recipient: string, utterance: Utterance): readonly Item[] {
  const { custom, image, attachment } = utterance;
  const sameTwice = image !== undefined && image === attachment;
  return [
    ...spoken(utterance),
    ...(custom && Object.keys(custom).length > 0 ? [{ custom }] : []),
    ...(image ? [{ image }] : []),
    ...(attachment && !sameTwice ? [{ attachment }] : []),
    ...(utterance.elements ?? []).map(flattened),
  ].map((item) => ({ recipient_id: recipient, ...item }));
}

/** A text with choices stays whole; a plain one falls apart at its blank lines. */
function spoken({ text, buttons, quick_replies: replies }: Utterance): readonly Record<string, unknown>[] {
  const choices = replies?.length ? replies : buttons;
  if (choices?.length) return [{ ...(text !== undefined && { text }), buttons: choices }];
  if (!text) return [];
  return text
    .trim()
    .split('\n\n')
    .map((part) => ({ text: part }));
}

function flattened(element: Record<string, unknown>): Record<string, unknown> {
  const { title = '', subtitle = '', buttons = [] } = element;
  return { text: `${title} : ${subtitle}`, buttons };
}
