import { resolve } from 'node:path';
import type Database from 'libsql';
import { chatOf, rowShown } from '../../conversation/belongs-to';
import type { TranscriptLine } from '../../conversation/step';
import type { ConversationKey, Instant } from '../../conversation/types';
import type { Blobs } from '../../engine/blobs';
import type { Overview } from '../../engine/overview';
import type { WatchedChat } from '../../engine/ports';
import type {
  Change,
  Committed,
  ConversationStore,
  GivenUp,
  GivenUpPlace,
  LedgerEntry,
  Stored,
  Trail,
} from '../../engine/store';
import { type LeftRow, type LiveRow, overviewOf, type PhaseRow, type WaitingRow } from '../overview-rows';
import { Recent } from '../recent';
import { readConversation, readEffect } from '../record';
import { lineOf, liveChatOf, type TranscriptRow, watchedOf } from '../rows';
import { isRedrivable, rowOf } from '../traces';
import { backUp } from './backup';
import { SqliteBlobs } from './blobs';
import { GroupCommit } from './group-commit';
import { HighWaterMark } from './high-water';
import { SqliteInbox } from './inbox';
import { SqliteLedger } from './ledger';
import { type OpenOptions, openDatabase } from './open';
import { prepareStatements, type Statements } from './statements';

interface ConversationRow {
  readonly version: number;
  readonly effects: number;
  readonly body: string;
}

/** For so long a commit that failed speaks of the store's state. */
const troubleHoldsMs = 30_000;

/** Keeps conversations in one SQLite file that belongs to this process alone. */
export class SqliteStore implements ConversationStore {
  private readonly sql: Statements;
  private readonly group: GroupCommit;
  private readonly recent = new Recent();
  /** When a commit failed after which none has succeeded. */
  private troubled: number | undefined;
  private readonly ledger: SqliteLedger;

  /** Files on their way, in the same database. */
  readonly blobs: Blobs;
  /** What far sides brought by themselves. */
  readonly inbox: SqliteInbox;

  private constructor(
    private readonly db: Database.Database,
    private readonly mark: HighWaterMark,
  ) {
    this.sql = prepareStatements(db);
    this.group = new GroupCommit(db, mark);
    this.ledger = new SqliteLedger(this.sql);
    this.blobs = new SqliteBlobs(db, this.group);
    this.inbox = new SqliteInbox(db, this.group);
  }

  /** Throws StoreError when the file is in use, unreadable, damaged or newer than the program. */
  static async open(options: OpenOptions): Promise<SqliteStore> {
    const db = await openDatabase(options);
    return new SqliteStore(db, HighWaterMark.open(db, resolve(options.file)));
  }

  async load(key: ConversationKey): Promise<Stored | undefined> {
    const known = this.recent.get(key);
    if (known) return known;
    const stored = this.read(key);
    if (stored) this.recent.put(key, stored);
    return stored;
  }

  private read(key: ConversationKey): Stored | undefined {
    const row = this.sql.conversation.get(key) as ConversationRow | undefined;
    if (!row) return undefined;
    const outbox = (this.sql.outbox.all(key) as { body: string }[]).map(({ body }) => readEffect(body, key));
    return { conversation: readConversation(row.body, key), version: row.version, effects: row.effects, outbox };
  }

  async commit(change: Change): Promise<Committed> {
    const result = await this.group
      .run(() => this.apply(change))
      .catch((error: unknown) => {
        this.troubled = Date.now();
        throw error;
      });
    this.troubled = undefined;
    if (result === 'saved') this.recent.changed(change);
    return result;
  }

  async due(now: Instant, limit: number, after: string = ''): Promise<readonly ConversationKey[]> {
    return (this.sql.due.all(now, after, limit) as { key: ConversationKey }[]).map(({ key }) => key);
  }

  async newest(): Promise<Instant> {
    return ((this.sql.newest.get() as { at: Instant | null }).at ?? 0) as Instant;
  }

  async watched(): Promise<readonly WatchedChat[]> {
    return watchedOf(this.sql.live.all() as { key: ConversationKey; body: string }[]);
  }

  async overview(limit: number): Promise<Overview> {
    return overviewOf({
      live: this.sql.liveChats.all(limit) as LiveRow[],
      phases: this.sql.livePhases.all() as PhaseRow[],
      left: this.sql.leftChats.all(limit) as LeftRow[],
      waiting: this.sql.waitingWork.all() as WaitingRow[],
    });
  }

  async noteSend(key: ConversationKey, at: Instant): Promise<void> {
    await this.group.run(() => this.sql.addSend.run(key, at));
  }

  async sends(key: ConversationKey, since: Instant): Promise<readonly Instant[]> {
    return (this.sql.sends.all(key, since) as { at: Instant }[]).map(({ at }) => at);
  }

  async *transcript(from: Instant, to: Instant): AsyncIterable<TranscriptLine & { readonly key: ConversationKey }> {
    let after = 0;
    for (;;) {
      const rows = this.sql.transcript.all(from, to, after) as TranscriptRow[];
      for (const row of rows) yield lineOf(row);
      if (rows.length === 0) return;
      after = rows.at(-1)?.id ?? after;
    }
  }

  forget(before: { readonly seen: Instant; readonly ledger: Instant; readonly sends: Instant }): Promise<number> {
    return this.group.run(
      () =>
        this.sql.forgetSeen.run(before.seen, before.ledger).changes +
        this.sql.forgetLedger.run(before.ledger).changes +
        this.sql.forgetTranscript.run(before.ledger).changes +
        this.inbox.forget(before.ledger) +
        this.sql.forgetSends.run(before.sends).changes,
    );
  }

  async trail(id: string, limit: number): Promise<Trail> {
    return this.ledger.trail(id, limit);
  }

  async givenUp(since: Instant, limit: number, after?: GivenUpPlace): Promise<readonly LedgerEntry[]> {
    return this.ledger.givenUp(since, limit, after);
  }

  async newestGivenUp(since: Instant, limit: number): Promise<readonly LedgerEntry[]> {
    return this.ledger.newestGivenUp(since, limit);
  }

  async givenUpWork(key: ConversationKey, seq: number): Promise<GivenUp | undefined> {
    return this.ledger.givenUpWork(key, seq);
  }

  async wasPutBack(): Promise<boolean> {
    return this.mark.wasPutBack;
  }

  acceptPutBack(): Promise<void> {
    return this.group.run(() => this.mark.acceptPutBack());
  }

  /** A copy of all that is kept by now; returns its size in bytes. Throws StoreError. */
  async backUp(file: string): Promise<number> {
    this.group.flush();
    return backUp(this.db, file);
  }

  async check(): Promise<void> {
    await this.group.run(() => this.sql.pulse.run(Date.now()));
    // A full disk may take a small write and refuse the next turn: what happened last counts, for a while.
    if (this.troubled !== undefined && Date.now() - this.troubled < troubleHoldsMs) throw new Error('a commit failed');
  }

  async close(): Promise<void> {
    this.group.flush();
    // Closing alone keeps the lock until the statements are collected; a file that leaves WAL may be unlocked at once.
    this.db.pragma('journal_mode = DELETE');
    this.db.pragma('locking_mode = NORMAL');
    this.sql.check.get();
    this.db.close();
    this.mark.close();
  }

  /** Inside the shared transaction: all of the change, or nothing. */
  private apply(change: Change): Committed {
    const { key, conversation, turn } = change;
    if (turn !== undefined && this.sql.isSeen.get(key, turn)) return 'seen';
    const row = this.sql.version.get(key) as { version: number } | undefined;
    if ((row?.version ?? 0) !== change.from) return 'stale';
    const live = liveChatOf(conversation);
    const body = JSON.stringify(conversation);
    this.sql.putConversation.run(key, change.from + 1, change.effects, body, change.wakeAt ?? null, live);
    if (turn !== undefined) this.sql.addSeen.run(key, turn, change.at);
    this.put(change);
    this.settle(change);
    for (const line of change.lines) {
      this.sql.addLine.run(key, line.at, line.who, line.name ?? null, line.chat ?? null, line.text);
    }
    if (change.sentAt !== undefined) this.sql.addSend.run(key, change.sentAt);
    return 'saved';
  }

  private put({ key, conversation, put, at }: Change): void {
    for (const entry of put) {
      const { seq, effect, correlation, notBefore } = entry;
      const chat = chatOf(effect, conversation) ?? null;
      const row = rowShown(effect) ?? null;
      this.sql.putEffect.run(key, seq, JSON.stringify(entry), notBefore ?? 0, at, correlation, chat, row);
    }
  }

  /** A settled effect leaves its words behind, unless somebody may want it done again: the ledger keeps what became of it. */
  private settle({ key, settle, at }: Change): void {
    for (const settled of settle) {
      const { seq, outcome, detail } = settled;
      const row = this.sql.effect.get(key, seq) as OutboxRow | undefined;
      if (!row) continue;
      const { effect, correlation, attempts, firstAttemptAt, lastAttemptAt } = readEffect(row.body, key);
      const { stored_at: storedAt, live_chat_id: chat } = row;
      const tried = [storedAt, firstAttemptAt ?? null, lastAttemptAt ?? null];
      const body = isRedrivable(outcome) ? JSON.stringify(effect) : null;
      const found = [chat, rowOf(effect, settled) ?? null, body];
      const known = [key, seq, effect.type, correlation, attempts, outcome, detail ?? null, at];
      this.sql.addLedger.run(...known, ...tried, ...found);
      this.sql.dropEffect.run(key, seq);
    }
  }
}

interface OutboxRow {
  readonly body: string;
  readonly stored_at: Instant | null;
  readonly live_chat_id: string | null;
}
