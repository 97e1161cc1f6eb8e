import type { Effect, PendingEffect } from '../conversation/effects';
import type { ChatId, ConversationKey, Instant, RowId } from '../conversation/types';
import type { LedgerEntry } from '../engine/store';
import { readEffect } from './record';
import { withoutGaps } from './traces';

/** A settled effect as the tables keep it. */
export interface SettledRow {
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

/** An effect that is not settled as the tables keep it. */
export interface PendingRow {
  readonly key: ConversationKey;
  readonly body: string;
  readonly stored_at: Instant | null;
  readonly live_chat_id: ChatId | null;
  readonly row_id: RowId | null;
}

export function settledEntry(row: SettledRow): LedgerEntry {
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

export function pendingEntry(row: PendingRow): LedgerEntry {
  const { key } = row;
  const { seq, effect, correlation, state, attempts, firstAttemptAt, lastAttemptAt }: PendingEffect = readEffect(
    row.body,
    key,
  );
  const found = { storedAt: row.stored_at, firstAttemptAt, lastAttemptAt, chat: row.live_chat_id, row: row.row_id };
  return { key, seq, type: effect.type, correlation, state, attempts, ...withoutGaps(found) };
}
