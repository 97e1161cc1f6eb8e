import { z } from 'zod';
import { ApiFailure } from '../conversation/failures';
import type { Clock } from '../engine/ports';
import { failureOfStatus, readJson } from '../upstream/answers';
import { type Answer, type Caller, makeCaller } from '../upstream/call';
import { type Authorization, makeAuthorization, type ServiceNowAuth } from './tokens';

export interface ServiceNowCall<T> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Shape of the answer's `result`. */
  readonly result: z.ZodType<T>;
  /** What it is called in the log. */
  readonly operation: string;
}

/** Calls to one instance. Throws {@link ApiFailure}. */
export interface ServiceNowHttp {
  /** A call that changes something. It never waits behind reads. */
  write<T>(call: ServiceNowCall<T>): Promise<T>;
  read<T>(call: ServiceNowCall<T>): Promise<T>;
  close(): void;
}

export function makeServiceNowHttp(parts: {
  readonly auth: ServiceNowAuth;
  readonly tokenUrl: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
}): ServiceNowHttp {
  const words = makeCaller('servicenow');
  const reads = makeCaller('servicenow', { maxSockets: 16 });
  const authorization = makeAuthorization({ ...parts, call: words });
  const using =
    (call: Caller) =>
    async <T>(outgoing: ServiceNowCall<T>) => {
      const answer = await send({ ...parts, call, authorization }, outgoing);
      return resultOf(answer, outgoing, parts.clock);
    };
  return {
    write: using(words),
    read: using(reads),
    close: () => {
      words.close();
      reads.close();
    },
  };
}

interface SendParts {
  readonly call: Caller;
  readonly authorization: Authorization;
  readonly timeoutMs: number;
}

/** A 401 is answered with a fresh token, once. */
async function send(parts: SendParts, { method, url, body }: ServiceNowCall<unknown>): Promise<Answer> {
  const attempt = (header: string) => {
    const headers = { accept: 'application/json', 'content-type': 'application/json', authorization: header };
    return parts.call({ method, url, headers, timeoutMs: parts.timeoutMs, ...(body ? { body } : {}) });
  };
  const header = await parts.authorization.current();
  const first = await attempt(header);
  if (first.status !== 401) return first;
  const renewed = await parts.authorization.renew(header);
  return renewed === header ? first : attempt(renewed);
}

function resultOf<T>(answer: Answer, { method, result, operation }: ServiceNowCall<T>, clock: Clock): T {
  const { status } = answer;
  if (status < 200 || status >= 300 || status === 202) throw failureOf(answer, operation, clock);
  const isJson = /\bjson\b/i.test(answer.headers['content-type'] ?? '') || /^\s*[{[]/.test(answer.text);
  if (!isJson) {
    const message = `servicenow: ${operation} was answered with a page; the instance may be asleep, or wants a login`;
    throw new ApiFailure({ upstream: 'servicenow', kind: 'unreachable', certain: method === 'GET', message, status });
  }
  const envelope = z.looseObject({ result }) as unknown as z.ZodType<{ result: T }>;
  return readJson('servicenow', answer, envelope, operation).result;
}

const wordsShape = z.looseObject({ result: z.string() });

/** Connect says to the employee why it refuses: `{"result":"text"}` with a 403. */
function failureOf(answer: Answer, operation: string, clock: Clock): ApiFailure {
  const failure = failureOfStatus('servicenow', answer, operation);
  const { kind, message, status } = failure;
  const words = kind === 'refused' ? wordsOf(answer.text) : undefined;
  const retryAfterMs = failure.retryAfterMs ?? (kind === 'throttled' ? untilReset(answer, clock) : undefined);
  // 202: a crowded session took nothing (it is answered before anything happens).
  const certain = failure.certain || answer.status === 202;
  return new ApiFailure({ upstream: 'servicenow', kind, certain, message, status, retryAfterMs, words });
}

function wordsOf(text: string): string | undefined {
  try {
    const parsed = wordsShape.safeParse(JSON.parse(text));
    return parsed.success ? withoutTags(parsed.data.result) : undefined;
  } catch {
    return undefined;
  }
}

/** A queue's "not available" text may be HTML. */
function withoutTags(html: string): string {
  return html
    .replace(/<br\s*\/?>|<\/p>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim();
}

function untilReset(answer: Answer, clock: Clock): number | undefined {
  const reset = Number(answer.headers['x-ratelimit-reset']);
  const theirNow = Date.parse(answer.headers.date ?? '');
  if (!(reset > 0)) return undefined;
  return Math.max(0, reset * 1_000 - (Number.isNaN(theirNow) ? clock.now() : theirNow));
}
