/** How the simulator's clock stands: ahead of the real one by `offset`, or still at `now` until somebody moves it. */
export type ClockState = { mode: 'real'; offset: number } | { mode: 'manual'; now: number };

/** The simulator's time in epoch milliseconds. */
export function timeOf(clock: ClockState): number {
  return clock.mode === 'real' ? Date.now() + clock.offset : clock.now;
}

/** The clock in the same mode, standing at another time. */
export function clockAt(clock: ClockState, time: number): ClockState {
  return clock.mode === 'real' ? { mode: 'real', offset: time - Date.now() } : { mode: 'manual', now: time };
}

/** The clock in another mode; the time goes on from where it stands. */
export function clockInMode(clock: ClockState, mode: ClockState['mode']): ClockState {
  const now = timeOf(clock);
  return mode === 'real' ? { mode, offset: now - Date.now() } : { mode, now };
}
