import { chatOf, rowShown } from '../../conversation/belongs-to';
import type { PendingEffect } from '../../conversation/effects';
import type { Change, Settlement } from '../../engine/store';
import { liveChatOf } from '../rows';
import { isRedrivable, rowOf } from '../traces';
import type { Value } from './ask';

/** The arguments of the statement `commit`. `outbox`: the effects as they are kept before the change. */
export function argumentsOf(change: Change, outbox: readonly PendingEffect[], replica: string | undefined): Value[] {
  const { key, from, effects, conversation, wakeAt, turn, at, sentAt, fence, put, lines } = change;
  const begins = put.some(({ state }) => state === 'in_flight');
  return [
    ...[key, from, effects, JSON.stringify(conversation), wakeAt, liveChatOf(conversation), turn, at, sentAt],
    ...[fence, begins, replica],
    listOf(put.map((entry) => putOf(entry, change))),
    listOf(settledOf(change, outbox)),
    listOf(lines),
  ];
}

function putOf(entry: PendingEffect, { conversation }: Change) {
  const { seq, effect, correlation, notBefore } = entry;
  const found = { live_chat_id: chatOf(effect, conversation), row_id: rowShown(effect) };
  return { seq, body: JSON.stringify(entry), not_before: notBefore ?? 0, correlation, ...found };
}

/** A settled effect leaves its words behind, unless somebody may want it done again: the ledger keeps what became of it. */
function settledOf({ settle, put }: Change, outbox: readonly PendingEffect[]) {
  const known = new Map([...outbox, ...put].map((entry) => [entry.seq, entry]));
  return settle.flatMap((settled) => {
    const entry = known.get(settled.seq);
    return entry ? [ledgerRow(entry, settled)] : [];
  });
}

function ledgerRow(entry: PendingEffect, settled: Settlement) {
  const { seq, effect, correlation, attempts, firstAttemptAt, lastAttemptAt } = entry;
  const { outcome, detail } = settled;
  const body = isRedrivable(outcome) ? JSON.stringify(effect) : undefined;
  const times = { first_attempt_at: firstAttemptAt, last_attempt_at: lastAttemptAt };
  return {
    seq,
    type: effect.type,
    correlation,
    attempts,
    outcome,
    detail,
    ...times,
    row_id: rowOf(effect, settled),
    body,
  };
}

/** A list as JSON; PostgreSQL knows no text with a NUL in it, and none with half a character. */
function listOf(list: readonly object[]): string | null {
  if (list.length === 0) return null;
  return JSON.stringify(list, (_key, value: unknown) =>
    typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', '\ufffd') : value,
  );
}
