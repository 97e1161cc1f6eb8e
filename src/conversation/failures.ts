/** What went wrong at a far side, told apart by what we will do about it. */
export type FailureKind =
  | 'unreachable' // no answer, a time-out, 5xx, a page where JSON was due
  | 'throttled' // 429
  | 'unauthorized' // 401 that a fresh token did not cure
  | 'refused' // 403
  | 'not_found' // 404
  | 'conflict' // 409: there already, or over already
  | 'too_large' // 413
  | 'rejected' // other 4xx
  | 'malformed'; // an answer of another shape than agreed

/** Whose failure it is; `connector`: a fault of our own. */
export type Upstream = 'servicenow' | 'rasa' | 'teams' | 'connector';

/** The one error that couriers throw for a far side. The raw error, where there is one, stays in `cause`. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly upstream: Upstream;
  readonly kind: FailureKind;
  /** True: it did certainly not happen. False: it may have happened, and is looked up before it is repeated. */
  readonly certain: boolean;
  readonly status?: number;
  /** Milliseconds that the far side asked us to wait. */
  readonly retryAfterMs?: number;
  /** The far side was not called at all: it is in trouble, or this process may not act. It says nothing about the far side. */
  readonly heldBack: boolean;
  /** The far side's own words for the employee, where its contract has such a field. Never logged. */
  readonly words?: string;

  constructor(details: {
    upstream: Upstream;
    kind: FailureKind;
    certain: boolean;
    /** What was tried and what came back, without any text, name or token. */
    message: string;
    status?: number;
    retryAfterMs?: number;
    words?: string;
    heldBack?: boolean;
    cause?: unknown;
  }) {
    super(details.message, { cause: details.cause });
    this.upstream = details.upstream;
    this.kind = details.kind;
    this.certain = details.certain;
    this.heldBack = details.heldBack ?? false;
    if (details.status !== undefined) this.status = details.status;
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
    if (details.words !== undefined) this.words = details.words;
  }
}
