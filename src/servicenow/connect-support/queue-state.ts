import type { ChatState } from '../../conversation/events';
import { ApiFailure } from '../../conversation/failures';
import type { LiveChat } from '../../conversation/types';
import type { Clock } from '../../engine/ports';
import { isNotThere } from '../not-there';
import type { DeskOptions } from '../options';
import type { ConnectCalls } from './calls';
import type { QueueEntry } from './schema';
import type { StateOf } from './states';

/** What the queue says of a chat; `undefined` where this instance does not tell. */
export type QueueState = (chat: LiveChat) => Promise<ChatState | undefined>;

/**
 * The queue entry of the chat; where that call does not work or leaves the chat out, the entry in the conversation. A call that
 * the instance turned out not to have is not tried again for a while.
 */
export function makeQueueState(parts: {
  readonly calls: ConnectCalls;
  readonly stateOf: StateOf;
  readonly options: DeskOptions;
  readonly clock: Clock;
}): QueueState {
  const { calls, stateOf, clock, options } = parts;
  let entriesFrom = 0;
  const entryOf = async (chat: LiveChat): Promise<QueueEntry | 'none' | 'not_there'> => {
    if (clock.now() < entriesFrom) return 'none';
    try {
      const entries = await calls.entries({ group_id: chat.id });
      return entries.find((entry) => isOf(chat, entry)) ?? 'none';
    } catch (error) {
      if (isNotThere(error)) return 'not_there';
      throw error;
    }
  };
  return patient(
    clock,
    oneAtATime(async (chat) => {
      const entry = await entryOf(chat);
      if (typeof entry === 'object') return stateOf(entry);
      const other = await embeddedEntry(calls, chat);
      if (other && entry === 'not_there') entriesFrom = clock.now() + options.listRetryMs;
      return other && stateOf(other);
    }),
  );
}

/** Whoever asks for a chat while its answer is under way gets that answer: calls that hang do not pile up. */
function oneAtATime(ask: QueueState): QueueState {
  const underWay = new Map<string, ReturnType<QueueState>>();
  return (chat) => {
    const answer = underWay.get(chat.id) ?? ask(chat).finally(() => underWay.delete(chat.id));
    underWay.set(chat.id, answer);
    return answer;
  };
}

/** Asks nothing for as long as the instance wants to be left in peace: whoever reads threads meanwhile does not see that it does. */
function patient(clock: Clock, ask: QueueState): QueueState {
  let from = 0;
  const refusal = (waitMs: number) => {
    const message = 'servicenow: the queue is not asked before the instance wants to be';
    return new ApiFailure({ upstream: 'servicenow', kind: 'throttled', certain: true, message, retryAfterMs: waitMs });
  };
  return async (chat) => {
    if (clock.now() < from) throw refusal(from - clock.now());
    try {
      return await ask(chat);
    } catch (error) {
      if (error instanceof ApiFailure && error.kind === 'throttled') from = clock.now() + (error.retryAfterMs ?? 0);
      throw error;
    }
  };
}

/** The instance may ignore what it was asked for and answer all entries: another chat's end must not be taken for this one's. */
function isOf(chat: LiveChat, entry: QueueEntry): boolean {
  return entry.group === undefined
    ? entry.sys_id !== undefined && entry.sys_id === chat.entry
    : entry.group === chat.id;
}

async function embeddedEntry(calls: ConnectCalls, chat: LiveChat): Promise<QueueEntry | undefined> {
  try {
    return (await calls.conversation(chat.id)).queueEntry ?? undefined;
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
}
