import { z } from 'zod';
import { ApiFailure } from '../conversation/failures';
import type { Clock } from '../engine/ports';
import { readJson } from '../upstream/answers';
import { type Answer, type Caller, makeCaller } from '../upstream/call';
import { type Downloader, makeDownloader } from '../upstream/download';
import { onlyTo } from '../upstream/reach';
import { pageInsteadOfData, refusal } from './refusal';
import { type Authorization, makeAuthorization, type ServiceNowAuth } from './tokens';

export interface ServiceNowCall<T> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  /** Text is sent as it is, an object as JSON. */
  readonly body?: string | Readonly<Record<string, unknown>>;
  /** Beside those that every call has. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent instead of a body of JSON. */
  readonly file?: FileToSend;
  /** Shape of the answer's `result`. */
  readonly result: z.ZodType<T>;
  /** Set where the answer has no envelope: it is the result itself, or plain text, which is none. */
  readonly enveloped?: false;
  /** What it is called in the log. */
  readonly operation: string;
}

/** Bytes with what they are. */
export interface FileToSend {
  readonly bytes: Uint8Array;
  readonly type: string;
}

/** What a slow line may take for each byte, beside the deadline of the call. */
const slowestBytesPerMs = 250;

/** Calls to one instance. Throws {@link ApiFailure}. */
export interface ServiceNowHttp {
  /** A call that changes something. It never waits behind reads. */
  write<T>(call: ServiceNowCall<T>): Promise<T>;
  read<T>(call: ServiceNowCall<T>): Promise<T>;
  /** A read that can be done without for a while. One that hangs takes no connection from the others. */
  ask<T>(call: ServiceNowCall<T>): Promise<T>;
  /** The bytes of a file: at most so many. */
  download(url: string, mostBytes: number): Promise<Uint8Array>;
  close(): void;
}

export interface ServiceNowHttpSettings {
  readonly auth: ServiceNowAuth;
  /** On the instance, to which alone everything goes. */
  readonly tokenUrl: string;
  /** From the first connect to the last byte, a token and a second attempt included. */
  readonly timeoutMs: number;
  readonly longestAnswer: number;
  readonly clock: Clock;
  /** Whether this process may speak for what it owns. */
  readonly mayCall?: () => boolean;
}

export function makeServiceNowHttp(settings: ServiceNowHttpSettings): ServiceNowHttp {
  const reach = onlyTo(settings.tokenUrl);
  const words = makeCaller('servicenow', { reach, mayCall: settings.mayCall });
  const reads = makeCaller('servicenow', { reach, maxSockets: 16 });
  const asides = makeCaller('servicenow', { reach, maxSockets: 16 });
  const files = makeDownloader('servicenow', { reach, maxSockets: 8 });
  const authorization = makeAuthorization({ ...settings, call: words });
  const using =
    (call: Caller) =>
    async <T>(outgoing: ServiceNowCall<T>) => {
      const answer = await send({ ...settings, call, authorization }, outgoing);
      return resultOf(answer, outgoing, settings.clock);
    };
  return {
    write: using(words),
    read: using(reads),
    ask: using(asides),
    download: (url, mostBytes) => download({ ...settings, authorization, files }, url, mostBytes),
    close: () => {
      for (const caller of [words, reads, asides, files]) caller.close();
    },
  };
}

interface SendParts extends ServiceNowHttpSettings {
  readonly call: Caller;
  readonly authorization: Authorization;
}

/** A 401 is answered with a fresh token, once. */
async function send(parts: SendParts, outgoing: ServiceNowCall<unknown>): Promise<Answer> {
  const { authorization, clock } = parts;
  const timeoutMs = parts.timeoutMs + Math.ceil((outgoing.file?.bytes.byteLength ?? 0) / slowestBytesPerMs);
  const end = clock.now() + timeoutMs;
  const left = () => Math.min(timeoutMs, end - clock.now());
  const header = await within(left(), clock, authorization.current());
  const first = await attempt(parts, outgoing, header, left());
  if (first.status !== 401) return first;
  const renewed = await within(left(), clock, authorization.renew(header));
  return renewed === undefined ? first : attempt(parts, outgoing, renewed, left());
}

function attempt(parts: SendParts, outgoing: ServiceNowCall<unknown>, authorization: string, timeoutMs: number) {
  if (timeoutMs <= 0) throw noTimeLeft();
  const { method, url, file } = outgoing;
  const type = file?.type ?? 'application/json';
  const headers = { ...outgoing.headers, accept: 'application/json', 'content-type': type, authorization };
  const body = file?.bytes ?? outgoing.body;
  return parts.call({ method, url, headers, timeoutMs, maxBytes: parts.longestAnswer, ...(body ? { body } : {}) });
}

/** Waits for what several calls may be waiting for, no longer than this one has time. */
function within<T>(milliseconds: number, clock: Clock, what: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(Math.max(0, milliseconds), () => reject(noTimeLeft()));
    what.finally(cancel).then(resolve, reject);
  });
}

function noTimeLeft(): ApiFailure {
  const message = 'servicenow: no token in time';
  return new ApiFailure({ upstream: 'servicenow', kind: 'unreachable', certain: true, message });
}

function resultOf<T>(answer: Answer, call: ServiceNowCall<T>, clock: Clock): T {
  const { method, result, operation, enveloped } = call;
  const { status, text, headers } = answer;
  if (status < 200 || status >= 300 || status === 202) throw refusal(answer, operation, clock.now());
  const isJson = /\bjson\b/i.test(headers['content-type'] ?? '') || /^\s*[{[]/.test(text);
  if (enveloped === false && !isJson && !isPage(answer)) return result.parse(undefined);
  if (!isJson && status !== 204) throw pageInsteadOfData(answer, operation, method === 'GET');
  if (enveloped === false)
    return readJson('servicenow', status === 204 ? { ...answer, text: '{}' } : answer, result, operation);
  const envelope = z.looseObject({ result }) as unknown as z.ZodType<{ result: T }>;
  return readJson('servicenow', status === 204 ? { ...answer, text: '{}' } : answer, envelope, operation).result;
}

function isPage({ headers, text }: Answer): boolean {
  return /\bhtml\b/i.test(headers['content-type'] ?? '') || /^\s*</.test(text);
}

interface DownloadParts extends ServiceNowHttpSettings {
  readonly files: Downloader;
  readonly authorization: Authorization;
}

/** A 401 is answered with a fresh token, once. */
async function download(parts: DownloadParts, url: string, mostBytes: number): Promise<Uint8Array> {
  const { files, authorization, clock } = parts;
  const timeoutMs = parts.timeoutMs + Math.ceil(mostBytes / slowestBytesPerMs);
  const get = (header: string) =>
    files({ url, headers: { accept: '*/*', authorization: header }, timeoutMs, maxBytes: mostBytes });
  const header = await within(parts.timeoutMs, clock, authorization.current());
  const first = await get(header);
  const renewed = first.status === 401 ? await within(parts.timeoutMs, clock, authorization.renew(header)) : undefined;
  const answer = renewed === undefined ? first : await get(renewed);
  if (answer.status === 200) return answer.bytes;
  throw refusal({ ...answer, text: '' }, 'downloading a file', clock.now());
}
