import { chatOf, rowShown } from '../conversation/belongs-to';
import type { ConversationEvent } from '../conversation/events';
import type { Errand, Outcome } from './couriers/courier';
import type { Facts, SpanOf } from './trace';

/** The taking of an event. That time passed is no news: what follows from it begins a trace of its own. */
export function eventSpan({ type }: ConversationEvent, correlation: string): SpanOf | undefined {
  if (type === 'time_passed') return undefined;
  return { name: `take ${type}`, kind: 'internal', facts: { correlation, event: type } };
}

/** One attempt at an effect: it goes on in the trace of what led to it. */
export function effectSpan({ effect, entry, conversation, inDoubt }: Errand): SpanOf {
  const { correlation, attempts, traceparent } = entry;
  const facts = { correlation, effect: effect.type, attempt: attempts, in_doubt: inDoubt, row: rowShown(effect) };
  const chat = { live_chat_id: chatOf(effect, conversation) };
  return { name: `carry ${effect.type}`, kind: 'consumer', facts: { ...facts, ...chat }, under: { traceparent } };
}

/** How the attempt ended; `row` is the one that an employee's words became. */
export function outcomeFacts({ effect }: Errand, { outcome, detail }: Outcome): Facts {
  const isRow = effect.type === 'post' && outcome === 'done';
  return isRow ? { outcome, row: detail } : { outcome, detail };
}
