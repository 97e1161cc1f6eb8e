import { ApiFailure } from '../conversation/failures';
import type { Conversation, ConversationKey } from '../conversation/types';
import { InTurn } from './in-turn';
import type { Ownership } from './ownership';
import type { ChatGlance } from './ports';
import { sparingLog } from './sparing-log';
import type { ConversationStore } from './store';
import { Telling } from './telling';
import { type ReadOutcome, ThreadReader, type ThreadReaderParts } from './thread-reader';
import { Tick } from './tick';
import { isDue, isDueBlindly, isUnchanged, type Watch, watchOf } from './watch';

export interface ReaderParts extends ThreadReaderParts {
  readonly ownership: Ownership;
  /** Pause between two looks while chats are live, milliseconds. */
  readonly pollMs: number;
  /** Reads under way at once. */
  readonly parallel: number;
}

/** What the list of chats said; `blind` when it cannot be had, and chats are read one by one. */
type Glance = ReadonlyMap<string, ChatGlance> | 'blind' | 'failed';

/** After so many failures of the list in a row, chats are read one by one. */
const listFailuresBeforeBlind = 3;

/**
 * The one loop that reads all live chats. It calls nobody while no chat is live. A chat whose read takes long delays no other: a look
 * only begins reads, and a chat that is being read is passed over.
 */
export class Reader {
  private readonly watches = new Map<ConversationKey, Watch>();
  private readonly threads: ThreadReader;
  private readonly reads: InTurn;
  private readonly telling: Telling;
  private readonly tick: Tick;
  private cancel: (() => void) | undefined;
  private looking: Promise<void> = Promise.resolve();
  private waiters: (() => void)[] = [];
  private lookedAt = 0;
  private busy = false;
  private hurry = false;
  /** Looks in a row in which nothing could be read; reads in a row that failed; failures of the list in a row. */
  private failures = 0;
  private failedReads = 0;
  private listFailures = 0;
  private listRestUntil = 0;
  /** Said in the log, until reads work again. */
  private disturbed = false;
  private allRefused = false;
  private stopped = false;

  private readonly parts: ReaderParts;

  constructor(parts: ReaderParts) {
    this.parts = { ...parts, log: sparingLog(parts.log, parts.clock) };
    this.threads = new ThreadReader(this.parts);
    this.reads = new InTurn(parts.parallel);
    this.tick = new Tick(parts.clock, parts.pollMs);
    this.telling = new Telling(parts.clock, this.threads, () => [...this.watches.values()]);
  }

  /** A conversation has changed: its chat is watched, or is no more. */
  note(conversation: Conversation): void {
    const { key } = conversation;
    const watch = this.parts.ownership.readsForAll() ? watchOf(conversation, this.watches.get(key)) : undefined;
    if (!watch) {
      this.watches.delete(key);
      return;
    }
    if (this.watches.size === 0) this.lookedAt = this.parts.clock.now();
    this.watches.set(key, watch);
    this.schedule(this.parts.pollMs);
  }

  /** Looks at once: somebody says that there is news. While ServiceNow throttles, the tick is soon enough. */
  wake(): void {
    if (!this.tick.woken()) return;
    this.hurry = this.busy;
    if (this.busy) return;
    this.cancel?.();
    this.cancel = undefined;
    this.schedule(this.tick.pause());
  }

  /** Watches the chats that live already. One that cannot be read from the store keeps nobody from the others. */
  async takeUp(store: ConversationStore): Promise<void> {
    for (const { key } of await store.watched()) {
      try {
        const stored = await store.load(key);
        if (stored) this.note(stored.conversation);
      } catch (error) {
        this.parts.log.error('record_unreadable', { error: (error as Error).name });
      }
    }
  }

  /** Resolves after one look at the chats that live already: what was said while no process was there is known then. */
  async firstLook(): Promise<void> {
    if (this.watches.size === 0) return;
    const looked = new Promise<void>((resolve) => this.waiters.push(resolve));
    this.wake();
    await looked;
    await this.reads.idle();
  }

  /** Another process reads from now on. */
  rest(): void {
    this.watches.clear();
    this.cancel?.();
    this.cancel = undefined;
    this.telling.stop();
  }

  /** Live chats, for the metrics. */
  get watching(): number {
    return this.watches.size;
  }

  /** Since all of them were looked at, milliseconds. */
  get lagMs(): number {
    return this.watches.size === 0 ? 0 : this.parts.clock.now() - this.lookedAt;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.rest();
    await this.looking;
    await this.reads.idle();
  }

  private schedule(inMs: number): void {
    if (this.cancel || this.busy || this.stopped || this.watches.size === 0) return;
    this.cancel = this.parts.clock.after(inMs, () => {
      this.cancel = undefined;
      this.busy = true;
      this.looking = this.look()
        .catch((error: unknown) => this.parts.log.error('reader_failed', { error: (error as Error).name }))
        .finally(() => this.afterLook());
    });
  }

  private afterLook(): void {
    this.busy = false;
    for (const resolve of this.waiters.splice(0)) resolve();
    this.schedule(this.tick.next(this.hurry));
    this.hurry = false;
  }

  /** One look over all chats; of those in which something may have changed a read is begun. */
  private async look(): Promise<void> {
    if (!this.parts.ownership.readsForAll()) return this.rest();
    const watches = [...this.watches.values()];
    if (watches.length === 0) return;
    const glances = await this.glance(watches);
    if (glances === 'failed' || this.stopped) return;
    const now = this.parts.clock.now();
    for (const watch of watches) {
      const glance = glances === 'blind' ? undefined : glances.get(watch.chat.id);
      const due = glances === 'blind' ? isDueBlindly(watch, now) : isDue(watch, glance, now);
      if (due) this.begin(watch, glance);
      else if (glance && isUnchanged(watch, glance)) this.telling.isReadAgain(watch);
    }
    this.goesWell();
  }

  private async glance(watches: readonly Watch[]): Promise<Glance> {
    const isBlind = this.listFailures >= listFailuresBeforeBlind;
    if (this.parts.clock.now() < this.listRestUntil) return isBlind ? 'blind' : 'failed';
    try {
      const chats = watches.map((watch) => watch.chat);
      const glances = await this.parts.desk.glance(chats, { correlation: 'reader' });
      this.listFailures = 0;
      this.tick.answered();
      return glances ?? new Map();
    } catch (error) {
      return this.listFailed(watches, error);
    }
  }

  /** With no budget for errors the first one is the end of every chat that it concerns. */
  private async listFailed(watches: readonly Watch[], error: unknown): Promise<Glance> {
    if (!(error instanceof ApiFailure)) throw error;
    const { rules, clock } = this.parts;
    for (const watch of watches) this.telling.isUnread(watch);
    if (rules.retryBudgetMs === 0) for (const watch of watches) await this.threads.lose(watch, error);
    if (error.retryAfterMs !== undefined) this.tick.throttled(error.retryAfterMs);
    // Held back on this side: nothing was asked, and nothing can be read one by one either.
    if (error.heldBack) return 'failed';
    this.listFailures += 1;
    this.listRestUntil = clock.now() + this.tick.backOff(this.listFailures);
    this.isDisturbed();
    return error.retryAfterMs === undefined && this.listFailures >= listFailuresBeforeBlind ? 'blind' : 'failed';
  }

  /** A chat that makes trouble of its own keeps nobody from the others. */
  private begin(watch: Watch, glance: ChatGlance | undefined): void {
    const { memory, chat, key } = watch;
    memory.reading = true;
    this.reads.run(async () => {
      memory.reading = false;
      const current = this.watches.get(key);
      if (this.stopped || current?.chat.id !== chat.id) return;
      memory.reading = true;
      const outcome = await this.threads.read(current, glance).catch((error: unknown): ReadOutcome => {
        this.parts.log.error('reader_failed', { live_chat_id: chat.id, error: String((error as Error).name) });
        return 'bad';
      });
      memory.reading = false;
      this.judge(this.watches.get(key) ?? current, outcome);
    });
  }

  private judge(watch: Watch, outcome: ReadOutcome): void {
    const { memory } = watch;
    if (outcome === 'news') this.tick.news();
    if (outcome === 'good' || outcome === 'news') {
      memory.failures = 0;
      memory.refused = undefined;
      memory.restUntil = 0;
      memory.failingSince = undefined;
      this.failedReads = 0;
      this.goesWell();
      return;
    }
    memory.failures += 1;
    if (typeof outcome === 'object' && 'refused' in outcome) this.isRefused(watch, outcome.refused);
    memory.restUntil = this.parts.clock.now() + this.tick.backOff(memory.failures);
    this.telling.isUnread(watch);
    if (typeof outcome === 'object' && 'restMs' in outcome) this.tick.throttled(outcome.restMs);
    this.failedReads += 1;
    // One chat that cannot be read is left alone for a while; when none can, all of ServiceNow is.
    if (this.failedReads >= Math.min(this.watches.size, this.parts.parallel)) this.goesBadly();
  }

  /**
   * A chat that may not be read is over. When no chat may be read it is our rights that are gone, not the chats: that is a matter for
   * the admin, and ends nobody's chat.
   */
  private isRefused(watch: Watch, failure: ApiFailure): void {
    const { log, rules } = this.parts;
    const isSecond = watch.memory.refused ?? false;
    watch.memory.refused = true;
    const all = [...this.watches.values()];
    if (all.length > 1 && rules.retryBudgetMs > 0) {
      if (!isSecond) return;
      if (all.every(({ memory }) => memory.refused)) {
        if (!this.allRefused) log.error('servicenow_refuses_all_chats', { chats: all.length, status: failure.status });
        this.allRefused = true;
        return;
      }
    }
    void this.threads.lose(watch, failure).catch((error: unknown) => {
      log.error('reader_failed', { live_chat_id: watch.chat.id, error: (error as Error).name });
    });
  }

  /** Nothing fails any more. */
  private goesWell(): void {
    this.lookedAt = this.parts.clock.now();
    if (!this.disturbed && this.failures === 0) return;
    if (this.listFailures > 0 || [...this.watches.values()].some(({ memory }) => memory.failures > 0)) return;
    if (this.disturbed) this.parts.log.info('reading_again', { chats: this.watches.size });
    this.disturbed = false;
    this.allRefused = false;
    this.failures = 0;
  }

  private goesBadly(): void {
    this.isDisturbed();
    this.failures += 1;
    this.failedReads = 0;
    this.tick.rest(this.failures);
  }

  private isDisturbed(): void {
    if (!this.disturbed) this.parts.log.info('reading_disturbed', { chats: this.watches.size });
    this.disturbed = true;
  }
}
