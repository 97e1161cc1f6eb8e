import type { Ownership } from './ownership';
import type { Clock } from './ports';

/** However many say that there is news, the reader looks no more often, milliseconds. */
const leastBetweenMs = 250;

/** Takes the hint that there is something to read to the process that reads for all. */
export function passOnNews(ownership: Ownership, clock: Clock, wake: () => void): () => void {
  const nudge = makeNudge(clock, wake);
  ownership.onNews(() => ownership.readsForAll() && nudge());
  return () => (ownership.readsForAll() ? nudge() : ownership.tellReader());
}

/** Calls `wake` soon, and not too often: at once after a pause, else once when the pause is over. */
export function makeNudge(clock: Clock, wake: () => void): () => void {
  let last = Number.NEGATIVE_INFINITY;
  let isComing = false;
  const ring = () => {
    isComing = false;
    last = clock.now();
    wake();
  };
  return () => {
    if (isComing) return;
    const waitMs = last + leastBetweenMs - clock.now();
    if (waitMs <= 0) return ring();
    isComing = true;
    clock.after(waitMs, ring);
  };
}
