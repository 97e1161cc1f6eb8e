import type { z } from 'zod';
import { ApiFailure, type FailureKind, type Upstream } from '../conversation/failures';
import type { Answer } from './call';

/** The failure that a status stands for at any of the three far sides; adapters add what is special to theirs. */
export function failureOfStatus(upstream: Upstream, answer: Answer, operation: string): ApiFailure {
  const retryAfterMs = retryAfter(answer);
  return new ApiFailure({
    upstream,
    kind: kindOf(answer.status),
    certain: answer.status >= 300 && answer.status < 500 && answer.status !== 408,
    message: `${upstream}: ${operation} was answered ${answer.status}`,
    status: answer.status,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function kindOf(status: number): FailureKind {
  if (status === 429) return 'throttled';
  if (status === 401 || (status >= 300 && status < 400)) return 'unauthorized';
  if (status === 403) return 'refused';
  if (status === 404) return 'not_found';
  if (status === 409) return 'conflict';
  if (status === 413) return 'too_large';
  if (status === 408 || status === 412 || status >= 500 || status < 300) return 'unreachable';
  return 'rejected';
}

/** Milliseconds that a `Retry-After` header asks for: seconds or an HTTP date; absent or unreadable: `undefined`. */
export function retryAfter(answer: Answer): number | undefined {
  const value = answer.headers['retry-after'];
  if (value === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  const date = Date.parse(value);
  const sent = Date.parse(answer.headers.date ?? '');
  if (Number.isNaN(date)) return undefined;
  return Math.max(0, date - (Number.isNaN(sent) ? Date.now() : sent));
}

/** The answer's JSON in the agreed shape. Anything else is `malformed`, with the paths of what is wrong and no content. */
export function readJson<T>(upstream: Upstream, answer: Answer, schema: z.ZodType<T>, operation: string): T {
  const parsed = schema.safeParse(parse(upstream, answer, operation));
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.slice(0, 5).map((issue) => issue.path.join('.') || '(whole)');
  throw malformed(upstream, answer, `${operation} was answered in another shape at ${paths.join(', ')}`);
}

function parse(upstream: Upstream, answer: Answer, operation: string): unknown {
  try {
    return JSON.parse(answer.text);
  } catch {
    const type = answer.headers['content-type'] ?? 'no content type';
    throw malformed(upstream, answer, `${operation} was answered ${answer.status} with ${type} that is not JSON`);
  }
}

function malformed(upstream: Upstream, answer: Answer, message: string): ApiFailure {
  const status = answer.status;
  return new ApiFailure({ upstream, kind: 'malformed', certain: false, message: `${upstream}: ${message}`, status });
}
