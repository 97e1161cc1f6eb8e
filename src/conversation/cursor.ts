import type { ThreadRow } from './events';
import type { Cursor, ServerTime } from './types';

/** Nothing was read yet: every row of the thread is news. */
export const startOfThread: Cursor = { time: 0 as ServerTime, seen: [] };

/** How far behind the newest row rows may still appear, milliseconds. */
export interface CursorWindow {
  /** So far back every read looks. */
  readonly cursorOverlapMs: number;
  /** A row that is later than this is never shown. Between the two a row is shown where a read brings it. */
  readonly cursorLateMs: number;
}

/** A row that became visible so much later than it was written is shown with the time at which that was. */
const shownWithTimeMs = 30_000;
/** Ids of rows before the overlap window that are kept at the most: in a busy thread rows may be less late. */
const mostLateIds = 100;

/**
 * The rows that were not processed yet, in thread order, and how far the thread is read with them. A row is old when its id was seen, or
 * when it lies so far back that ids are no longer known. Rows that are later than `cursorLateMs`, or than the hundred rows before the
 * overlap window, are out of reach; and so are those that lie before the window and before what a read brings, until one row that
 * was late has widened what is read (see {@link readBackTo}).
 */
export function readSince(
  cursor: Cursor,
  rows: readonly ThreadRow[],
  window: CursorWindow,
): { fresh: ThreadRow[]; cursor: Cursor } {
  const seen = new Set<string>(cursor.seen.map((row) => row.id));
  const oldest = Math.max(cursor.time - longest(window), floorOf(cursor, window));
  const fresh: ThreadRow[] = [];
  for (const row of [...rows].sort(byTime)) {
    if (row.at < oldest || seen.has(row.id)) continue;
    seen.add(row.id);
    fresh.push(row);
  }
  return fresh.length === 0 ? { fresh, cursor } : { fresh, cursor: advance(cursor, fresh, window) };
}

/**
 * How far back a read has to go. Late rows are expected to be followed by others that are as late: the lag that was seen in this chat
 * comes on top of the overlap. Lags are differences of ServiceNow's own times.
 */
export function readBackTo(cursor: Cursor, window: CursorWindow): ServerTime {
  const reach = Math.min(window.cursorOverlapMs + (cursor.lagMs ?? 0), longest(window));
  return Math.max(cursor.time - reach, cursor.floor ?? 0) as ServerTime;
}

/** Whether a row appeared so late that it stands in the wrong place without the time when it was written. */
export function isLate({ time }: Cursor, row: ThreadRow): boolean {
  return time - row.at > shownWithTimeMs;
}

function advance(cursor: Cursor, processed: readonly ThreadRow[], window: CursorWindow): Cursor {
  const time = Math.max(cursor.time, ...processed.map((row) => row.at)) as ServerTime;
  const known = [...cursor.seen, ...processed.map(({ id, at }) => ({ id, at }))];
  const floor = Math.max(time - longest(window), floorOf(cursor, window), crowdedUpTo(known, time, window));
  const lagMs = Math.max(cursor.lagMs ?? 0, ...processed.map((row) => cursor.time - row.at));
  return {
    time,
    floor: floor as ServerTime,
    seen: known.filter((row) => row.at >= floor),
    ...(lagMs > 0 ? { lagMs } : {}),
  };
}

/** A version that kept no floor knew the ids of the overlap window. */
function floorOf({ time, floor }: Cursor, { cursorOverlapMs }: CursorWindow): number {
  return floor ?? (time === 0 ? 0 : time - cursorOverlapMs);
}

/** The time after which the ids before the overlap window are few enough to be kept. */
function crowdedUpTo(known: Cursor['seen'], time: ServerTime, { cursorOverlapMs }: CursorWindow): number {
  const before = known.filter((row) => row.at < time - cursorOverlapMs);
  const newestDropped = before.sort((one, other) => other.at - one.at)[mostLateIds];
  return newestDropped ? newestDropped.at + 1 : 0;
}

function longest({ cursorOverlapMs, cursorLateMs }: CursorWindow): number {
  return Math.max(cursorOverlapMs, cursorLateMs);
}

/** Stable: rows of one second keep the order in which ServiceNow's side gave them. */
function byTime(one: ThreadRow, other: ThreadRow): number {
  return one.at - other.at;
}
