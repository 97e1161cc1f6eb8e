import { ApiFailure, type FailureKind } from '../conversation/failures';

const answers: ReadonlySet<FailureKind> = new Set(['not_found', 'refused', 'rejected']);

/** True when the instance answered that it does not have this call, or not for us; false for a failure that passes. */
export function isNotThere(error: unknown): error is ApiFailure {
  return error instanceof ApiFailure && answers.has(error.kind);
}
