import type { SimulatorClock } from './clock';

/** Thrown at a waiter whose lock has been swept away while it slept. */
export class LockError extends Error {}

interface Ticket {
  readonly number: number;
  readonly expires: number;
}

interface Lock {
  tickets: Ticket[];
  issued: number;
}

/** How long a ticket is good for, and how long a waiter sleeps between two looks. */
export interface LockSettings {
  readonly lifetimeMs: number;
  readonly pollMs: number;
}

/**
 * One queue of tickets per conversation. Who holds the first ticket works; the others look again after each nap.
 * A ticket that has expired is taken out wherever it stands: a late worker is then overtaken, and a late waiter sleeps on until
 * the lock as a whole is gone.
 */
export class TicketLocks {
  private readonly locks = new Map<string, Lock>();

  constructor(private readonly deps: { readonly clock: SimulatorClock; readonly settings: LockSettings }) {}

  async hold<T>(id: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const number = this.issue(id, this.deps.settings.lifetimeMs);
    try {
      await this.acquire(id, number, signal);
      return await work();
    } finally {
      this.finish(id, number);
    }
  }

  /** Puts a ticket in the queue that nobody works on. It goes only when it expires. */
  stall(id: string, ms: number): void {
    this.issue(id, ms);
  }

  clear(): void {
    this.locks.clear();
  }

  private issue(id: string, lifetimeMs: number): number {
    const lock = this.locks.get(id) ?? { tickets: [], issued: 0 };
    this.locks.set(id, lock);
    this.dropExpired(lock);
    lock.issued += 1;
    lock.tickets.push({ number: lock.issued, expires: this.deps.clock.now() + lifetimeMs });
    return lock.issued;
  }

  private async acquire(id: string, number: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const lock = this.locks.get(id);
      if (!lock) throw new LockError(`Could not acquire lock for conversation id '${id}'.`);
      this.dropExpired(lock);
      if (lock.tickets[0]?.number === number) return;
      await this.deps.clock.sleep(this.deps.settings.pollMs, signal);
    }
  }

  private finish(id: string, number: number): void {
    const lock = this.locks.get(id);
    if (!lock) return;
    this.dropExpired(lock);
    lock.tickets = lock.tickets.filter((ticket) => ticket.number !== number);
    if (lock.tickets.length === 0) this.locks.delete(id);
  }

  private dropExpired(lock: Lock): void {
    const now = this.deps.clock.now();
    lock.tickets = lock.tickets.filter((ticket) => ticket.expires > now);
  }
}
