import type { ConversationEvent } from './events';
import { discards, fetches, filesOfTurn, readable } from './files';
import { also, notice, type Situation, type Step, stay } from './step';
import type { Conversation, Handoff, HandoffId, Instant, Later, UserMessage } from './types';

type Spoke = Extract<ConversationEvent, { type: 'user_spoke' }>;
type OpenFailed = Extract<ConversationEvent, { type: 'open_failed' }>;
type Kept = Extract<Later, { state: 'kept' }>;

/** Where nobody knows when the help desk opens, it is tried so often. */
const pauseMs = 15 * 60_000;
/** So long after she was asked for a message, what she says is for the assistant again. */
const longestThoughtMs = 15 * 60_000;
/** A message that could not be brought for so long is given back. */
const longestMs = 4 * 24 * 3_600_000;

/** Nobody is there: a message can be left, where the admin wants that. */
export function offersMessage({ conversation, rules }: Situation, handoff: Handoff, event: OpenFailed): Conversation {
  const { later: _before, ...others } = conversation;
  if (!rules.takesMessages || event.kind !== 'refused') return others;
  const { request } = handoff;
  return { ...others, later: { state: 'offered', request, ...(event.opens ? { opens: event.opens } : {}) } };
}

/** The employee wants to leave a message, and writes it next; `undefined` when it is not the time for that. */
export function messageWanted({ conversation }: Situation, { at }: Spoke): Step | undefined {
  const { later } = conversation;
  if (!later || later.state === 'kept') return undefined;
  const asked: Later = { ...later, state: 'asked', askedAt: at };
  return stay({ ...conversation, later: asked }, notice({ key: 'message_wanted' }));
}

/** The message that she leaves: it is kept, and the assistant has the floor again. */
export function messageLeft({ conversation }: Situation, { message, at }: Spoke): Step | undefined {
  const { later } = conversation;
  if (later?.state !== 'asked' || at - (later.askedAt ?? 0) > longestThoughtMs) return undefined;
  const { request, opens } = later;
  const tryAt = Math.max(opens?.at ?? at + pauseMs, at) as Instant;
  const kept: Kept = { state: 'kept', request, message, tryAt, since: at, tries: 0 };
  const told = notice({ key: 'message_kept', ...(opens ? { opens } : {}) });
  const step = stay({ ...conversation, later: kept }, told, ...fetches(message, message.turn as string as HandoffId));
  return also(step, { lines: [{ at, who: 'user', text: readable(message) }] });
}

/** She does not want to leave a message after all. */
export function messageDropped(now: Situation): Step | undefined {
  const { later, ...others } = now.conversation;
  if (!later || later.state === 'offered') return undefined;
  const told = stay(others, notice({ key: 'message_dropped' }));
  if (later.state !== 'kept') return told;
  const { message } = later;
  return also(also(told, { effects: discards([message]) }), filesOfTurn(now, message.turn));
}

/** When the message that was left is to be brought. */
export function bringAt({ conversation: { phase, later, reachable } }: Situation): Instant | undefined {
  return reachable && phase.name === 'assisted' && later?.state === 'kept' ? later.tryAt : undefined;
}

/** The message that waits goes with the next hand-off, whoever wanted that. */
export function takeMessage(conversation: Conversation): { conversation: Conversation; message?: UserMessage } {
  const { later, ...others } = conversation;
  return later?.state === 'kept' ? { conversation: others, message: later.message } : { conversation: others };
}

/** Still nobody is there: it is tried again, and nobody hears of it; `undefined` when it was tried for long enough. */
export function tryLater(
  conversation: Conversation,
  { handoff, held }: { readonly handoff: Handoff; readonly held: readonly UserMessage[] },
  { opens, at }: OpenFailed,
): Conversation | undefined {
  const { left, request } = handoff;
  const [message] = held;
  if (!left || !message || at - left.since > longestMs) return undefined;
  const tryAt = Math.max(opens?.at ?? 0, at + pauseMs) as Instant;
  const kept: Kept = { state: 'kept', request, message, tryAt, since: left.since, tries: left.tries + 1 };
  return { ...conversation, later: kept };
}
