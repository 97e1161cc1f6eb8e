import fc from 'fast-check';
import type { RowId, ServerTime } from '../../../src/conversation/types';
import type { ThreadMessage } from '../../../src/servicenow/connect-support/schema';
import { threadBackTo } from '../../../src/servicenow/connect-support/thread';

const start = Date.parse('2026-11-18T09:00:00Z');

function row(n: number, milliseconds: number, given: Partial<ThreadMessage> = {}): ThreadMessage {
  const at = (start + milliseconds) as ServerTime;
  return { key: `row-${n}` as RowId, sys_id: `row-${n}`, id: String(1_000 + n), at, timestamp: at, ...given };
}

interface Instance {
  readonly pageSize: number;
  readonly order: 'desc' | 'asc' | 'shuffled';
  readonly inclusive: boolean;
  /** The instance compares whole seconds. */
  readonly wholeSeconds: boolean;
  readonly withIds: boolean;
  /** Every so many-th row may not be read, and counts in its page all the same; 0: all may. */
  readonly hideEvery: number;
}

const plain: Instance = {
  pageSize: 30,
  order: 'desc',
  inclusive: false,
  wholeSeconds: false,
  withIds: true,
  hideEvery: 0,
};

/** A small working model of C14: pages of the newest rows, in any order. */
function instanceWith(rows: readonly ThreadMessage[], given: Partial<Instance> = {}) {
  const { pageSize, order, inclusive, wholeSeconds, withIds, hideEvery } = { ...plain, ...given };
  const reach = (time: number) => (wholeSeconds ? Math.floor(time / 1_000) * 1_000 : time);
  const hidden = (one: ThreadMessage) => hideEvery > 0 && rows.indexOf(one) % hideEvery === 1;
  const asked: (number | undefined)[] = [];
  const trouble: string[] = [];
  const page = async (before?: number) => {
    asked.push(before);
    const isOlder = (one: ThreadMessage) =>
      before === undefined || one.at < reach(before) || (inclusive && one.at === reach(before));
    const found = rows.filter(isOlder).toReversed().slice(0, pageSize);
    const shown = found.filter((one) => !hidden(one)).map((one) => (withIds ? one : { ...one, id: undefined }));
    if (order === 'asc') return shown.toReversed();
    return order === 'desc' ? shown : shown.toSorted((one, other) => reversed(one.key) - reversed(other.key));
  };
  const readTo = (isFarEnough: (one: ThreadMessage) => boolean, mostPages = 1_000) =>
    threadBackTo(isFarEnough, {
      page,
      pageSize,
      mostPages,
      isStart: (one) => one.message === 'opening',
      onOutOfReach: (why) => trouble.push(why),
    });
  return { readTo, asked, trouble, hidden };
}

/** Shuffles in a way that can be repeated. */
function reversed(key: string): number {
  return Number([...key.slice(4)].reverse().join('')) % 101;
}

function keys(rows: readonly ThreadMessage[]): string[] {
  return rows.map((one) => one.key);
}

/** Rows in thread order: seconds that are used once or several times, but by fewer rows than fit into a page. */
const threads = fc.record({
  pageSize: fc.integer({ min: 3, max: 8 }),
  crowds: fc.array(fc.record({ gap: fc.integer({ min: 1, max: 20 }), size: fc.integer({ min: 1, max: 7 }) }), {
    maxLength: 25,
  }),
  since: fc.integer({ min: 0, max: 300 }),
  hideEvery: fc.constantFrom(0, 2, 3, 5),
  inclusive: fc.boolean(),
  wholeSeconds: fc.boolean(),
});

function rowsOf({ crowds, pageSize }: { crowds: readonly { gap: number; size: number }[]; pageSize: number }) {
  let second = 0;
  let n = 0;
  return crowds.flatMap(({ gap, size }) => {
    second += gap;
    return Array.from({ length: Math.min(size, pageSize - 1) }, () => row(n++, second * 1_000));
  });
}

describe.each(['desc', 'asc', 'shuffled'] as const)('pages in %s order', (order) => {
  test('each row that may be read since a time comes once, oldest first, whatever `before` means', async () => {
    await fc.assert(
      fc.asyncProperty(threads, async ({ since, ...given }) => {
        const rows = rowsOf(given);
        const instance = instanceWith(rows, { ...given, order });
        const from = start + since * 1_000;
        const read = await instance.readTo((one) => one.at < from);
        const wanted = rows.filter((one) => one.at >= from && !instance.hidden(one));
        expect(keys(read.filter((one) => one.at >= from))).toEqual(keys(wanted));
        expect(new Set(keys(read)).size).toBe(read.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe.each(['desc', 'asc'] as const)('rows without ids in %s order', (order) => {
  test('keep the order in which the instance gave them', async () => {
    await fc.assert(
      fc.asyncProperty(threads, async ({ since: _, hideEvery: __, ...given }) => {
        const rows = rowsOf(given);
        const read = await instanceWith(rows, { ...given, order, withIds: false }).readTo(() => false);
        const seconds = (list: readonly ThreadMessage[]) => list.map((one) => one.at);
        expect(seconds(read)).toEqual(seconds(rows));
        // Of one second only a page that is all of that second leaves open which end is the newer.
        if (order === 'desc') expect(keys(read)).toEqual(keys(rows));
      }),
      { numRuns: 200 },
    );
  });
});

test('one call is enough when the first page reaches behind the cursor', async () => {
  const rows = Array.from({ length: 100 }, (_, n) => row(n, n * 1_000));
  const instance = instanceWith(rows);
  await instance.readTo((one) => one.at < start + 90_000);
  expect(instance.asked).toEqual([undefined]);
});

test('one call is enough when the first page holds the row that opened the chat', async () => {
  const rows = [row(0, 0, { message: 'opening' }), row(1, 1_000)];
  const instance = instanceWith(rows);
  expect(keys(await instance.readTo(() => false))).toEqual(['row-0', 'row-1']);
  expect(instance.asked).toEqual([undefined]);
});

test('an agent who quotes the opening words does not hide what stands before them', async () => {
  const rows = Array.from({ length: 70 }, (_, n) => row(n, n * 1_000, n === 60 ? { message: 'opening' } : {}));
  expect(await instanceWith(rows).readTo(() => false)).toHaveLength(70);
});

test('an empty thread takes one call', async () => {
  const instance = instanceWith([]);
  expect(await instance.readTo(() => false)).toEqual([]);
  expect(instance.asked).toEqual([undefined]);
});

test('ids that count up in decimals of different lengths order the rows of one second', async () => {
  const rows = [9, 10, 11, 100].map((n) => row(n, 0, { id: String(n) }));
  expect(keys(await instanceWith(rows, { order: 'shuffled' }).readTo(() => false))).toEqual(keys(rows));
});

test('ids that count up in hexadecimals order the rows of one second', async () => {
  const rows = [9, 10, 11, 16, 31, 32].map((n) =>
    row(n, 0, { id: `188f2c9d00000000${n.toString(16).padStart(2, '0')}` }),
  );
  expect(keys(await instanceWith(rows, { order: 'shuffled' }).readTo(() => false))).toEqual(keys(rows));
});

test('more rows in one second than fit into a page are no silent loss', async () => {
  const rows = Array.from({ length: 40 }, (_, n) => row(n, 0));
  const instance = instanceWith(rows);
  expect(await instance.readTo(() => false)).toHaveLength(30);
  expect(instance.trouble).toEqual(['crowded_second']);
});

test('forty rows in one second that carry milliseconds are all read', async () => {
  const rows = Array.from({ length: 40 }, (_, n) => row(n, n * 20));
  const instance = instanceWith(rows);
  expect(await instance.readTo(() => false)).toHaveLength(40);
  expect(instance.trouble).toEqual([]);
});

test('a read ends after the most pages that are allowed, and says so', async () => {
  const rows = Array.from({ length: 500 }, (_, n) => row(n, n * 2_000));
  const instance = instanceWith(rows);
  const read = await instance.readTo(() => false, 3);
  expect(instance.asked).toHaveLength(3);
  expect(read.at(-1)?.key).toBe('row-499');
  expect(instance.trouble).toEqual(['too_many_pages']);
});
