import { deskOptions } from '../../src/servicenow/options';
import {
  closeAll,
  context,
  cursorAt,
  deskAt,
  failureOf,
  fromStart,
  liveChat,
  morning,
  startInstance,
} from '../servicenow/servicenow-side';

afterEach(closeAll);

const rows = 10_000;
const words = 'x'.repeat(5_000);

/** A thread of ten thousand rows and fifty megabytes, a second between two rows, in pages of thirty as the platform gives them. */
async function hugeThread(given: Parameters<typeof deskAt>[1] = {}) {
  const row = (n: number) => ({
    sys_id: n.toString(16).padStart(32, '0'),
    message: `${n} ${words}`,
    created_by: 'beth',
    timestamp: morning + n * 1_000,
  });
  const bytes = { sent: 0 };
  const instance = await startInstance(({ path, query }) => {
    if (!path.endsWith('/messages')) return { json: { result: [] } };
    const before = Number(query.get('before') ?? Number.POSITIVE_INFINITY);
    const until = Math.min(rows, Math.max(0, Math.ceil((before - morning) / 1_000)));
    const page = Array.from({ length: Math.min(30, until) }, (_, n) => row(until - 1 - n));
    const text = JSON.stringify({ result: page });
    bytes.sent += text.length;
    return { text };
  });
  const calls = () => instance.received.filter(({ path }) => path.endsWith('/messages')).length;
  return { ...deskAt(instance.url, given), calls, bytes };
}

test('of a thread of fifty megabytes only the newest page is fetched, and all that is new in it is read (row 30)', async () => {
  const { desk, calls, bytes } = await hugeThread();
  const newest = morning + (rows - 1) * 1_000;
  const reading = await desk.read(liveChat(), cursorAt(newest - 5_000), context);
  expect(reading.rows.at(-1)?.text.split(' ')[0]).toBe(String(rows - 1));
  expect(reading.rows.length).toBeLessThanOrEqual(30);
  expect([calls(), bytes.sent < 1_000_000]).toEqual([1, true]);
});

test('of a thread of fifty megabytes of which nothing is known, so many pages are read and no more (row 30)', async () => {
  const { desk, calls, bytes, logged } = await hugeThread();
  const reading = await desk.read(liveChat(), fromStart, context);
  expect(reading.rows.at(-1)?.text.split(' ')[0]).toBe(String(rows - 1));
  expect(calls()).toBeLessThanOrEqual(deskOptions.parse({}).mostPages);
  expect(bytes.sent).toBeLessThan(rows * words.length * 0.7);
  expect(logged.map(([event]) => event)).toContain('servicenow_rows_out_of_reach');
}, 30_000);

test('an answer of fifty megabytes is cut off, and the connector lives (row 30)', async () => {
  const before = process.memoryUsage().rss;
  const instance = await startInstance(() => ({ text: `{"result":["${'y'.repeat(50_000_000)}"]}` }));
  const { desk } = deskAt(instance.url);
  expect(await failureOf(desk.read(liveChat(), fromStart, context))).toMatchObject({ kind: 'unreachable' });
  expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
}, 30_000);
