import cron, { type ScheduledTask } from 'node-cron';
import type { Instant } from '../conversation/types';
import type { Clock, Log } from './ports';
import { sparingLog } from './sparing-log';
import type { ConversationStore } from './store';

export interface SweeperParts {
  readonly store: ConversationStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly retentionDays: number;
  sweep(): Promise<void>;
}

const hour = 3_600_000;
const day = 24 * hour;

/** What is due although nobody came by: late timers every few seconds, and once an hour what is old is forgotten. */
export class Sweeper {
  private tasks: ScheduledTask[] = [];

  private readonly parts: SweeperParts;

  constructor(parts: SweeperParts) {
    this.parts = { ...parts, log: sparingLog(parts.log, parts.clock) };
  }

  start(): void {
    this.tasks = [
      cron.schedule('*/5 * * * * *', () => this.guard('sweep', this.parts.sweep()), { noOverlap: true, name: 'sweep' }),
      cron.schedule('17 3 * * * *', () => this.guard('forget', this.forget()), { noOverlap: true, name: 'forget' }),
    ];
  }

  async stop(): Promise<void> {
    for (const task of this.tasks) await task.destroy();
    this.tasks = [];
  }

  /** A day is kept of seen turns at least, an hour of sends: both are what a promise rests on. */
  private async forget(): Promise<void> {
    const { store, clock, log, retentionDays } = this.parts;
    const now = clock.now();
    const before = {
      seen: (now - 2 * day) as Instant,
      ledger: (now - retentionDays * day) as Instant,
      sends: (now - hour) as Instant,
    };
    log.info('forgotten', { records: await store.forget(before) });
  }

  private async guard(name: string, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.parts.log.error('sweeper_failed', { name, error: (error as Error).name });
    }
  }
}
