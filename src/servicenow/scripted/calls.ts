import type { z } from 'zod';
import { ApiFailure } from '../../conversation/failures';
import type { FileToSend, ServiceNowHttp } from '../http';
import type { FillPath } from '../paths';
import type { ScriptedOptions } from './options';
import * as shape from './schema';

export interface NewChat {
  readonly externalId: string;
  readonly queue: string;
  readonly firstMessage: string;
  readonly subject?: string;
  readonly userEmail?: string;
}

/** The calls of the application's API. All throw an ApiFailure. What has an `externalId` happens once, however often it is called. */
export interface ScriptedCalls {
  open(chat: NewChat): Promise<shape.Opened>;
  find(externalId: string): Promise<shape.Opened[]>;
  /** `files`: ids of files that were uploaded for it. */
  post(chat: string, externalId: string, text: string, files?: readonly string[]): Promise<number>;
  upload(chat: string, externalId: string, name: string, file: FileToSend): Promise<string>;
  end(chat: string): Promise<unknown>;
  rate(chat: string, rating: number): Promise<unknown>;
  state(chat: string): Promise<shape.Standing>;
  messages(chat: string, after: number, whose: 'others' | 'all'): Promise<shape.Messages>;
  /** Without a number: only where the log stands. */
  changes(after: number | undefined, withPlaces: boolean): Promise<shape.Changes>;
  queue(queue: string): Promise<shape.Queue>;
  download(file: string, mostBytes: number): Promise<Uint8Array>;
}

export interface CallParts {
  readonly http: ServiceNowHttp;
  readonly fill: FillPath;
  readonly options: ScriptedOptions;
}

export function makeCalls(parts: CallParts): ScriptedCalls {
  return { ...reads(parts), ...writes(parts) };
}

type Writes = 'open' | 'post' | 'upload' | 'end' | 'rate';
type Query = Readonly<Record<string, string | number>>;

function reads({ http, fill, options }: CallParts): Omit<ScriptedCalls, Writes> {
  const { base, pageSize: limit, filePath } = options;
  const get = <T>(url: string, result: z.ZodType<T>, operation: string) =>
    http.read({ method: 'GET', url, result, operation });
  const at = (path: string, ids: Readonly<Record<string, string>>, query: Query = {}) => fill(base + path, ids, query);
  return {
    find: (externalId) => get(at('/chats', {}, { externalId }), shape.found, 'looking for a chat'),
    state: (chat) => get(at('/chats/{chat}', { chat }), shape.standing, 'asking for a chat'),
    messages: (chat, after, whose) => {
      const query = { after, limit, ...(whose === 'all' ? { own: 'true' } : {}) };
      return get(at('/chats/{chat}/messages', { chat }, query), shape.messages, 'reading a chat');
    },
    changes: (after, withPlaces) => {
      const query = { ...(after === undefined ? {} : { after, limit }), ...(withPlaces ? { waiting: 'true' } : {}) };
      return get(at('/changes', {}, query), shape.changes, 'reading changes');
    },
    queue: (queue) => {
      const url = at('/queues/{queue}', { queue });
      return http.ask({ method: 'GET', url, result: shape.queue, operation: 'reading a queue' });
    },
    download: (file, mostBytes) => http.download(fill(`${filePath}/{file}/file`, { file }), mostBytes),
  };
}

function writes({ http, fill, options }: CallParts): Pick<ScriptedCalls, Writes> {
  const at = (path: string, ids = {}) => fill(options.base + path, ids);
  const write = <T>(url: string, body: Readonly<Record<string, unknown>>, result: z.ZodType<T>, operation: string) =>
    http.write({ method: 'POST', url, body, result, operation });
  return {
    open: (chat) => write(at('/chats'), { ...chat }, shape.opened, 'opening a chat'),
    post: async (chat, externalId, text, files = []) => {
      const url = at('/chats/{chat}/messages', { chat });
      const body = { externalId, text, ...(files.length === 0 ? {} : { attachments: files }) };
      const posted = write(url, body, shape.posted, 'posting words');
      return (await posted).sequence;
    },
    upload: async (chat, externalId, name, file) => {
      const url = fill(`${options.base}/chats/{chat}/files`, { chat }, { externalId, name });
      const call = { method: 'POST', url, file, result: shape.uploaded, operation: 'uploading a file' } as const;
      return (await http.write(call).catch(overAsRefused)).id;
    },
    end: (chat) => write(at('/chats/{chat}/end', { chat }), {}, shape.anything, 'leaving a chat'),
    rate: (chat, rating) => write(at('/chats/{chat}/rating', { chat }), { rating }, shape.anything, 'writing a rating'),
  };
}

/** A chat that is over takes no files (409): the same as a refusal, for which the chat's state is asked. */
function overAsRefused(error: unknown): never {
  if (!(error instanceof ApiFailure) || error.kind !== 'conflict') throw error;
  const { upstream, certain, message, status } = error;
  throw new ApiFailure({ upstream, kind: 'refused', certain, message, status, cause: error });
}
