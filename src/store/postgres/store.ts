import type { Pool } from 'pg';
import type { TranscriptLine } from '../../conversation/step';
import type { ConversationKey, Instant } from '../../conversation/types';
import type { Blobs } from '../../engine/blobs';
import type { Inbox } from '../../engine/inbox';
import type { Overview } from '../../engine/overview';
import type { Fence } from '../../engine/ownership';
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
import { lineOf, type TranscriptRow, watchedOf } from '../rows';
import { StoreError } from '../store-error';
import { type Ask, askOf, queryOf } from './ask';
import { PostgresBlobs } from './blobs';
import { argumentsOf } from './change';
import type { Fences } from './fences';
import { PostgresInbox } from './inbox';
import { PostgresLedger } from './ledger';
import type { StatementName } from './statements';

interface ConversationRow {
  readonly version: number;
  readonly effects: number;
  readonly body: string | null;
  readonly outbox: string | null;
}

/**
 * Keeps conversations in a PostgreSQL database that several replicas share. Without fences it belongs to no replica: it takes changes
 * in and owns nothing (the commands).
 */
export class PostgresStore implements ConversationStore {
  private readonly ask: Ask;
  private readonly recent = new Recent();
  private readonly ledger: PostgresLedger;

  /** Files on their way, in the same database. */
  readonly blobs: Blobs;
  /** What far sides brought by themselves. */
  readonly inbox: Inbox;

  constructor(
    private readonly pool: Pool,
    private readonly fences?: Fences,
  ) {
    this.ask = askOf(pool);
    this.ledger = new PostgresLedger(this.ask);
    this.blobs = new PostgresBlobs(this.ask);
    this.inbox = new PostgresInbox(this.ask);
  }

  /** Others may have changed it: the database is always asked, but sends only what is not known yet. */
  async load(key: ConversationKey): Promise<Stored | undefined> {
    const known = this.recent.get(key);
    const [row] = await this.ask<ConversationRow>('load', key, known?.version ?? 0);
    if (!row) return undefined;
    if (known && row.body === null) return known;
    const stored = storedOf(row, key);
    this.recent.put(key, stored);
    return stored;
  }

  async commit(change: Change): Promise<Committed> {
    const { key } = change;
    const outbox = change.settle.length === 0 ? [] : await this.outboxAt(change);
    if (!outbox) return 'stale';
    const values = argumentsOf(change, outbox, this.fences?.replica);
    const [row] = await this.ask<{ outcome: Committed; held: Fence | null }>('commit', ...values);
    if (!row) throw new Error('the database did not answer a commit');
    if (row.outcome === 'saved') {
      this.recent.changed(change);
      this.fences?.note(key, row.held ?? undefined);
    }
    if (row.outcome === 'fenced') this.fences?.forget();
    return row.outcome;
  }

  /** The effects of the version that the change was made from; `undefined` when there is another version by now. */
  private async outboxAt({ key, from, turn }: Change): Promise<Stored['outbox'] | undefined> {
    const known = this.recent.get(key);
    if (known?.version === from) return known.outbox;
    const stored = await this.load(key);
    if ((stored?.version ?? 0) === from || turn !== undefined) return stored?.outbox ?? [];
    return undefined;
  }

  async due(now: Instant, limit: number, after: string = ''): Promise<readonly ConversationKey[]> {
    const rows = await this.ask<{ key: ConversationKey }>('due', now, after, limit, this.fences?.replica);
    return rows.map(({ key }) => key);
  }

  async newest(): Promise<Instant> {
    const [row] = await this.ask<{ at: Instant }>('newest');
    return row?.at ?? (0 as Instant);
  }

  async watched(): Promise<readonly WatchedChat[]> {
    return watchedOf(await this.ask<{ key: ConversationKey; body: string }>('live'));
  }

  async overview(limit: number): Promise<Overview> {
    const [live, phases, left, waiting] = await Promise.all([
      this.ask<LiveRow>('liveChats', limit),
      this.ask<PhaseRow>('livePhases'),
      this.ask<LeftRow>('leftChats', limit),
      this.ask<WaitingRow>('waitingWork'),
    ]);
    return overviewOf({ live, phases, left, waiting });
  }

  async noteSend(key: ConversationKey, at: Instant): Promise<void> {
    await this.ask('addSend', key, at);
  }

  async sends(key: ConversationKey, since: Instant): Promise<readonly Instant[]> {
    return (await this.ask<{ at: Instant }>('sends', key, since)).map(({ at }) => at);
  }

  async *transcript(from: Instant, to: Instant): AsyncIterable<TranscriptLine & { readonly key: ConversationKey }> {
    let after = 0;
    for (;;) {
      const rows = await this.ask<TranscriptRow>('transcript', from, to, after);
      for (const row of rows) yield lineOf(row);
      if (rows.length === 0) return;
      after = rows.at(-1)?.id ?? after;
    }
  }

  async forget(before: { readonly seen: Instant; readonly ledger: Instant; readonly sends: Instant }): Promise<number> {
    return (
      (await this.forgetAll('forgetSeen', before.seen, before.ledger)) +
      (await this.forgetAll('forgetLedger', before.ledger)) +
      (await this.forgetAll('forgetTranscript', before.ledger)) +
      (await this.forgetAll('forgetInbox', before.ledger)) +
      (await this.forgetAll('forgetSends', before.sends))
    );
  }

  /** Piece by piece, so that no statement takes long. */
  private async forgetAll(name: StatementName, ...values: readonly Instant[]): Promise<number> {
    let forgotten = 0;
    for (;;) {
      const { rowCount } = await this.pool.query(queryOf(name, values));
      if (!rowCount) return forgotten;
      forgotten += rowCount;
    }
  }

  trail(id: string, limit: number): Promise<Trail> {
    return this.ledger.trail(id, limit);
  }

  givenUp(since: Instant, limit: number, after?: GivenUpPlace): Promise<readonly LedgerEntry[]> {
    return this.ledger.givenUp(since, limit, after);
  }

  async newestGivenUp(since: Instant, limit: number): Promise<readonly LedgerEntry[]> {
    return this.ledger.newestGivenUp(since, limit);
  }

  givenUpWork(key: ConversationKey, seq: number): Promise<GivenUp | undefined> {
    return this.ledger.givenUpWork(key, seq);
  }

  /** A replica whose beats are written can write. */
  async wasPutBack(): Promise<boolean> {
    return (await this.ask('wasPutBack')).length > 0;
  }

  async acceptPutBack(): Promise<void> {
    await this.ask('acceptPutBack');
  }

  async check(): Promise<void> {
    if (!this.fences) return void (await this.ask('check'));
    const [row] = await this.ask<{ lives: boolean }>('checkLease', this.fences.replica);
    if (!row?.lives)
      throw new StoreError('The lease of this replica has run out: its beats do not reach the database.');
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

function storedOf({ version, effects, body, outbox }: ConversationRow, key: ConversationKey): Stored {
  const entries = outbox === null ? [] : outbox.split('\n').map((entry) => readEffect(entry, key));
  return { conversation: readConversation(body ?? '', key), version, effects, outbox: entries };
}
