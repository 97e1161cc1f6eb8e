import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import type { Instant } from '../../src/conversation/types';
import { migrations } from '../../src/store/sqlite/migrations';
import { SqliteStore } from '../../src/store/sqlite/store';
import { keyOf } from '../support/world/world';

const folder = mkdtempSync(join(tmpdir(), 'older-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A database as the first version left it: one effect that waits, one that was given up. */
function writtenByFirstVersion(): string {
  const file = join(folder, 'first.db');
  const db = new Database(file);
  db.exec(migrations[0] ?? '');
  db.pragma('user_version = 1');
  const waiting = { seq: 2, effect: { type: 'identify' }, state: 'waiting', attempts: 0, doubts: 0, correlation: 't1' };
  db.prepare('INSERT INTO outbox (key, seq, body, not_before) VALUES (?, 2, ?, 0)').run(
    keyOf(),
    JSON.stringify(waiting),
  );
  db.prepare(
    `INSERT INTO ledger (key, seq, type, correlation, attempts, outcome, detail, settled_at)
     VALUES (?, 1, 'show', 't1', 3, 'given_up', 'rejected', 50)`,
  ).run(keyOf());
  db.close();
  return file;
}

test('what the version before wrote is found, and it is known that its words are not kept', async () => {
  const store = await SqliteStore.open({ file: writtenByFirstVersion() });
  const given = { key: keyOf(), seq: 1, type: 'show', correlation: 't1', attempts: 3, state: 'given_up' };
  const entry = { ...given, detail: 'rejected', settledAt: 50 };
  expect((await store.trail('t1', 10)).effects).toEqual([
    entry,
    { key: keyOf(), seq: 2, type: 'identify', correlation: 't1', attempts: 0, state: 'waiting' },
  ]);
  expect(await store.givenUp(0 as Instant, 10)).toEqual([entry]);
  expect(await store.givenUpWork(keyOf(), 1)).toEqual({ entry });
  await store.close();
});
