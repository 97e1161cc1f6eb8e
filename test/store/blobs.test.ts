import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import type { Blobs } from '../../src/engine/blobs';
import { MemoryBlobs } from '../../src/store/memory-blobs';
import { makePool } from '../../src/store/postgres/pool';
import { migrate } from '../../src/store/postgres/schema';
import { PostgresStore } from '../../src/store/postgres/store';
import { SqliteStore } from '../../src/store/sqlite/store';
import { startPostgres, type TestPostgres } from '../support/postgres';

const folder = mkdtempSync(join(tmpdir(), 'blobs-'));
let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.close();
}, 60_000);

let files = 0;
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function sqlite(file = join(folder, `${files++}.db`)): Promise<Blobs> {
  const store = await SqliteStore.open({ file });
  closers.push(() => store.close());
  return store.blobs;
}

async function postgres(): Promise<Blobs> {
  const url = await server.database();
  await migrate(url);
  const store = new PostgresStore(makePool(url));
  closers.push(() => store.close());
  return store.blobs;
}

const kinds: [string, () => Promise<Blobs>][] = [
  ['memory', async () => new MemoryBlobs()],
  ['sqlite', () => sqlite()],
  ['postgres', postgres],
];

/** Bytes that no text holds, and that do not repeat at the edges of pieces. */
function bytesOf(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; at += 1) bytes[at] = (at * 31 + (at >> 8)) & 0xff;
  return bytes;
}

describe.each(kinds)('files kept in %s', (_name, open) => {
  test.each([0, 1, 999_999, 1_000_000, 1_000_001, 25_000_000])('%d bytes come back as they were', async (size) => {
    const blobs = await open();
    const bytes = bytesOf(size);
    await blobs.put('a', bytes);
    const back = await blobs.get('a');
    expect(back && Buffer.compare(Buffer.from(back), bytes)).toBe(0);
    expect(await blobs.size()).toEqual({ count: 1, bytes: size });
  });

  test('what was never kept is not there', async () => {
    const blobs = await open();
    expect(await blobs.get('a')).toBeUndefined();
    await blobs.drop('a');
    expect(await blobs.size()).toEqual({ count: 0, bytes: 0 });
  });

  test('the same id again replaces what was there, also by less', async () => {
    const blobs = await open();
    await blobs.put('a', bytesOf(2_500_000));
    await blobs.put('a', Buffer.from('short'));
    expect(Buffer.from((await blobs.get('a')) ?? []).toString()).toBe('short');
    expect(await blobs.size()).toEqual({ count: 1, bytes: 5 });
  });

  test('dropping one leaves the others', async () => {
    const blobs = await open();
    await blobs.put('a\nf#0', Buffer.from('one'));
    await blobs.put('a\nf#1', Buffer.from('two'));
    await blobs.drop('a\nf#0');
    expect(await blobs.get('a\nf#0')).toBeUndefined();
    expect(Buffer.from((await blobs.get('a\nf#1')) ?? []).toString()).toBe('two');
  });

  test('what the caller does to its bytes later changes nothing', async () => {
    const blobs = await open();
    const bytes = Buffer.from('kept');
    await blobs.put('a', bytes);
    bytes.fill(0);
    expect(Buffer.from((await blobs.get('a')) ?? []).toString()).toBe('kept');
  });
});

test('what was kept is there after a restart', async () => {
  const file = join(folder, 'again.db');
  await (await sqlite(file)).put('a', bytesOf(1_500_000));
  for (const close of closers.splice(0)) await close();
  const back = await (await sqlite(file)).get('a');
  expect(back?.byteLength).toBe(1_500_000);
});

test('a file of which a process wrote only some pieces before it died is not there, and can be kept anew (row 9)', async () => {
  const file = join(folder, 'half.db');
  await sqlite(file);
  for (const close of closers.splice(0)) await close();
  const db = new Database(file);
  db.prepare('INSERT INTO blob_pieces (id, place, bytes) VALUES (?, ?, ?)').run('a', 0, Buffer.from('half of it'));
  db.close();
  const blobs = await sqlite(file);
  expect(await blobs.get('a')).toBeUndefined();
  await blobs.put('a', Buffer.from('whole'));
  expect(Buffer.from((await blobs.get('a')) ?? []).toString()).toBe('whole');
  await blobs.drop('a');
  expect(await blobs.size()).toEqual({ count: 0, bytes: 0 });
});
