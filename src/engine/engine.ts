import type { ConversationEvent } from '../conversation/events';
import type { Conversation, ConversationKey, Instant, TurnId } from '../conversation/types';
import { wakeAt } from '../conversation/waiting';
import { doubtAfterBackup } from './backup';
import { Drain } from './drain';
import { begin, fold, outboxAfter } from './fold';
import type { EngineParts, Revised, Revision } from './parts';
import { eventSpan } from './spans';
import { sparingLog } from './sparing-log';
import { type Trace, untraced } from './trace';

/** What comes with an event from outside. */
export interface Offer {
  /** The turn's id when the channel may deliver the event again. */
  readonly turn?: TurnId;
  readonly correlation: string;
}

/** Wakes that lie further ahead are left to the sweeper. */
const nearMs = 60_000;
/** Conversations that are asked for at once. */
const pageSize = 500;

/**
 * The one place through which everything goes that happens in a conversation, and the one place from which everything leaves
 * that the connector does about it.
 */
export class Engine {
  private readonly turns = new Map<ConversationKey, Promise<unknown>>();
  private readonly wakes = new Map<ConversationKey, () => void>();
  private readonly watchers: ((conversation: Conversation) => void)[] = [];
  private readonly drain: Drain;

  private readonly parts: EngineParts;
  private readonly trace: Trace;

  constructor(parts: EngineParts) {
    this.parts = { ...parts, log: sparingLog(parts.log, parts.clock) };
    this.trace = parts.trace ?? untraced;
    this.drain = new Drain({ ...this.parts, revise: (key, revision) => this.revise(key, revision) });
  }

  /** Calls back after every kept change, for those who watch live chats. */
  onChange(watcher: (conversation: Conversation) => void): void {
    this.watchers.push(watcher);
  }

  /** Takes an event. It is durable when this resolves; `seen` when the same turn was taken before. */
  async offer(key: ConversationKey, event: ConversationEvent, offer: Offer): Promise<Revised> {
    const result = await this.traced(event, offer, () => this.take(key, event, offer));
    if (result === 'saved') this.drain.kick(key);
    return result;
  }

  private take(key: ConversationKey, event: ConversationEvent, offer: Offer): Promise<Revised> {
    const { clock, rules } = this.parts;
    const traceparent = this.trace.here();
    const revision: Revision = (stored) => fold(stored, [event], { rules, at: clock.now(), traceparent, ...offer });
    return this.revise(key, revision, event);
  }

  private traced(event: ConversationEvent, { correlation }: Offer, take: () => Promise<Revised>): Promise<Revised> {
    const of = eventSpan(event, correlation);
    if (!of) return take();
    return this.trace.span(of, async (span) => {
      const result = await take();
      span.tell({ outcome: result });
      return result;
    });
  }

  /** Takes up the effects that waited while no process was there. */
  async resume(): Promise<void> {
    await this.doubtAfterBackup();
    for await (const key of this.due(this.parts.clock.now())) this.drain.kick(key);
  }

  /** If a backup was put back, what waits is doubted: to be called before anything can be carried out. */
  doubtAfterBackup(): Promise<void> {
    return doubtAfterBackup({ ...this.parts, revise: (key, revision) => this.revise(key, revision) });
  }

  /** Looks after one conversation: somebody says that there is something to do. */
  look(key: ConversationKey): void {
    this.drain.kick(key);
  }

  /** Takes up what is due, and says to those who wanted to be woken that their time has come. */
  async sweep(): Promise<void> {
    await this.doubtAfterBackup();
    const now = this.parts.clock.now();
    for await (const key of this.due(now)) {
      try {
        await this.offer(key, { type: 'time_passed', at: now }, { correlation: `wake:${now}` });
      } catch (error) {
        this.parts.log.error('wake_failed', { error: (error as Error).name });
      }
      this.drain.kick(key);
    }
  }

  /** All that is due, page by page, so that many that wait for a far side keep nobody from the rest. */
  private async *due(now: Instant): AsyncIterable<ConversationKey> {
    let page = await this.parts.store.due(now, pageSize);
    while (page.length > 0) {
      yield* page;
      page = await this.parts.store.due(now, pageSize, page.at(-1));
    }
  }

  /** Resolves when nothing is being carried out and nothing is about to be. */
  idle(): Promise<void> {
    return this.drain.idle();
  }

  /** No new work is begun; what is under way may settle. */
  async stop(graceMs: number): Promise<void> {
    for (const cancel of this.wakes.values()) cancel();
    this.wakes.clear();
    await this.drain.stop(graceMs);
  }

  /** One change after the other within a conversation; between processes the version decides. */
  private revise(key: ConversationKey, revision: Revision, first?: ConversationEvent): Promise<Revised> {
    const before = this.turns.get(key) ?? Promise.resolve();
    const turn = before.then(
      () => this.reviseNow(key, revision, first),
      () => this.reviseNow(key, revision, first),
    );
    this.turns.set(key, turn);
    const forget = () => {
      if (this.turns.get(key) === turn) this.turns.delete(key);
    };
    turn.then(forget, forget);
    return turn;
  }

  private async reviseNow(key: ConversationKey, revision: Revision, first?: ConversationEvent): Promise<Revised> {
    for (;;) {
      const stored = (await this.parts.store.load(key)) ?? (first && begin(key, first));
      const changed = stored && revision(stored);
      if (!stored || !changed) return 'unchanged';
      const { rules } = this.parts;
      const wake = wakeAt({ conversation: changed.conversation, pending: outboxAfter(stored, changed), rules });
      const result = await this.parts.store.commit({ key, from: stored.version, ...changed, wakeAt: wake });
      if (result === 'stale') continue;
      if (result === 'saved') this.trace.apart(() => this.kept(changed.conversation, wake));
      return result;
    }
  }

  private kept(conversation: Conversation, wake: Instant | undefined): void {
    const { key } = conversation;
    this.wakes.get(key)?.();
    this.wakes.delete(key);
    for (const watcher of this.watchers) watcher(conversation);
    if (wake !== undefined) this.wakeLater(key, wake);
  }

  private wakeLater(key: ConversationKey, wake: Instant): void {
    const inMs = wake - this.parts.clock.now();
    if (inMs > nearMs) return;
    const ring = () => {
      this.wakes.delete(key);
      const at = this.parts.clock.now();
      if (at < wake) return this.wakeLater(key, wake);
      this.offer(key, { type: 'time_passed', at }, { correlation: `wake:${at}` }).catch((error: unknown) => {
        this.parts.log.error('wake_failed', { error: String((error as Error).name) });
      });
    };
    this.wakes.set(key, this.parts.clock.after(Math.max(0, inMs), ring));
  }
}
