import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Blobs } from '../../src/engine/blobs';
import { MemoryBlobs } from '../../src/store/memory-blobs';
import { makePool } from '../../src/store/postgres/pool';
import { migrate } from '../../src/store/postgres/schema';
import { PostgresStore } from '../../src/store/postgres/store';
import { SqliteStore } from '../../src/store/sqlite/store';
import { startPostgres, type TestPostgres } from '../support/postgres';

interface Opened {
  readonly blobs: Blobs;
  close(): Promise<void>;
}

const folder = mkdtempSync(join(tmpdir(), 'blobs-'));
let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await postgres.close();
});

let files = 0;
const kinds: [string, () => Promise<Opened>][] = [
  ['memory', async () => ({ blobs: new MemoryBlobs(), close: async () => {} })],
  ['sqlite', async () => SqliteStore.open({ file: join(folder, `${files++}.db`) })],
  [
    'postgres',
    async () => {
      const url = await postgres.database();
      await migrate(url);
      return new PostgresStore(makePool(url));
    },
  ],
];

describe.each(kinds)('files in the %s store', (_name, open) => {
  let store: Opened;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  test('a file comes out as it went in, however large it is', async () => {
    for (const size of [0, 1, 1_000_000, 2_500_001]) {
      const bytes = randomBytes(size);
      await store.blobs.put(`f${size}`, bytes);
      const kept = await store.blobs.get(`f${size}`);
      expect(kept && Buffer.compare(Buffer.from(kept), bytes)).toBe(0);
    }
    expect(await store.blobs.size()).toEqual({ count: 4, bytes: 3_500_002 });
  });

  test('the same file again replaces what was there, and a dropped one is gone', async () => {
    await store.blobs.put('f', Buffer.alloc(2_000_000, 1));
    await store.blobs.put('f', Buffer.from('short'));
    expect(Buffer.from((await store.blobs.get('f')) ?? []).toString()).toBe('short');
    await store.blobs.drop('f');
    await store.blobs.drop('f');
    expect(await store.blobs.get('f')).toBeUndefined();
    expect(await store.blobs.size()).toEqual({ count: 0, bytes: 0 });
  });
});
