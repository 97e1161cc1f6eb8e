import { ApiFailure } from '../../conversation/failures';
import type { Log } from '../../engine/ports';
import { encodedQuery } from '../encoded-query';
import type { FileToSend, ServiceNowCall, ServiceNowHttp } from '../http';
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
  /** `attachments`: sys_ids of files that are attached to the chat's record. */
  post(chat: string, message: string, context: string, attachments?: readonly string[]): Promise<shape.Message>;
  /** Writes a field of a queue entry. */
  rate(entry: string, field: string, rating: number): Promise<unknown>;
  /** Attaches a file to the chat's record; in the thread it is not seen by that alone. */
  upload(chat: string, name: string, file: FileToSend): Promise<shape.Attachment>;
  download(file: string, mostBytes: number): Promise<Uint8Array>;
  /** What is attached to the chat's record, the newest first. */
  uploads(chat: string): Promise<shape.Attachment[]>;
  conversation(chat: string): Promise<shape.ListedConversation>;
  queue(queue: string): Promise<shape.Queue>;
  /** How many agents a queue has. */
  agents(queue: string): Promise<number>;
  /** The live profile of a user. */
  profile(user: string): Promise<string>;
}

/** Files of one chat that are looked through at the most. */
const mostUploads = 200;

interface CallParts {
  readonly http: ServiceNowHttp;
  readonly fill: FillPath;
  readonly options: DeskOptions;
  readonly log: Log;
}

export function makeCalls(parts: CallParts): ConnectCalls {
  return { ...reads(parts), ...writes(parts) };
}

type Writes = 'open' | 'leave' | 'post' | 'upload' | 'rate';

function reads({ http, fill, options, log }: CallParts): Omit<ConnectCalls, Writes> {
  const { paths } = options;
  const by =
    (send: ServiceNowHttp['read']) =>
    <T>(url: string, result: ServiceNowCall<T>['result'], operation: string) =>
      send({ method: 'GET', url, result, operation });
  const [get, ask] = [by(http.read), by(http.ask)];
  const readable = makeReadable(log);
  return {
    listed: async (queue) =>
      readable('listing chats', get(fill(paths.list, { queue }), shape.conversations, 'listing chats')),
    entries: async (query) =>
      readable(
        'reading queue entries',
        ask(fill(paths.entries, {}, query), shape.queueEntries, 'reading queue entries'),
      ),
    page: async (chat, before) => {
      const url = fill(paths.messages, { chat }, before === undefined ? {} : { before });
      return readable('reading a thread', get(url, shape.messages, 'reading a thread'), before !== undefined);
    },
    conversation: async (chat) => ask(fill(paths.conversation, { chat }), shape.conversation, 'reading a conversation'),
    queue: async (queue) => ask(fill(paths.queue, { queue }), shape.queue, 'reading a queue'),
    agents: async (queue) => (await ask(fill(paths.agents, { queue }), shape.profiles, 'listing agents')).length,
    download: async (file, mostBytes) => http.download(fill(paths.file, { file }), mostBytes),
    uploads: async (chat) => {
      const { chatTable: table } = options;
      const sysparm_query = encodedQuery({ table_name: table, table_sys_id: chat }, 'sys_created_on');
      const url = fill(paths.attachment, {}, { sysparm_query, sysparm_limit: mostUploads });
      return readable('listing files', get(url, shape.attachments, 'listing files'), true);
    },
    profile: async (user) => (await get(fill(paths.profile, { user }), shape.profile, 'reading a profile')).sys_id,
  };
}

/** What could be read of a list; that something could not is logged once for each kind. A list of nothing else is none. */
function makeReadable(log: Log) {
  const complained = new Set<string>();
  return async <T>(operation: string, list: Promise<shape.PartlyRead<T>>, mayBeNothing = false): Promise<T[]> => {
    const { items, unreadable, wrongAt } = await list;
    if (unreadable === 0) return items;
    if (items.length === 0 && !mayBeNothing)
      throw malformed(`${operation} was answered in another shape at ${wrongAt}`);
    if (!complained.has(operation)) log.warn('servicenow_unreadable', { operation, unreadable, wrong_at: wrongAt });
    complained.add(operation);
    return items;
  };
}

function writes({ http, fill, options }: CallParts): Pick<ConnectCalls, Writes> {
  const { paths, leaveMethod } = options;
  return {
    open: async (queue, message) => {
      const url = fill(paths.open, { queue });
      return http.write({
        method: 'POST',
        url,
        body: { message },
        result: shape.queueEntry,
        operation: 'opening a chat',
      });
    },
    leave: async (chat) => {
      const url = fill(paths.leave, { chat });
      return http.write({ method: leaveMethod, url, body: {}, result: shape.anything, operation: 'leaving a chat' });
    },
    post: async (chat, message, context, attachments) => {
      const url = fill(paths.messages, { chat });
      const files = attachments ? { attachments } : {};
      const body = { message, group: chat, reflected_field: 'comments', context, ...files };
      return http.write({ method: 'POST', url, body, result: shape.message, operation: 'posting words' });
    },
    rate: async (entry, field, rating) => {
      const url = fill(paths.entry, { entry });
      const body = { [field]: rating };
      return http.write({ method: 'PUT', url, body, result: shape.anything, operation: 'writing a rating' });
    },
    upload: async (chat, name, file) => {
      const url = fill(paths.upload, {}, { table_name: options.chatTable, table_sys_id: chat, file_name: name });
      return http.write({ method: 'POST', url, file, result: shape.attachment, operation: 'uploading a file' });
    },
  };
}

function malformed(what: string): ApiFailure {
  return new ApiFailure({ upstream: 'servicenow', kind: 'malformed', certain: false, message: `servicenow: ${what}` });
}
