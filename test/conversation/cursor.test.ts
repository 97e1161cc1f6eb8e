import fc from 'fast-check';
import { readSince, startOfThread } from '../../src/conversation/cursor';
import type { ThreadRow } from '../../src/conversation/events';
import type { Cursor, RowId, ServerTime } from '../../src/conversation/types';

const overlap = 10_000;

function row(id: string, at: number): ThreadRow {
  return { id: id as RowId, at: at as ServerTime, author: 'agent', text: id, workNote: false };
}

function ids(rows: readonly ThreadRow[]): string[] {
  return rows.map((one) => one.id);
}

test('nothing new leaves the cursor as it is', () => {
  const { cursor } = readSince(startOfThread, [row('a', 1_000)], overlap);
  expect(readSince(cursor, [row('a', 1_000)], overlap)).toEqual({ fresh: [], cursor });
});

test('two rows of one second are both new, each once (row 13)', () => {
  const first = readSince(startOfThread, [row('a', 1_000)], overlap);
  const second = readSince(first.cursor, [row('a', 1_000), row('b', 1_000)], overlap);
  expect(ids(second.fresh)).toEqual(['b']);
});

test('a row that appears late within the overlap is new, one from before it is old (row 14)', () => {
  const { cursor } = readSince(startOfThread, [row('a', 50_000)], overlap);
  expect(ids(readSince(cursor, [row('late', 40_000)], overlap).fresh)).toEqual(['late']);
  expect(ids(readSince(cursor, [row('ancient', 39_999)], overlap).fresh)).toEqual([]);
});

test('the cursor moves over the rows that were processed, and never back', () => {
  const { cursor } = readSince(startOfThread, [row('a', 50_000)], overlap);
  expect(readSince(cursor, [row('late', 45_000)], overlap).cursor.time).toBe(50_000);
});

test('the ids that are kept are those of the overlap window', () => {
  const rows = Array.from({ length: 1_000 }, (_, n) => row(`r${n}`, n * 1_000));
  const { cursor } = readSince(startOfThread, rows, overlap);
  expect(cursor.seen).toHaveLength(11);
});

test('whatever is shown to the reader in whatever portions: every row once, rows of one reading in thread order (row 13)', () => {
  const thread = fc.array(fc.nat(8_000), { maxLength: 40 }).map((times) => times.map((at, n) => row(`r${n}`, at)));
  fc.assert(
    fc.property(thread, fc.array(fc.nat(), { minLength: 1, maxLength: 10 }), (rows, looks) => {
      let cursor: Cursor = startOfThread;
      const shown: string[] = [];
      for (const look of [...looks, rows.length]) {
        const visible = rows.filter((_, n) => n <= look % (rows.length + 1) || look === rows.length);
        const reading = readSince(cursor, [...visible].reverse(), overlap);
        expect(reading.fresh.map((one) => one.at)).toEqual(reading.fresh.map((one) => one.at).sort((a, b) => a - b));
        shown.push(...ids(reading.fresh));
        cursor = reading.cursor;
      }
      expect([...shown].sort()).toEqual(ids(rows).sort());
    }),
    { numRuns: 500 },
  );
});
