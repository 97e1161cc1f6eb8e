import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '../../src/conversation/types';
import { SqliteStore } from '../../src/store/sqlite/store';
import { makeFolder } from '../support/product';
import { keyOf } from '../support/world/world';
import { change, effect } from './postgres-support/replicas';

let folder: ReturnType<typeof makeFolder>;
let file: string;

beforeEach(() => {
  folder = makeFolder();
  file = join(folder.path, 'live.db');
});
afterEach(() => folder.remove());

/** What a process finds that opens the file, does so many writes, and goes. */
async function run(writes = 0, path = file): Promise<boolean> {
  const store = await SqliteStore.open({ file: path });
  const found = await store.wasPutBack();
  for (let n = 0; n < writes; n += 1) await store.noteSend(keyOf(), n as Instant);
  await store.close();
  return found;
}

function copy(from: string, to: string): void {
  for (const end of ['', '-wal']) {
    rmSync(`${to}${end}`, { force: true });
    if (existsSync(`${from}${end}`)) copyFileSync(`${from}${end}`, `${to}${end}`);
  }
}

test('a file that is only closed and opened was not put back', async () => {
  expect([await run(3), await run(3), await run()]).toEqual([false, false, false]);
});

test('an older copy over the file is known, until somebody has dealt with it (row 44)', async () => {
  await run(3);
  copy(file, join(folder.path, 'backup'));
  await run(1);
  copy(join(folder.path, 'backup'), file);
  expect([await run(5), await run()]).toEqual([true, true]);
  const store = await SqliteStore.open({ file });
  await store.acceptPutBack();
  await store.close();
  expect(await run()).toBe(false);
});

test('a copy that was taken while the connector ran, and is opened elsewhere, is known (row 44)', async () => {
  const store = await SqliteStore.open({ file });
  await store.commit(change(0, { put: [effect(1)] }));
  copy(file, join(folder.path, 'elsewhere.db'));
  await store.commit(change(1, { put: [effect(2)] }));
  await store.close();
  const elsewhere = join(folder.path, 'elsewhere.db');
  expect(await run(0, elsewhere)).toBe(true);
});

test('a copy that nothing followed is as good as the file itself', async () => {
  await run(3);
  copy(file, join(folder.path, 'backup'));
  copy(join(folder.path, 'backup'), file);
  expect(await run()).toBe(false);
});

test('a mark that lags behind, as after a power cut, means nothing', async () => {
  await run(9);
  const mark = readFileSync(`${file}-mark`, 'utf8');
  writeFileSync(`${file}-mark`, String(Number(mark) - 5).padStart(16, '0'));
  expect(await run()).toBe(false);
});

test('the mark counts what was committed, and holds nothing else', async () => {
  await run(4);
  const before = Number(readFileSync(`${file}-mark`, 'utf8'));
  await run(3);
  expect(readFileSync(`${file}-mark`, 'utf8')).toBe(String(before + 3).padStart(16, '0'));
});
