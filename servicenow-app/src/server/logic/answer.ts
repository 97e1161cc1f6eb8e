/** What a route answers. `retryAfter` is in seconds. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly retryAfter?: number;
}

export type ErrorCode =
  | 'invalid'
  | 'unknown_chat'
  | 'unknown_queue'
  /** The queue takes no chats just now; the message is for people. */
  | 'closed'
  | 'ended'
  /** The same is under way in another request. */
  | 'busy'
  /** The platform did not do a part of it; the same request again goes on where it stopped. */
  | 'unfinished';

const statuses: Readonly<Record<ErrorCode, number>> = {
  invalid: 400,
  unknown_chat: 404,
  unknown_queue: 404,
  closed: 403,
  ended: 409,
  busy: 503,
  unfinished: 500,
};

/** What ends a request: an error that is an answer. The platform's engine allows no classes derived from Error. */
export type Refusal = Error & { readonly code: ErrorCode };

export function refusal(code: ErrorCode, message: string): Refusal {
  return Object.assign(new Error(message), { code });
}

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && 'code' in error && String(error.code) in statuses;
}

/** An answer of data, in the platform's usual wrapping. */
export function result(value: unknown, status = 200): Answer {
  return { status, body: { result: value } };
}

/** The platform's usual error, with a code that a program can go by. */
export function failure({ code, message }: Pick<Refusal, 'code' | 'message'>): Answer {
  const body = { error: { code, message, detail: null }, status: 'failure' };
  return { status: statuses[code], body, ...(code === 'busy' ? { retryAfter: 2 } : {}) };
}
