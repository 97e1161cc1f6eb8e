/** The time the simulated Rasa lives in. Milliseconds since 1970. */
export interface SimulatorClock {
  now(): number;
  /** Resolves when the time has come; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Moves the time on, and lets everything that becomes due on the way happen in its order. */
  advance(ms: number): Promise<void>;
  /** Forgets all sleepers: they neither wake nor keep the process alive. */
  stop(): void;
}

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
  timer?: NodeJS.Timeout;
}

const longestTimer = 2 ** 31 - 1;

/** A clock that ticks like the wall's and can be moved ahead of it. */
export function runningClock(): SimulatorClock {
  return new MovableClock(Date.now);
}

/** A clock that stands still until it is moved. */
export function frozenClock(startsAt = Date.UTC(2026, 0, 5, 9)): SimulatorClock {
  return new MovableClock(() => startsAt, false);
}

class MovableClock implements SimulatorClock {
  private readonly sleepers = new Set<Sleeper>();
  private ahead = 0;

  constructor(
    private readonly base: () => number,
    private readonly ticks = true,
  ) {}

  now(): number {
    return this.base() + this.ahead;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const aborted = () => {
        this.forget(sleeper);
        reject(signal?.reason);
      };
      const wake = () => {
        signal?.removeEventListener('abort', aborted);
        this.forget(sleeper);
        resolve();
      };
      const sleeper: Sleeper = { due: this.now() + ms, wake };
      signal?.addEventListener('abort', aborted, { once: true });
      this.sleepers.add(sleeper);
      this.arm(sleeper);
    });
  }

  async advance(ms: number): Promise<void> {
    const until = this.now() + ms;
    for (let next = this.earliest(until); next; next = this.earliest(until)) {
      this.ahead += Math.max(0, next.due - this.now());
      next.wake();
      await settled();
    }
    this.ahead += Math.max(0, until - this.now());
    for (const sleeper of this.sleepers) this.arm(sleeper);
  }

  stop(): void {
    for (const sleeper of [...this.sleepers]) this.forget(sleeper);
  }

  private earliest(until: number): Sleeper | undefined {
    return [...this.sleepers].filter(({ due }) => due <= until).sort((one, other) => one.due - other.due)[0];
  }

  private arm(sleeper: Sleeper): void {
    clearTimeout(sleeper.timer);
    if (!this.ticks) return;
    const left = sleeper.due - this.now();
    const ring = left > longestTimer ? () => this.arm(sleeper) : sleeper.wake;
    sleeper.timer = setTimeout(ring, Math.min(Math.max(0, left), longestTimer));
    sleeper.timer.unref();
  }

  private forget(sleeper: Sleeper): void {
    clearTimeout(sleeper.timer);
    this.sleepers.delete(sleeper);
  }
}

/** Two turns of the event loop: whoever was woken has run as far as it can without a clock. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
