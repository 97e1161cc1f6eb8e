import { rowShown } from '../conversation/belongs-to';
import type { Effect } from '../conversation/effects';
import type { RowId } from '../conversation/types';
import type { LedgerEntry, Settlement } from '../engine/store';

/** The row that an effect has to do with once it is settled: the one that was shown, or the one that the employee's words became. */
export function rowOf(effect: Effect, { outcome, detail }: Settlement): RowId | undefined {
  return effect.type === 'post' && outcome === 'done' ? (detail as RowId | undefined) : rowShown(effect);
}

/** Whether somebody may want it done again: then its words are kept until the ledger forgets it. */
export function isRedrivable(state: LedgerEntry['state']): boolean {
  return state === 'given_up' || state === 'unknown';
}

/** Entries in the order in which their effects came about. */
export function inOrder(entries: readonly LedgerEntry[]): LedgerEntry[] {
  return [...entries].sort((one, other) =>
    one.key === other.key ? one.seq - other.seq : one.key < other.key ? -1 : 1,
  );
}

type WithoutGaps<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** The same without what is not known. */
export function withoutGaps<T extends object>(fields: T): WithoutGaps<T> {
  const known = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(known) as WithoutGaps<T>;
}
