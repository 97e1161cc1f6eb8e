import type { ChatState } from '../conversation/events';
import type { Conversation, Instant } from '../conversation/types';
import type { ChatGlance, WatchedChat } from './ports';

/** One live chat as the reader sees it. */
export interface Watch extends WatchedChat {
  readonly phase: 'queued' | 'connected';
  /** The queue itself said that an agent has the chat. */
  readonly taken: boolean;
  /** The employee was told that the agent's words cannot be read just now. */
  readonly told: boolean;
  /** A backup was put back: the thread is read once, whatever the list says. */
  readonly putBack: boolean;
  readonly lastWordAt: Instant;
  /** What the employee was told of her place in the queue. */
  readonly place: Pick<ChatState, 'position' | 'wait'>;
  /** What the reader remembers of this chat, from look to look. */
  readonly memory: Memory;
}

export interface Memory {
  /** The list's mark at the last read. */
  mark?: string;
  /** The newest mark of the list, and when it was first seen. */
  announced?: { readonly mark: string; readonly since: number };
  lastReadAt: number;
  /** When its thread last had a row that was new. */
  lastRowAt: number;
  /** Nobody reads it before this time, after reads that failed. */
  restUntil: number;
  failures: number;
  /** The last read was refused, and the queue did not know of the chat either. */
  refused?: true;
  /** Since when nobody knows what is new in it. */
  failingSince?: number;
  /** A read is under way, or waits for its turn. */
  reading: boolean;
}

/** For so long after a chat's last word its thread is read now and then although the list shows no change: rows can appear late. */
export const lateRowsMs = 30_000;
const lateReadEveryMs = 5_000;

/** The chat of a conversation, to be watched; `undefined` when none is live. What was remembered of the same chat is kept. */
export function watchOf({ key, phase, putBack }: Conversation, known: Watch | undefined): Watch | undefined {
  if (phase.name !== 'queued' && phase.name !== 'connected') return undefined;
  const { chat, cursor, lastWordAt, name } = phase;
  const memory = known?.chat.id === chat.id ? known.memory : blank();
  const taken = phase.name === 'connected' && phase.taken;
  const told = phase.interrupted?.reads ?? false;
  const place = phase.name === 'queued' ? { position: phase.position, wait: phase.wait } : {};
  return { key, chat, cursor, lastWordAt, phase: name, taken, told, putBack: putBack === true, place, memory };
}

function blank(): Memory {
  return { lastReadAt: 0, lastRowAt: 0, restUntil: 0, failures: 0, reading: false };
}

/** Whether the chat's thread is to be read now. `seen`: what the list says of it; nothing where the list does not hold it. */
export function isDue(watch: Watch, seen: ChatGlance | undefined, now: number): boolean {
  const { memory, lastWordAt } = watch;
  if (memory.reading || now < memory.restUntil) return false;
  if (seen === undefined || !isUnchanged(watch, seen)) return true;
  const quietSince = Math.max(lastWordAt, memory.lastRowAt);
  return now - quietSince < Math.max(lateRowsMs, watch.cursor.lagMs ?? 0) && now - memory.lastReadAt >= lateReadEveryMs;
}

/** The list says that nothing is new since the thread was last read. */
export function isUnchanged(watch: Watch, { mark, state }: ChatGlance): boolean {
  return mark !== undefined && mark === watch.memory.mark && !differs(watch, state);
}

/** The same while the list itself cannot be had: every chat is read by itself, but not at every look. */
export function isDueBlindly({ memory }: Watch, now: number): boolean {
  return !memory.reading && now >= memory.restUntil && now - memory.lastReadAt >= lateReadEveryMs;
}

/** Whether the queue says something that the conversation does not know yet. */
export function differs(watch: Watch, { state, position, wait }: ChatState): boolean {
  if (state === 'ended' || watch.putBack) return true;
  if (state === 'in_progress') return !watch.taken;
  if (state !== 'waiting') return false;
  return watch.taken || (watch.phase === 'queued' && hasMoved(watch.place, { position, wait }));
}

/** A place that the queue does not tell any more is no news. */
function hasMoved(known: Watch['place'], { position, wait }: Watch['place']): boolean {
  return (position !== undefined && position !== known.position) || (wait !== undefined && wait !== known.wait);
}
