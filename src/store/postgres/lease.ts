import type { Machine, Moment } from './machine';

/** How much of the lease is used: the rest is for what is on its way when it ends. */
const usable = 0.8;

/**
 * Whether this replica may act, by its own clocks alone: nobody else can have taken over what it owns before the database lets its
 * lease run out, and that was counted from later than the beat was sent. Both clocks count, the faster one wins: the steady one may
 * stand still while a virtual machine is suspended.
 */
export class Lease {
  private since: Moment | undefined;
  private hasEnded = false;

  constructor(
    private readonly machine: Machine,
    private readonly ttlMs: number,
  ) {}

  /** A beat that was sent at this moment has arrived. */
  renewed(sent: Moment): void {
    this.since = sent;
  }

  /** This replica is gone; no beat brings it back. */
  end(): void {
    this.hasEnded = true;
  }

  holds(): boolean {
    if (!this.since || this.hasEnded) return false;
    const elapsed = Math.max(this.machine.steady() - this.since.steady, this.machine.wall() - this.since.wall);
    return elapsed < this.ttlMs * usable;
  }
}
