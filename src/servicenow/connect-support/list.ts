import { ApiFailure } from '../../conversation/failures';
import type { LiveChat } from '../../conversation/types';
import type { ChatGlance, Clock, Log } from '../../engine/ports';
import type { DeskOptions } from '../options';
import type { ListedConversation } from './schema';
import { stateOf } from './states';

export interface ListParts {
  readonly options: DeskOptions;
  readonly clock: Clock;
  readonly log: Log;
  /** The caller's chats in one queue. */
  readonly sessionsOf: (queue: string) => Promise<readonly ListedConversation[]>;
}

/** One look over all chats, a call for each queue; remembers for a while when the instance cannot list. */
export function makeList(
  parts: ListParts,
): (chats: readonly LiveChat[]) => Promise<ReadonlyMap<string, ChatGlance> | undefined> {
  const { options, clock, log } = parts;
  let brokenUntil = options.listCall === 'off' ? Number.POSITIVE_INFINITY : 0;
  return async (chats) => {
    if (clock.now() < brokenUntil) return undefined;
    const queues = [...new Set(chats.map((chat) => chat.queue))];
    try {
      const listed = (await Promise.all(queues.map(parts.sessionsOf))).flat();
      if (options.listCall === 'on' || listed.length === 0 || listed.some((one) => one.last_message?.sys_id)) {
        return glances(listed, options);
      }
    } catch (error) {
      if (!(error instanceof ApiFailure) || !isAnswer(error) || options.listCall === 'on') throw error;
    }
    brokenUntil = clock.now() + options.listRetryMs;
    log.warn('servicenow_cannot_list', { again_in_ms: options.listRetryMs });
    return undefined;
  };
}

function isAnswer({ kind }: ApiFailure): boolean {
  return kind === 'not_found' || kind === 'refused' || kind === 'rejected' || kind === 'malformed';
}

function glances(listed: readonly ListedConversation[], { states }: DeskOptions): ReadonlyMap<string, ChatGlance> {
  return new Map(
    listed.map(({ sys_id, last_message, queueEntry }) => {
      const mark = last_message?.sys_id;
      const state = queueEntry ? stateOf(queueEntry, states) : ({ state: 'unknown' } as const);
      return [sys_id, { state, ...(mark === undefined ? {} : { mark }) }];
    }),
  );
}
