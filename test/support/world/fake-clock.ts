import { AsyncResource } from 'node:async_hooks';
import type { Instant } from '../../../src/conversation/types';
import type { TimeSource } from '../../../src/engine/clock';
import type { Clock } from '../../../src/engine/ports';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly ring: () => void;
}

/** Time that stands still until a test moves it. */
export class FakeClock implements Clock, TimeSource {
  private time = Date.UTC(2026, 10, 23, 9, 0, 0);
  private behind = 0;
  private order = 0;
  private timers: Timer[] = [];

  /** The true time. */
  now(): Instant {
    return this.time as Instant;
  }

  /** What the connector's machine holds the time to be. */
  wall(): number {
    return this.time - this.behind;
  }

  steady(): number {
    return this.time;
  }

  /** Somebody puts the machine's clock back; timers run on, as those of Node do. */
  putBack(milliseconds: number): void {
    this.behind += milliseconds;
  }

  /** How many timers were ever set. */
  get everSet(): number {
    return this.order;
  }

  /** Rings in the asynchronous context of who set it, as timers of Node do. */
  after(milliseconds: number, callback: () => void): () => void {
    this.order += 1;
    const timer: Timer = { at: this.time + milliseconds, order: this.order, ring: AsyncResource.bind(callback) };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Moves to the next timer that rings up to then, and rings it; false when there is none (time then stands at the end). */
  step(until: number): boolean {
    const next = this.timers
      .filter((timer) => timer.at <= until)
      .sort((one, other) => one.at - other.at || one.order - other.order)[0];
    if (!next) {
      this.time = Math.max(this.time, until);
      return false;
    }
    this.time = Math.max(this.time, next.at);
    this.timers = this.timers.filter((other) => other !== next);
    next.ring();
    return true;
  }

  /** Forgets all timers, as a dead process does. */
  clear(): void {
    this.timers = [];
  }
}
