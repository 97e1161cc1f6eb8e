import type { ThreadRow } from './events';
import type { Cursor, ServerTime } from './types';

/** Nothing was read yet: every row of the thread is news. */
export const startOfThread: Cursor = { time: 0 as ServerTime, seen: [] };

/**
 * The rows that were not processed yet, in thread order, and how far the thread is read with them.
 * A row counts as old when it lies before the overlap window, or in the window and its id was seen.
 */
export function readSince(
  cursor: Cursor,
  rows: readonly ThreadRow[],
  overlapMs: number,
): { fresh: ThreadRow[]; cursor: Cursor } {
  const seen = new Set<string>(cursor.seen.map((row) => row.id));
  const oldest = Math.max(cursor.time - overlapMs, cursor.floor ?? 0);
  const fresh: ThreadRow[] = [];
  for (const row of [...rows].sort(byTime)) {
    if (row.at < oldest || seen.has(row.id)) continue;
    seen.add(row.id);
    fresh.push(row);
  }
  return fresh.length === 0 ? { fresh, cursor } : { fresh, cursor: advance(cursor, fresh, overlapMs) };
}

function advance(cursor: Cursor, processed: readonly ThreadRow[], overlapMs: number): Cursor {
  const time = Math.max(cursor.time, ...processed.map((row) => row.at)) as ServerTime;
  const known = [...cursor.seen, ...processed.map((row) => ({ id: row.id, at: row.at }))];
  const floor = Math.max(time - overlapMs, cursor.floor ?? 0) as ServerTime;
  return { time, floor, seen: known.filter((row) => row.at >= floor) };
}

/** Stable: rows of one second keep the order in which ServiceNow's side gave them. */
function byTime(one: ThreadRow, other: ThreadRow): number {
  return one.at - other.at;
}
