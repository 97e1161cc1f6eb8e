import fc from 'fast-check';
import { readBackTo, readSince, startOfThread } from '../../src/conversation/cursor';
import type { ThreadRow } from '../../src/conversation/events';
import type { Cursor, RowId, ServerTime } from '../../src/conversation/types';

const window = { cursorOverlapMs: 10_000, cursorLateMs: 60_000 };

function row(id: string, at: number): ThreadRow {
  return { id: id as RowId, at: at as ServerTime, author: 'agent', text: id, workNote: false };
}

function ids(rows: readonly ThreadRow[]): string[] {
  return rows.map((one) => one.id);
}

test('nothing new leaves the cursor as it is', () => {
  const { cursor } = readSince(startOfThread, [row('a', 1_000)], window);
  expect(readSince(cursor, [row('a', 1_000)], window)).toEqual({ fresh: [], cursor });
});

test('two rows of one second are both new, each once (row 13)', () => {
  const first = readSince(startOfThread, [row('a', 1_000)], window);
  const second = readSince(first.cursor, [row('a', 1_000), row('b', 1_000)], window);
  expect(ids(second.fresh)).toEqual(['b']);
});

test('a row that appears late is new, one from before all that can be late is old (row 14)', () => {
  const { cursor } = readSince(startOfThread, [row('a', 100_000)], window);
  expect(ids(readSince(cursor, [row('late', 40_000)], window).fresh)).toEqual(['late']);
  expect(ids(readSince(cursor, [row('ancient', 39_999)], window).fresh)).toEqual([]);
});

test('a read goes back as far as rows were late in this chat, and never farther than an admin allows (row 14)', () => {
  const first = readSince(startOfThread, [row('a', 100_000)], window);
  expect(readBackTo(first.cursor, window)).toBe(90_000);
  const second = readSince(first.cursor, [row('late', 75_000)], window);
  expect(readBackTo(second.cursor, window)).toBe(65_000);
  const third = readSince(second.cursor, [row('later', 45_000)], window);
  expect(readBackTo(third.cursor, window)).toBe(40_000);
});

test('a cursor of a version that knew only the overlap window shows nothing from before it', () => {
  const old = { time: 100_000 as ServerTime, seen: [] };
  expect(ids(readSince(old, [row('shown', 89_999), row('late', 90_000)], window).fresh)).toEqual(['late']);
});

test('the cursor moves over the rows that were processed, and never back', () => {
  const { cursor } = readSince(startOfThread, [row('a', 50_000)], window);
  expect(readSince(cursor, [row('late', 45_000)], window).cursor.time).toBe(50_000);
});

test('in a busy thread the ids that are kept are those of the overlap window and of the hundred rows before it', () => {
  const rows = Array.from({ length: 1_000 }, (_, n) => row(`r${n}`, n * 1_000));
  const { cursor } = readSince(startOfThread, rows, { ...window, cursorLateMs: 900_000 });
  expect(cursor.seen).toHaveLength(111);
  expect(ids(readSince(cursor, rows, { ...window, cursorLateMs: 900_000 }).fresh)).toEqual([]);
});

test('whatever is shown to the reader in whatever portions: every row once, rows of one reading in thread order (row 13)', () => {
  const thread = fc.array(fc.nat(8_000), { maxLength: 40 }).map((times) => times.map((at, n) => row(`r${n}`, at)));
  fc.assert(
    fc.property(thread, fc.array(fc.nat(), { minLength: 1, maxLength: 10 }), (rows, looks) => {
      let cursor: Cursor = startOfThread;
      const shown: string[] = [];
      for (const look of [...looks, rows.length]) {
        const visible = rows.filter((_, n) => n <= look % (rows.length + 1) || look === rows.length);
        const reading = readSince(cursor, [...visible].reverse(), window);
        expect(reading.fresh.map((one) => one.at)).toEqual(reading.fresh.map((one) => one.at).sort((a, b) => a - b));
        shown.push(...ids(reading.fresh));
        cursor = reading.cursor;
      }
      expect([...shown].sort()).toEqual(ids(rows).sort());
    }),
    { numRuns: 500 },
  );
});
