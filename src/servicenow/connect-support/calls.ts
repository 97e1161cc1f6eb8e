import type { Log } from '../../engine/ports';
import type { ServiceNowCall, ServiceNowHttp } from '../http';
import type { DeskOptions } from '../options';
import type { FillPath } from '../paths';
import * as shape from './schema';

/** Of one chat, or of a queue; without `closed`, ended ones too. */
export type EntryQuery = { readonly group_id: string } | { readonly queue_id: string; readonly closed?: 'false' };

/** The calls of the browser client that this profile makes. All throw an ApiFailure. */
export interface ConnectCalls {
  /** Opens a chat in a queue with its first message. */
  open(queue: string, message: string): Promise<shape.QueueEntry>;
  /** The caller's chats in a queue, each with its last message and queue entry. */
  listed(queue: string): Promise<shape.ListedConversation[]>;
  /** The caller's queue entries. */
  entries(query: EntryQuery): Promise<shape.QueueEntry[]>;
  leave(chat: string): Promise<unknown>;
  /** One page of a thread: the newest rows, or the newest before that time. */
  page(chat: string, before?: number): Promise<shape.ThreadMessage[]>;
  post(chat: string, message: string, context: string): Promise<shape.Message>;
  conversation(chat: string): Promise<shape.ListedConversation>;
  /** The live profile of a user. */
  profile(user: string): Promise<string>;
}

export function makeCalls(parts: {
  readonly http: ServiceNowHttp;
  readonly fill: FillPath;
  readonly options: DeskOptions;
  readonly log: Log;
}): ConnectCalls {
  const { http, fill, options } = parts;
  const { paths, leaveMethod } = options;
  const get = <T>(url: string, result: ServiceNowCall<T>['result'], operation: string) =>
    http.read({ method: 'GET', url, result, operation });
  const complained = new Set<string>();
  const list = async <T>(
    url: string,
    result: ServiceNowCall<shape.PartlyRead<T>>['result'],
    operation: string,
  ): Promise<T[]> => {
    const { items, unreadable } = await get(url, result, operation);
    if (unreadable > 0 && !complained.has(operation))
      parts.log.warn('servicenow_unreadable', { operation, unreadable });
    if (unreadable > 0) complained.add(operation);
    return items;
  };
  const post = <T>(
    url: string,
    body: Record<string, unknown>,
    result: ServiceNowCall<T>['result'],
    operation: string,
  ) => http.write({ method: 'POST', url, body, result, operation });
  return {
    open: async (queue, message) => post(fill(paths.open, { queue }), { message }, shape.queueEntry, 'opening a chat'),
    listed: async (queue) => list(fill(paths.list, { queue }), shape.conversations, 'listing chats'),
    entries: async (query) => list(fill(paths.entries, {}, query), shape.queueEntries, 'reading queue entries'),
    leave: async (chat) =>
      http.write({
        method: leaveMethod,
        url: fill(paths.leave, { chat }),
        body: {},
        result: shape.anything,
        operation: 'leaving a chat',
      }),
    page: async (chat, before) =>
      list(fill(paths.messages, { chat }, before === undefined ? {} : { before }), shape.messages, 'reading a thread'),
    post: async (chat, message, context) =>
      post(
        fill(paths.messages, { chat }),
        { message, group: chat, reflected_field: 'comments', context },
        shape.message,
        'posting words',
      ),
    conversation: async (chat) => get(fill(paths.conversation, { chat }), shape.conversation, 'reading a conversation'),
    profile: async (user) => (await get(fill(paths.profile, { user }), shape.profile, 'reading a profile')).sys_id,
  };
}
