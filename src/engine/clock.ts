import type { Instant } from '../conversation/types';
import type { Clock } from './ports';

/** What a machine offers to tell the time by. */
export interface TimeSource {
  /** Epoch milliseconds; jumps when somebody sets the clock. */
  wall(): number;
  /** Milliseconds since any beginning; only ever goes forward. */
  steady(): number;
  after(milliseconds: number, callback: () => void): () => void;
}

/** How fast time goes while it is ahead of the machine's clock: slow enough for that to catch up, fast enough for pauses to end. */
const paceWhenAhead = 0.9;

/**
 * Time that follows the machine's clock forward and never back. A clock that is put back is waited for, at a slightly slower pace;
 * so no pause, no limit and no order of events is ever measured with a time that has already been. `notBefore` carries this over a
 * restart: the latest time that the store knows of.
 */
export function makeClock(source: TimeSource, notBefore = 0): Clock {
  let last = Math.max(source.wall(), notBefore);
  let lastSteady = source.steady();
  const now = () => {
    const steady = source.steady();
    const elapsed = steady - lastSteady;
    lastSteady = steady;
    const wall = source.wall();
    last = wall >= last + elapsed * paceWhenAhead ? Math.max(wall, last) : last + elapsed * paceWhenAhead;
    return Math.floor(last) as Instant;
  };
  return { now, wall: () => source.wall(), after: (milliseconds, callback) => source.after(milliseconds, callback) };
}

/** The time of this machine. Timers run on its monotonic clock and do not jump with the wall clock. */
export const machineTime: TimeSource = {
  wall: () => Date.now(),
  steady: () => performance.now(),
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, Math.min(milliseconds, 2_147_483_647));
    return () => clearTimeout(timer);
  },
};
