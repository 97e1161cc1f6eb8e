import type { Machine, Moment } from './machine';

/** A measurement is believed for so long when none of the same precision comes. */
const longestBelievedMs = 60_000;

interface Measurement {
  /** What is to be added to the steady clock. */
  readonly offset: number;
  readonly roundTrip: number;
  readonly at: number;
}

/**
 * The database's time, by which the clocks of all replicas go: what one of them writes means the same to the others. Measured with
 * each beat; of many measurements the one with the shortest round trip is the best.
 */
export class DatabaseTime {
  private best: Measurement | undefined;

  constructor(private readonly machine: Machine) {}

  /** The database said `now` to a question that was asked at this moment and is answered now. */
  measured(sent: Moment, now: number): void {
    const at = this.machine.steady();
    const roundTrip = at - sent.steady;
    const taken = { offset: now - (sent.steady + roundTrip / 2), roundTrip, at };
    if (!this.best || isBetter(taken, this.best)) this.best = taken;
  }

  /** Epoch milliseconds; this machine's own before anything was measured. */
  wall(): number {
    return this.best ? this.machine.steady() + this.best.offset : this.machine.wall();
  }
}

/** A measurement that contradicts the known one shows that a clock was set, or stood still. */
function isBetter(taken: Measurement, known: Measurement): boolean {
  const contradicts = Math.abs(taken.offset - known.offset) > (taken.roundTrip + known.roundTrip) / 2 + 1;
  return contradicts || taken.roundTrip <= known.roundTrip || taken.at - known.at > longestBelievedMs;
}
