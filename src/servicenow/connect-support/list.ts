import { ApiFailure } from '../../conversation/failures';
import type { LiveChat } from '../../conversation/types';
import type { ChatGlance, Clock, Log } from '../../engine/ports';
import { isNotThere } from '../not-there';
import type { DeskOptions } from '../options';
import type { ListedConversation } from './schema';
import type { StateOf } from './states';

export interface ListParts {
  readonly options: DeskOptions;
  readonly clock: Clock;
  readonly log: Log;
  readonly stateOf: StateOf;
  /** The caller's chats in one queue. */
  readonly listed: (queue: string) => Promise<readonly ListedConversation[]>;
}

export type Glances = ReadonlyMap<string, ChatGlance>;

/** So many lists that hold none of our live chats, and none before that did: the instance lists others', or nobody's. */
const emptyListsAtMost = 3;

/** What is known of the list of one queue. */
interface QueueList {
  /** Not asked again before. */
  brokenUntil: number;
  wasBroken: boolean;
  empty: number;
  /** It has shown a chat of ours: one that it leaves out now was transferred, or is over. */
  hasShown: boolean;
}

/**
 * One look over all chats, a call for each queue. Whether an instance can list is found out by trying, and remembered for a while;
 * the chats of a queue that cannot be listed are left out, and read by themselves.
 */
export function makeList(parts: ListParts): (chats: readonly LiveChat[]) => Promise<Glances | undefined> {
  const { listCall } = parts.options;
  const lists = new Map<string, QueueList>();
  return async (chats) => {
    if (listCall === 'off') return undefined;
    const found = await Promise.all(
      [...new Set(chats.map((chat) => chat.queue))].map((queue) => {
        const list = lists.get(queue) ?? { brokenUntil: 0, wasBroken: false, empty: 0, hasShown: false };
        lists.set(queue, list);
        return glancesOf(
          parts,
          list,
          chats.filter((chat) => chat.queue === queue),
          queue,
        );
      }),
    );
    const known = found.filter((one) => one !== undefined);
    return known.length === 0 ? undefined : new Map(known.flatMap((one) => [...one]));
  };
}

async function glancesOf(
  parts: ListParts,
  list: QueueList,
  chats: readonly LiveChat[],
  queue: string,
): Promise<Glances | undefined> {
  if (parts.clock.now() < list.brokenUntil) return undefined;
  try {
    const listed = await parts.listed(queue);
    const ours = new Set<string>(chats.map((chat) => chat.id));
    const found = listed.filter(({ sys_id }) => ours.has(sys_id));
    list.empty = found.length === 0 ? list.empty + 1 : 0;
    list.hasShown ||= found.length > 0;
    if (parts.options.listCall === 'on' || isUseful(found, list)) {
      list.wasBroken &&= found.length === 0;
      return new Map(found.map((one) => [one.sys_id, glanceOf(one, parts.stateOf)]));
    }
  } catch (error) {
    if (parts.options.listCall === 'on' || !isUnusable(error)) throw error;
  }
  setAside(parts, list, queue);
  return undefined;
}

/** A list without last messages does not tell what is new; one without our chats may only be late. */
function isUseful(found: readonly ListedConversation[], { empty, hasShown }: QueueList): boolean {
  if (found.length === 0) return hasShown || empty < emptyListsAtMost;
  return found.some((one) => one.last_message?.sys_id !== undefined);
}

function isUnusable(error: unknown): boolean {
  return isNotThere(error) || (error instanceof ApiFailure && error.kind === 'malformed');
}

/** Said once, until the list has worked again. */
function setAside({ clock, options, log }: ListParts, list: QueueList, queue: string): void {
  list.brokenUntil = clock.now() + options.listRetryMs;
  list.empty = 0;
  if (!list.wasBroken) log.warn('servicenow_cannot_list', { queue, again_in_ms: options.listRetryMs });
  list.wasBroken = true;
}

function glanceOf({ last_message, queueEntry }: ListedConversation, stateOf: StateOf): ChatGlance {
  const mark = last_message?.sys_id;
  const state = queueEntry ? stateOf(queueEntry) : ({ state: 'unknown' } as const);
  return mark === undefined ? { state } : { state, mark };
}
