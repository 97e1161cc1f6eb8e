/** Why a turn is not taken, for our own log only: the outside gets the status and nothing else. */
export type RefusalReason =
  | 'no_token'
  | 'bad_token'
  | 'wrong_algorithm'
  | 'unknown_key'
  | 'bad_signature'
  | 'expired'
  | 'wrong_issuer'
  | 'wrong_audience'
  | 'wrong_service_url'
  | 'not_endorsed'
  | 'service_host'
  | 'tenant'
  | 'not_an_activity'
  | 'keys_unavailable'
  | 'not_stored'
  | 'not_supported';

/** A request that is turned away with this status and an empty body. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: 400 | 401 | 403 | 503,
    readonly reason: RefusalReason,
    options?: { readonly cause?: unknown },
  ) {
    super(`refused with ${status}: ${reason}`, options);
  }
}
