import type { PendingEffect } from '../conversation/effects';
import type { TranscriptLine } from '../conversation/step';
import type { Conversation, ConversationKey, Instant, TurnId } from '../conversation/types';
import type { Overview } from '../engine/overview';
import type { WatchedChat } from '../engine/ports';
import {
  type Change,
  type Committed,
  type ConversationStore,
  type GivenUp,
  type GivenUpPlace,
  isRedrive,
  type LedgerEntry,
  type Settlement,
  type Stored,
  type Trail,
} from '../engine/store';
import { MemoryInbox } from './memory-inbox';
import { MemoryLedger } from './memory-ledger';
import { overviewOfMemory } from './memory-overview';

interface Row {
  conversation: Conversation;
  version: number;
  effects: number;
  outbox: Map<number, PendingEffect>;
  ledger: (Settlement & { readonly at: Instant })[];
  wakeAt: Instant | undefined;
  lastAt: number;
  sends: Instant[];
}

/** Keeps conversations in memory, for tests. What goes in and out is copied, so that nobody shares an object with the store. */
export class MemoryStore implements ConversationStore {
  private readonly rows = new Map<ConversationKey, Row>();
  private readonly seen = new Map<string, Instant>();
  private readonly ledger = new MemoryLedger();
  readonly inbox = new MemoryInbox();
  /** What a test says of it. */
  isPutBack = false;
  private lines: (TranscriptLine & { readonly key: ConversationKey })[] = [];

  async load(key: ConversationKey): Promise<Stored | undefined> {
    const row = this.rows.get(key);
    if (!row) return undefined;
    const outbox = [...row.outbox.values()].sort((one, other) => one.seq - other.seq);
    return structuredClone({ conversation: row.conversation, version: row.version, outbox, effects: row.effects });
  }

  async commit(original: Change): Promise<Committed> {
    const change = structuredClone(original);
    const { key } = change;
    const mark = `${key}\n${change.turn}`;
    if (change.turn !== undefined && this.seen.has(mark)) return 'seen';
    if ((this.rows.get(key)?.version ?? 0) !== change.from) return 'stale';
    const row = this.rows.get(key) ?? emptyRow(change.conversation);
    for (const entry of change.put) row.outbox.set(entry.seq, entry);
    for (const settled of change.settle) {
      row.outbox.delete(settled.seq);
      row.ledger.push({ ...settled, at: change.at });
    }
    if (change.sentAt !== undefined) row.sends.push(change.sentAt);
    const { conversation, effects, wakeAt } = change;
    this.rows.set(
      key,
      Object.assign(row, { conversation, effects, wakeAt, lastAt: change.at, version: change.from + 1 }),
    );
    if (change.turn !== undefined) this.seen.set(mark, change.at);
    this.ledger.note(change);
    this.lines.push(...change.lines.map((line) => ({ ...line, key })));
    return 'saved';
  }

  async due(now: Instant, limit: number, after = ''): Promise<readonly ConversationKey[]> {
    const isDue = (row: Row) =>
      (row.wakeAt !== undefined && row.wakeAt <= now) ||
      [...row.outbox.values()].some((entry) => (entry.notBefore ?? 0) <= now);
    return [...this.rows]
      .filter(([key, row]) => key > after && isDue(row))
      .map(([key]) => key)
      .sort()
      .slice(0, limit);
  }

  async watched(): Promise<readonly WatchedChat[]> {
    return [...this.rows].flatMap(
      ([
        key,
        {
          conversation: { phase },
        },
      ]) =>
        phase.name === 'queued' || phase.name === 'connected'
          ? [structuredClone({ key, chat: phase.chat, cursor: phase.cursor })]
          : [],
    );
  }

  async overview(limit: number): Promise<Overview> {
    const conversations = [...this.rows.values()].map(({ conversation }) => conversation);
    return structuredClone(overviewOfMemory(conversations, this.ledger.entries(), limit));
  }

  async noteSend(key: ConversationKey, at: Instant): Promise<void> {
    this.rows.get(key)?.sends.push(at);
  }

  async sends(key: ConversationKey, since: Instant): Promise<readonly Instant[]> {
    return (this.rows.get(key)?.sends ?? []).filter((at) => at > since);
  }

  async *transcript(from: Instant, to: Instant): AsyncIterable<TranscriptLine & { readonly key: ConversationKey }> {
    for (const line of this.lines) if (line.at >= from && line.at < to) yield line;
  }

  async forget(before: { readonly seen: Instant; readonly ledger: Instant; readonly sends: Instant }): Promise<number> {
    const lines = this.lines.length;
    for (const [mark, at] of this.seen) {
      const isOld = at < before.seen && (at < before.ledger || !isRedrive(mark.split('\n')[1] as TurnId));
      if (isOld) this.seen.delete(mark);
    }
    this.ledger.forget(before);
    this.inbox.forget(before.ledger);
    for (const row of this.rows.values()) {
      row.ledger = row.ledger.filter((entry) => entry.at >= before.ledger);
      row.sends = row.sends.filter((at) => at >= before.sends);
    }
    this.lines = this.lines.filter((line) => line.at >= before.ledger);
    return lines - this.lines.length;
  }

  async newest(): Promise<Instant> {
    const times = [...this.rows.values()].flatMap((row) => [row.lastAt, ...row.sends.slice(-1)]);
    return Math.max(0, ...times) as Instant;
  }

  async trail(id: string, limit: number): Promise<Trail> {
    return structuredClone(await this.ledger.trail(id, limit));
  }

  async givenUp(since: Instant, limit: number, after?: GivenUpPlace): Promise<readonly LedgerEntry[]> {
    return structuredClone(await this.ledger.givenUp(since, limit, after));
  }

  async newestGivenUp(since: Instant, limit: number): Promise<readonly LedgerEntry[]> {
    return structuredClone(await this.ledger.newestGivenUp(since, limit));
  }

  async givenUpWork(key: ConversationKey, seq: number): Promise<GivenUp | undefined> {
    return this.ledger.givenUpWork(key, seq);
  }

  /** How the conversation's effects ended. */
  ledgerOf(key: ConversationKey): readonly Settlement[] {
    return this.rows.get(key)?.ledger ?? [];
  }

  async wasPutBack(): Promise<boolean> {
    return this.isPutBack;
  }

  async acceptPutBack(): Promise<void> {
    this.isPutBack = false;
  }

  async check(): Promise<void> {}

  async close(): Promise<void> {}
}

function emptyRow(conversation: Conversation): Row {
  return {
    conversation,
    version: 0,
    effects: 0,
    outbox: new Map(),
    ledger: [],
    wakeAt: undefined,
    lastAt: 0,
    sends: [],
  };
}
