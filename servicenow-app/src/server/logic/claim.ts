import { refusal } from './answer';
import type { Glide } from './glide';
import { own } from './names';

/** An attempt that began so long ago has died: the platform ends a request's work long before. */
const longestAttemptMs = 40_000;

/** Work that only one request may do at a time. */
export interface Attempted {
  /** Names the work, uniquely. */
  readonly work: string;
  readonly attempts: number;
  /** When the last attempt began; 0: it is over. */
  readonly attemptAt: number;
}

/**
 * Takes up work that an earlier request left unfinished. Of several that try, one gets it: the unique index over claims decides, because
 * the platform has no compare-and-set.
 */
export function takeUp(
  glide: Glide,
  { work, attempts, attemptAt }: Attempted,
): { attempts: string; attempt_at: string } {
  const isUnderWay = attemptAt > 0 && glide.now() - attemptAt < longestAttemptMs;
  const claim = { key: `${work}:${attempts + 1}` };
  if (isUnderWay || glide.records.insert(own.claim, claim) === undefined)
    throw refusal('busy', 'The same is under way in another request');
  return { attempts: String(attempts + 1), attempt_at: String(glide.now()) };
}
