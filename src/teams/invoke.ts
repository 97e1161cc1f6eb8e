import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { IncomingActivity } from './activity';
import { clickOf, type SpokenWords, submittedText } from './words';

/** What goes back in the same request. */
export interface InvokeAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** A click on a card that Teams delivers as a question of its own. */
export interface Click {
  /** The same for every delivery of one click: repeats can carry new ids. */
  readonly name: string;
  readonly words: SpokenWords;
}

const cardActionShape = z.looseObject({
  action: z.looseObject({ verb: z.string().nullish(), data: z.unknown().optional() }),
});

/** Commands that a card's verb may name. */
const verbs: ReadonlySet<string> = new Set(['live_agent', 'end_chat', 'restart']);

/** The click in an invoke; `undefined` for every invoke that the connector does not know. */
export function readInvoke(activity: IncomingActivity): Click | undefined {
  if (activity.name !== 'adaptiveCard/action') return undefined;
  const action = cardActionShape.safeParse(activity.value).data?.action;
  const words = action && wordsOfAction(action.verb ?? '', action.data);
  if (!words) return undefined;
  const hash = createHash('sha256')
    .update(JSON.stringify([action.verb, action.data]))
    .digest('base64url');
  const { conversation, from, replyToId } = activity;
  return { name: `click ${conversation?.id} ${from?.id} ${replyToId ?? ''} ${hash}`, words };
}

function wordsOfAction(verb: string, data: unknown): SpokenWords | undefined {
  const clicked = clickOf(data, '');
  if (clicked) return clicked;
  if (verbs.has(verb)) return { text: `/${verb}` };
  const text = submittedText(data);
  return text === '' ? undefined : { text };
}
