import type { Clock } from './ports';

/** Words of people go before everything that can be asked again a moment later. */
export type Urgency = 'words' | 'reads';

const windowMs = 10_000;
const windows = 6;
/** Calls per second that are let through in any case. */
const slowest = 5;
/** How much faster than usual the calls may go that have piled up. */
const haste = 1.1;

/**
 * Lets the calls that have piled up through at about the pace that was usual before the far side was away, words first. While nothing
 * has piled up nobody waits here.
 */
export class Release {
  private readonly counts = new Map<number, number>();
  private readonly waiting: Record<Urgency, (() => void)[]> = { words: [], reads: [] };
  private paced = false;
  private perSecond = slowest;
  private nextAt = 0;
  private cancel: (() => void) | undefined;
  private readonly since: number;

  constructor(private readonly clock: Clock) {
    this.since = clock.now();
  }

  /** Resolves when the call may leave. */
  turn(urgency: Urgency): Promise<void> {
    if (!this.paced) {
      this.count();
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.waiting[urgency].push(resolve);
      this.arm();
    });
  }

  /** The far side is away: how fast calls went until now is what is usual. */
  hold(): void {
    if (!this.paced) this.perSecond = Math.max(slowest, this.usual() * haste);
  }

  /** It is back. */
  begin(): void {
    this.paced = true;
    this.nextAt = this.clock.now();
    this.arm();
  }

  private arm(inMs = Math.max(0, this.nextAt - this.clock.now())): void {
    this.cancel?.();
    this.cancel = this.clock.after(inMs, () => this.letOneThrough());
  }

  /** When nobody has come for a while, what piled up is through. */
  private letOneThrough(): void {
    const next = this.waiting.words.shift() ?? this.waiting.reads.shift();
    const now = this.clock.now();
    if (next) {
      this.count();
      next();
      this.nextAt = now + 1_000 / this.perSecond;
      this.arm();
    } else if (now >= this.nextAt + windowMs) this.paced = false;
    else this.arm(this.nextAt + windowMs - now);
  }

  private count(): void {
    const window = Math.floor(this.clock.now() / windowMs);
    this.counts.set(window, (this.counts.get(window) ?? 0) + 1);
    for (const old of this.counts.keys()) if (old < window - windows) this.counts.delete(old);
  }

  /** Calls per second over the last minute. */
  private usual(): number {
    const sum = [...this.counts.values()].reduce((total, count) => total + count, 0);
    const seconds = Math.min((windows + 1) * windowMs, Math.max(windowMs, this.clock.now() - this.since)) / 1_000;
    return sum / seconds;
  }
}
