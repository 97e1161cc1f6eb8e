import { slowAfterMs } from '../conversation/interruption';
import type { Clock } from './ports';
import type { ThreadReader } from './thread-reader';
import type { Watch } from './watch';

/** Tells employees whose chat cannot be read for a while, once, and that it can be read again, once. */
export class Telling {
  private cancel: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly threads: ThreadReader,
    private readonly watches: () => readonly Watch[],
  ) {}

  /** Nobody knows what is new in this chat: after a while its employee is told. */
  isUnread({ memory }: Watch): void {
    memory.failingSince ??= this.clock.now();
    this.cancel ??= this.clock.after(slowAfterMs, () => this.tell());
  }

  /** Nothing new is in this chat that is not known. */
  isReadAgain(watch: Watch): void {
    watch.memory.failingSince = undefined;
    watch.memory.failures = 0;
    if (watch.told) void this.threads.tell(watch, 'reading_resumed');
  }

  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
  }

  private tell(): void {
    this.cancel = undefined;
    const now = this.clock.now();
    const failing = this.watches().filter((watch) => !watch.told && watch.memory.failingSince !== undefined);
    const isLong = ({ memory }: Watch) => now - (memory.failingSince ?? now) >= slowAfterMs;
    for (const watch of failing.filter(isLong)) void this.threads.tell(watch, 'reading_interrupted');
    const rest = failing.filter((watch) => !isLong(watch)).map(({ memory }) => memory.failingSince ?? now);
    if (rest.length === 0) return;
    this.cancel = this.clock.after(Math.max(1, Math.min(...rest) + slowAfterMs - now), () => this.tell());
  }
}
