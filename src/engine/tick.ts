import type { Clock } from './ports';

/** The longest that a `Retry-After` is believed at once. */
const longestRetryAfterMs = 300_000;
/** The longest pause after reads that failed. */
const longestPauseMs = 15_000;
/** How much slower than usual looks may get when ServiceNow throttles, and how fast that passes: over a minute or so. */
const longestSlowdown = 8;
const slowdownStep = 0.05;
/** News in a row that came with an event; then events are known to work, and looks without one are there for what they miss. */
const eventsToTrust = 5;
/** A look that an event asked for, and those so soon after it, found what the event told of. */
const eventCoversMs = 2_000;
/** The tick while events work: rows that appear late are still found in time. */
const tickWithEventsMs = 3_000;

/** How long the reader waits between two looks. */
export class Tick {
  private pauseUntil = 0;
  /** How many times longer than usual the pause between two looks is. */
  private slowdown = 1;
  private wokenAt = Number.NEGATIVE_INFINITY;
  private toldByEvents = 0;

  constructor(
    private readonly clock: Clock,
    private readonly pollMs: number,
  ) {}

  /** From the end of a look to the next one; `hurry`: somebody said meanwhile that there is news. */
  next(hurry: boolean): number {
    return hurry ? this.pause() : Math.max(this.usual() * this.slowdown, this.pause());
  }

  /** What is left of a pause that was asked for, or that follows failures. */
  pause(): number {
    return Math.max(0, this.pauseUntil - this.clock.now());
  }

  /** Somebody says that there is news. False where that is no reason to look: ServiceNow throttles. */
  woken(): boolean {
    this.wokenAt = this.clock.now();
    return this.slowdown === 1;
  }

  /** A look found something new: an event had told of it, or none had, and then events do not work. */
  news(): void {
    const isTold = this.clock.now() - this.wokenAt <= eventCoversMs;
    this.toldByEvents = isTold ? this.toldByEvents + 1 : 0;
  }

  /** The list of chats was answered. */
  answered(): void {
    this.slowdown = Math.max(1, this.slowdown - slowdownStep);
  }

  /** Asked to slow down: half as often from now on, and little by little as often as before. */
  throttled(retryAfterMs: number): void {
    this.slowdown = Math.min(longestSlowdown, this.slowdown * 2);
    this.pauseUntil = this.clock.now() + Math.min(retryAfterMs, longestRetryAfterMs);
  }

  /** Nothing could be read, so many times in a row. */
  rest(failures: number): void {
    this.pauseUntil = Math.max(this.pauseUntil, this.clock.now() + this.backOff(failures));
  }

  backOff(failures: number): number {
    return Math.min(longestPauseMs, this.pollMs * 2 ** Math.min(failures, 10));
  }

  private usual(): number {
    return this.toldByEvents >= eventsToTrust ? Math.max(this.pollMs, tickWithEventsMs) : this.pollMs;
  }
}
