import { ApiFailure, type FailureKind } from '../../conversation/failures';

/** Answers to a look-up that say nothing of what was looked for. */
const noAnswer: ReadonlySet<FailureKind> = new Set(['refused', 'not_found', 'conflict', 'too_large', 'rejected']);

/** Looks for what an attempt may have done. A look-up that is refused proves nothing: it is tried again, as one that got no answer. */
export async function lookFor<T>(find: () => Promise<T>): Promise<T> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof ApiFailure) || !noAnswer.has(error.kind)) throw error;
    const { upstream, message, status } = error;
    throw new ApiFailure({ upstream, kind: 'unreachable', certain: true, message, status, cause: error });
  }
}
