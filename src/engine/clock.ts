import type { Instant } from '../conversation/types';
import type { Clock } from './ports';

/** The time of this machine. Timers run on its monotonic clock and do not jump with the wall clock. */
export const systemClock: Clock = {
  now: () => Date.now() as Instant,
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, Math.min(milliseconds, 2_147_483_647));
    return () => clearTimeout(timer);
  },
};
