import { clockAt, clockInMode } from '../model/clock';
import { advance } from '../model/due';
import { now, type World } from '../model/world';

/** The simulator's time, for tests to move. Idle times, delays of agents, opening hours, tokens and rate windows follow it. */
export interface SimulatorClock {
  now(): number;
  /** Stands still from now on, or from the given time. */
  manual(at?: number): void;
  /** Runs again, from the time that it shows. */
  real(): void;
  /** Jumps, forwards or back, without anything falling due on the way. */
  set(at: number): void;
  /** Moves on; what falls due on the way happens, in order, at its time. */
  advance(milliseconds: number): void;
}

export function makeSimulatorClock(world: World): SimulatorClock {
  const changing = <A extends unknown[]>(change: (...given: A) => void) => {
    return (...given: A) => {
      change(...given);
      world.changed(null);
    };
  };
  return {
    now: () => now(world),
    manual: changing((at?: number) => {
      world.state.clock = clockInMode(world.state.clock, 'manual');
      if (at !== undefined) world.state.clock = clockAt(world.state.clock, at);
    }),
    real: changing(() => {
      world.state.clock = clockInMode(world.state.clock, 'real');
    }),
    set: changing((at: number) => {
      world.state.clock = clockAt(world.state.clock, at);
    }),
    advance: changing((milliseconds: number) => advance(world, milliseconds)),
  };
}
