import { readSince } from '../conversation/cursor';
import type { ChatState, ConversationEvent } from '../conversation/events';
import { ApiFailure } from '../conversation/failures';
import type { Rules } from '../conversation/rules';
import type { Conversation, ConversationKey, Instant } from '../conversation/types';
import type { Ownership } from './ownership';
import type { ChatGlance, Clock, Desk, Log, ThreadReading, WatchedChat } from './ports';
import type { ConversationStore } from './store';

export interface ReaderParts {
  readonly desk: Desk;
  readonly clock: Clock;
  readonly ownership: Ownership;
  readonly rules: Rules;
  readonly log: Log;
  /** Pause between two looks while chats are live, milliseconds. */
  readonly pollMs: number;
  /** Reads under way at once. */
  readonly parallel: number;
  offer(key: ConversationKey, event: ConversationEvent, offer: { correlation: string }): Promise<unknown>;
}

/** One chat as the reader sees it. */
interface Watch extends WatchedChat {
  readonly phase: 'queued' | 'connected';
  /** The queue itself said that an agent has the chat. */
  readonly taken: boolean;
  readonly lastWordAt: Instant;
  /** The list's mark at the last read. */
  mark?: string;
  lastReadAt: number;
  /** The newest mark of the list, and when it was first seen. */
  announced?: { readonly mark: string; readonly since: number };
  /** When its thread last had a row that was new. */
  lastRowAt: number;
  /** Nobody reads it before this time, after reads that failed. */
  restUntil: number;
  failures: number;
}

/** For so long after a chat's last word its thread is read now and then although the list shows no change: rows can appear late. */
const lateRowsMs = 30_000;
const lateReadEveryMs = 5_000;
/** The longest that a `Retry-After` is believed at once. */
const longestRetryAfterMs = 300_000;
/** The longest pause after reads that failed. */
const longestPauseMs = 15_000;

/**
 * The one loop that reads all live chats. It calls nobody while no chat is live, offers only what is new, and ends a chat only
 * when ServiceNow says that it is gone.
 */
export class Reader {
  private readonly watches = new Map<ConversationKey, Watch>();
  private cancel: (() => void) | undefined;
  private looking: Promise<void> = Promise.resolve();
  private waiters: (() => void)[] = [];
  private busy = false;
  private hurry = false;
  private failures = 0;
  private pauseUntil = 0;
  private stopped = false;

  constructor(private readonly parts: ReaderParts) {}

  /** A conversation has changed: its chat is watched, or is no more. */
  note(conversation: Conversation): void {
    const { key, phase } = conversation;
    if (phase.name !== 'queued' && phase.name !== 'connected') {
      this.watches.delete(key);
      return;
    }
    const known = this.watches.get(key);
    const { chat, cursor, lastWordAt, name } = phase;
    const taken = phase.name === 'connected' && phase.taken;
    const same = known?.chat.id === chat.id ? known : undefined;
    const { mark, announced, lastReadAt = 0, lastRowAt = 0, restUntil = 0, failures = 0 } = same ?? {};
    const kept = { mark, announced, lastReadAt, lastRowAt, restUntil, failures };
    this.watches.set(key, { key, chat, cursor, lastWordAt, phase: name, taken, ...kept });
    this.schedule(this.parts.pollMs);
  }

  /** Looks at once: somebody says that there is news. */
  wake(): void {
    this.hurry = this.busy;
    if (this.busy) return;
    this.cancel?.();
    this.cancel = undefined;
    this.schedule(Math.max(0, this.pauseUntil - this.parts.clock.now()));
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
  firstLook(): Promise<void> {
    if (this.watches.size === 0) return Promise.resolve();
    const looked = new Promise<void>((resolve) => this.waiters.push(resolve));
    this.wake();
    return looked;
  }

  /** Live chats, for the metrics. */
  get watching(): number {
    return this.watches.size;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.cancel?.();
    await this.looking;
  }

  private schedule(inMs: number): void {
    if (this.cancel || this.busy || this.stopped || this.watches.size === 0) return;
    this.cancel = this.parts.clock.after(inMs, () => {
      this.cancel = undefined;
      this.busy = true;
      this.looking = this.look()
        .catch((error: unknown) => this.parts.log.error('reader_failed', { error: String((error as Error).stack) }))
        .finally(() => this.rest());
    });
  }

  private rest(): void {
    this.busy = false;
    for (const resolve of this.waiters.splice(0)) resolve();
    const pause = Math.max(this.parts.pollMs, this.pauseUntil - this.parts.clock.now());
    this.schedule(this.hurry ? Math.max(0, this.pauseUntil - this.parts.clock.now()) : pause);
    this.hurry = false;
  }

  /** One look over all chats, and into those in which something may have changed. */
  private async look(): Promise<void> {
    const watches = [...this.watches.values()];
    if (watches.length === 0) return;
    const context = { correlation: 'reader' };
    let failed = false;
    let glances: ReadonlyMap<string, ChatGlance> | undefined;
    try {
      glances = await this.parts.desk.glance(
        watches.map((watch) => watch.chat),
        context,
      );
    } catch (error) {
      failed = true;
      await this.glanceFailed(watches, error);
    }
    const due = failed ? [] : watches.filter((watch) => this.isDue(watch, glances?.get(watch.chat.id)));
    let good = 0;
    await inParallel(due, this.parts.parallel, async (watch) => {
      if (await this.readOne(watch, glances?.get(watch.chat.id))) good += 1;
    });
    // One chat that cannot be read is left alone for a while; when none can, all of ServiceNow is.
    this.paceAfter(failed || (due.length > 0 && good === 0));
  }

  private isDue(watch: Watch, glance: ChatGlance | undefined): boolean {
    const now = this.parts.clock.now();
    if (now < watch.restUntil) return false;
    if (glance?.mark === undefined) return true;
    if (glance.mark !== watch.mark || differs(watch, glance.state)) return true;
    const quietSince = Math.max(watch.lastWordAt, watch.lastRowAt);
    return now - quietSince < lateRowsMs && now - watch.lastReadAt >= lateReadEveryMs;
  }

  /** A chat that makes trouble of its own keeps nobody from the others. */
  private async readOne(watch: Watch, glance: ChatGlance | undefined): Promise<boolean> {
    if (this.stopped) return true;
    const good = await this.read(watch, glance).catch((error: unknown) => {
      const { id } = watch.chat;
      this.parts.log.error('reader_failed', { live_chat_id: id, error: String((error as Error).name) });
      return false;
    });
    const current = this.watches.get(watch.key) ?? watch;
    current.failures = good ? 0 : current.failures + 1;
    const pause = Math.min(longestPauseMs, this.parts.pollMs * 2 ** Math.min(current.failures, 10));
    current.restUntil = good ? 0 : this.parts.clock.now() + pause;
    return good;
  }

  /** False when the read failed in a way that passes. */
  private async read(watch: Watch, glance: ChatGlance | undefined): Promise<boolean> {
    const { desk, clock } = this.parts;
    watch.lastReadAt = clock.now();
    try {
      const reading = await desk.read(watch.chat, watch.cursor, { correlation: 'reader' });
      const isOpen = reading.state.state === 'unknown' || reading.state.state === 'unanswered';
      const state = isOpen && glance ? glance.state : reading.state;
      const { fresh } = readSince(watch.cursor, reading.rows, this.parts.rules.cursorOverlapMs);
      if (fresh.length > 0 || differs(watch, state)) await this.bring(watch, reading.rows, state);
      this.remember(watch, glance, reading, fresh.length > 0);
      return true;
    } catch (error) {
      return this.readFailed(watch, error);
    }
  }

  /** The list's mark counts as read once its row was there; until then, for a while, the thread is read again. */
  private remember(watch: Watch, glance: ChatGlance | undefined, { rows }: ThreadReading, hasNews: boolean): void {
    const current = this.watches.get(watch.key);
    if (!current) return;
    const now = this.parts.clock.now();
    if (hasNews) current.lastRowAt = now;
    if (glance?.mark === undefined) return;
    if (glance.mark !== current.announced?.mark) current.announced = { mark: glance.mark, since: now };
    const isThere = rows.some((row) => row.id === glance.mark);
    if (isThere || now - current.announced.since >= lateRowsMs) current.mark = glance.mark;
  }

  private async bring(watch: Watch, rows: ThreadReading['rows'], state: ChatState): Promise<void> {
    const at = this.parts.clock.now();
    const newest = rows.at(-1)?.id ?? 'state';
    const event = { type: 'thread_read', chat: watch.chat.id, rows, state, at } as const;
    await this.parts.offer(watch.key, event, { correlation: `row:${newest}` });
  }

  /** With no budget for errors the first one is the end of every chat that it concerns. */
  private async glanceFailed(watches: readonly Watch[], error: unknown): Promise<void> {
    this.note429(error);
    if (this.parts.rules.retryBudgetMs > 0) return;
    for (const watch of watches) await this.lose(watch, error as ApiFailure);
  }

  /** A chat that may no longer be read is over only if the queue does not say otherwise. */
  private async readFailed(watch: Watch, error: unknown): Promise<boolean> {
    const { log, rules } = this.parts;
    if (!(error instanceof ApiFailure)) throw error;
    log.warn('read_failed', { live_chat_id: watch.chat.id, kind: error.kind, status: error.status });
    this.note429(error);
    const isAnswer = error.kind === 'refused' || error.kind === 'not_found';
    if (!isAnswer) return rules.retryBudgetMs > 0 ? false : this.lose(watch, error);
    const state = await this.parts.desk.state(watch.chat, { correlation: 'reader' }).catch(passing);
    if (state === 'later' || state?.state === 'waiting' || state?.state === 'in_progress') return false;
    if (state?.state === 'ended') await this.bring(watch, [], state);
    else await this.lose(watch, error);
    return true;
  }

  private async lose(watch: Watch, { kind }: ApiFailure): Promise<boolean> {
    const event = { type: 'chat_lost', chat: watch.chat.id, kind, at: this.parts.clock.now() } as const;
    await this.parts.offer(watch.key, event, { correlation: `read:${watch.chat.id}` });
    return true;
  }

  private note429(error: unknown): void {
    if (!(error instanceof ApiFailure)) throw error;
    if (error.retryAfterMs === undefined) return;
    this.pauseUntil = this.parts.clock.now() + Math.min(error.retryAfterMs, longestRetryAfterMs);
  }

  /** After failed reads the pause doubles, so that a far side in trouble is not hammered. */
  private paceAfter(failed: boolean): void {
    const { clock, pollMs, log } = this.parts;
    if (failed !== this.failures > 0)
      log.info(failed ? 'reading_disturbed' : 'reading_again', { chats: this.watches.size });
    this.failures = failed ? this.failures + 1 : 0;
    if (!failed) return;
    const pause = Math.min(longestPauseMs, pollMs * 2 ** Math.min(this.failures, 10));
    this.pauseUntil = Math.max(this.pauseUntil, clock.now() + pause);
  }
}

function differs(watch: Watch, { state }: ChatState): boolean {
  if (state === 'ended') return true;
  if (state === 'in_progress') return !watch.taken;
  return state === 'waiting' && watch.taken;
}

function passing(error: unknown): 'later' | undefined {
  if (!(error instanceof ApiFailure)) throw error;
  return error.kind === 'refused' || error.kind === 'not_found' ? undefined : 'later';
}

async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, queue.length) }, worker));
}
