import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import type { Instant } from '../../src/conversation/types';
import { SqliteStore } from '../../src/store/sqlite/store';
import { StoreError } from '../../src/store/store-error';
import { keyOf, sender } from '../support/world/world';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sqlite-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const change = (from: number, at = 1) => {
  const { reference, user } = sender();
  const phase = { name: 'assisted', silences: 0 } as const;
  const conversation = { key: keyOf(), phase, reference, user, said: [], reachable: true, greeted: false };
  return { key: keyOf(), from, conversation, effects: 0, put: [], settle: [], lines: [], at: at as Instant };
};

test('what was saved is there after the store is opened again, and the schema is brought up to date once', async () => {
  const file = join(folder, 'deep', 'down', 'x.db');
  const store = await SqliteStore.open({ file });
  await store.commit(change(0));
  await store.close();
  const again = await SqliteStore.open({ file });
  expect(await again.load(keyOf())).toMatchObject({ version: 1 });
  await again.close();
});

test('a file that is in use is refused with its name and what to do', async () => {
  const file = join(folder, 'x.db');
  const store = await SqliteStore.open({ file });
  await expect(SqliteStore.open({ file, waitMs: 300 })).rejects.toThrow(/x\.db is in use by another process/);
  await store.close();
});

test('a start waits for the process before it to let the file go', async () => {
  const file = join(folder, 'x.db');
  const store = await SqliteStore.open({ file });
  const next = SqliteStore.open({ file, waitMs: 5_000 });
  await store.close();
  await (await next).close();
});

test('a file that is no database is refused with its name', async () => {
  const file = join(folder, 'x.db');
  writeFileSync(file, 'this is a letter and not a database, and it is long enough to be read as one'.repeat(20));
  await expect(SqliteStore.open({ file })).rejects.toThrow(/x\.db is not a database of the connector/);
});

test('a file from a newer version is refused, and nothing in it is changed', async () => {
  const file = join(folder, 'x.db');
  await (await SqliteStore.open({ file })).close();
  const db = new Database(file);
  db.exec('PRAGMA user_version = 99');
  db.close();
  await expect(SqliteStore.open({ file })).rejects.toThrow(/newer version of the connector \(schema 99/);
});

test('a folder that cannot be made is said', async () => {
  writeFileSync(join(folder, 'file'), '');
  const refused = SqliteStore.open({ file: join(folder, 'file', 'x.db') });
  await expect(refused).rejects.toBeInstanceOf(StoreError);
});

test('a damaged record is said with the place of the damage', async () => {
  const file = join(folder, 'x.db');
  const store = await SqliteStore.open({ file });
  await store.commit(change(0));
  await store.close();
  const db = new Database(file);
  db.exec(`UPDATE conversations SET body = '{"key":"k","phase":{"name":"lost"}}'`);
  db.close();
  const again = await SqliteStore.open({ file });
  await expect(again.load(keyOf())).rejects.toThrow(/damaged at phase\.name/);
  await again.close();
});

test('what was answered as saved survives SIGKILL', async () => {
  const file = join(folder, 'x.db');
  const script = join(__dirname, '..', 'support', 'store-writer.js');
  for (let round = 0, expected = 0; round < 5; round += 1) {
    const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let saved = 0;
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (data: Buffer) => {
        for (const line of data.toString().split('\n')) saved = Math.max(saved, Number(line) || 0);
        if (saved >= expected + 50) child.kill('SIGKILL');
      });
      child.on('exit', () => resolve());
    });
    const store = await SqliteStore.open({ file });
    const version = (await store.load(keyOf()))?.version ?? 0;
    await store.close();
    expect(version).toBeGreaterThanOrEqual(saved);
    expected = version;
  }
}, 60_000);
