import type { Effect, PendingEffect } from '../../conversation/effects';
import type { ChatId, ConversationKey, Instant, RowId } from '../../conversation/types';
import type { GivenUp, GivenUpPlace, LedgerEntry, LedgerStore, ReceivedTurn, Trail } from '../../engine/store';
import { readEffect, readGivenUp } from '../record';
import { inOrder, withoutGaps } from '../traces';
import type { Statements } from './statements';

/** What became of everything, read from the file. */
export class SqliteLedger implements LedgerStore {
  constructor(private readonly sql: Statements) {}

  /** A turn that led to nothing is looked for among the newest ones, and only when nothing else has this id. */
  async trail(id: string, limit: number): Promise<Trail> {
    const settled = (this.sql.settledOf.all(id, limit) as SettledRow[]).map(settledEntry);
    const pending = (this.sql.pendingOf.all(id, limit) as PendingRow[]).map(pendingEntry);
    const effects = inOrder([...settled, ...pending]);
    const received = this.sql.received.all(id, limit) as ReceivedTurn[];
    if (received.length + effects.length > 0) return { received: received.reverse(), effects };
    return { received: this.sql.receivedOnly.all(id, limit) as ReceivedTurn[], effects };
  }

  async givenUp(since: Instant, limit: number, after?: GivenUpPlace): Promise<readonly LedgerEntry[]> {
    const { settledAt, key, seq } = after ?? { settledAt: since, key: '', seq: 0 };
    return (this.sql.givenUp.all(since, settledAt, key, seq, limit) as SettledRow[]).map(settledEntry);
  }

  async givenUpWork(key: ConversationKey, seq: number): Promise<GivenUp | undefined> {
    const row = this.sql.givenUpOne.get(key, seq) as SettledRow | undefined;
    if (!row) return undefined;
    const { body } = this.sql.givenUpBody.get(key, seq) as { body: string | null };
    return { entry: settledEntry(row), ...(body === null ? {} : { effect: readGivenUp(body, key) }) };
  }
}

interface SettledRow {
  readonly key: ConversationKey;
  readonly seq: number;
  readonly type: Effect['type'];
  readonly correlation: string;
  readonly attempts: number;
  readonly outcome: LedgerEntry['state'];
  readonly detail: string | null;
  readonly settled_at: Instant;
  readonly stored_at: Instant | null;
  readonly first_attempt_at: Instant | null;
  readonly last_attempt_at: Instant | null;
  readonly live_chat_id: ChatId | null;
  readonly row_id: RowId | null;
  readonly redriven_at: Instant | null;
}

interface PendingRow {
  readonly key: ConversationKey;
  readonly body: string;
  readonly stored_at: Instant | null;
  readonly live_chat_id: ChatId | null;
  readonly row_id: RowId | null;
}

function settledEntry(row: SettledRow): LedgerEntry {
  const { key, seq, type, correlation, attempts } = row;
  const known = {
    storedAt: row.stored_at,
    firstAttemptAt: row.first_attempt_at,
    lastAttemptAt: row.last_attempt_at,
    settledAt: row.settled_at,
    detail: row.detail,
    chat: row.live_chat_id,
    row: row.row_id,
    redrivenAt: row.redriven_at,
  };
  return { key, seq, type, correlation, state: row.outcome, attempts, ...withoutGaps(known) };
}

function pendingEntry(row: PendingRow): LedgerEntry {
  const { key } = row;
  const { seq, effect, correlation, state, attempts, firstAttemptAt, lastAttemptAt }: PendingEffect = readEffect(
    row.body,
    key,
  );
  const found = { storedAt: row.stored_at, firstAttemptAt, lastAttemptAt, chat: row.live_chat_id, row: row.row_id };
  return { key, seq, type: effect.type, correlation, state, attempts, ...withoutGaps(found) };
}
