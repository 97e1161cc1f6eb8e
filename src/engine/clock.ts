import os from 'node:os';
import type { Instant } from '../conversation/types';
import type { Clock } from './ports';

/** What a machine offers to tell the time by. */
export interface TimeSource {
  /** Epoch milliseconds; jumps when somebody sets the clock. */
  wall(): number;
  /** Milliseconds since any beginning; only ever goes forward, also while the machine sleeps. */
  steady(): number;
  after(milliseconds: number, callback: () => void): () => void;
}

/** How much faster or slower time goes until it agrees with the machine's clock again. */
const correction = 0.1;

/**
 * Time that passes as it really does, whatever somebody does to the machine's clock: where that jumps, forward or back, it is approached
 * little by little. So no pause, no limit, no order of events and no idle time is measured with a jump. `notBefore` carries this over a
 * restart: the latest time that the store knows of. `steady` must count the time for which the machine slept.
 */
export function makeClock(source: TimeSource, notBefore = 0): Clock {
  let last = Math.max(source.wall(), notBefore);
  let lastSteady = source.steady();
  const now = () => {
    const steady = source.steady();
    const elapsed = steady - lastSteady;
    lastSteady = steady;
    const ahead = last + elapsed - source.wall();
    last += elapsed - Math.sign(ahead) * Math.min(Math.abs(ahead), elapsed * correction);
    return Math.floor(last) as Instant;
  };
  return { now, wall: () => source.wall(), after: (milliseconds, callback) => source.after(milliseconds, callback) };
}

/** A gap between the two monotonic clocks that only sleep explains, milliseconds. */
const sleepMs = 1_000;
let slept = os.uptime() * 1_000 - performance.now();

/** Node's fine monotonic clock stands still while the machine sleeps; the coarse one of the system does not. */
function steady(): number {
  const gap = os.uptime() * 1_000 - performance.now();
  if (gap - slept > sleepMs) slept = gap;
  return performance.now() + slept;
}

/** The time of this machine. Timers run on its monotonic clock and do not jump with the wall clock. */
export const machineTime: TimeSource = {
  wall: () => Date.now(),
  steady,
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, Math.min(milliseconds, 2_147_483_647));
    return () => clearTimeout(timer);
  },
};
