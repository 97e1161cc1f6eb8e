import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '../../src/conversation/types';
import type { Inbox } from '../../src/engine/inbox';
import type { ConversationStore } from '../../src/engine/store';
import { MemoryStore } from '../../src/store/memory';
import { makePool } from '../../src/store/postgres/pool';
import { migrate } from '../../src/store/postgres/schema';
import { PostgresStore } from '../../src/store/postgres/store';
import { SqliteStore } from '../../src/store/sqlite/store';
import { startPostgres, type TestPostgres } from '../support/postgres';

const folder = mkdtempSync(join(tmpdir(), 'inbox-'));
let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.close();
}, 60_000);

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Kept = ConversationStore & { readonly inbox: Inbox };
let files = 0;

async function sqlite(): Promise<Kept> {
  const store = await SqliteStore.open({ file: join(folder, `${files++}.db`) });
  closers.push(() => store.close());
  return store;
}

async function postgres(): Promise<Kept> {
  const url = await server.database();
  await migrate(url);
  const store = new PostgresStore(makePool(url));
  closers.push(() => store.close());
  return store;
}

const kinds: [string, () => Promise<Kept>][] = [
  ['memory', async () => new MemoryStore()],
  ['sqlite', sqlite],
  ['postgres', postgres],
];

const at = (ms: number) => ms as Instant;
const item = (id: string, body = `"${id}"`) => ({ id, body });
const bodies = (items: readonly { body: string }[]) => items.map(({ body }) => body);

describe.each(kinds)('%s keeps what far sides bring', (_, open) => {
  test('in the order of its coming, each chat for itself', async () => {
    const { inbox } = await open();
    await inbox.put('one', [item('a'), item('b')], at(1_000));
    await inbox.put('two', [item('a')], at(1_001));
    await inbox.put('one', [item('c')], at(1_002));
    const all = await inbox.after('one', 0);
    expect(bodies(all)).toEqual(['"a"', '"b"', '"c"']);
    expect(all.map((one) => one.at)).toEqual([1_000, 1_000, 1_002]);
    expect(bodies(await inbox.after('one', all[1]?.seq ?? 0))).toEqual(['"c"']);
    expect(bodies(await inbox.after('two', 0))).toEqual(['"a"']);
  });

  test('once, however often it comes', async () => {
    const { inbox } = await open();
    expect(await inbox.put('one', [item('a'), item('b')], at(1_000))).toBe(2);
    expect(await inbox.put('one', [item('b'), item('a'), item('c')], at(90_000))).toBe(1);
    expect(bodies(await inbox.after('one', 0))).toEqual(['"a"', '"b"', '"c"']);
  });

  test('again where the same is another after a while', async () => {
    const { inbox } = await open();
    const ok = { ...item('ok'), withinMs: 2_000 };
    expect(await inbox.put('one', [ok], at(10_000))).toBe(1);
    expect(await inbox.put('one', [ok], at(12_000))).toBe(0);
    expect(await inbox.put('one', [ok], at(12_001))).toBe(1);
    expect(await inbox.after('one', 0)).toHaveLength(2);
  });

  test('and knows the newest of many chats', async () => {
    const { inbox } = await open();
    await inbox.put('one', [item('a'), item('b')], at(1_000));
    await inbox.put('two', [item('a')], at(1_001));
    const newest = await inbox.newest(['two', 'one', 'three']);
    const last = (await inbox.after('one', 0)).at(-1)?.seq;
    expect(newest.get('one')).toBe(last);
    expect(newest.get('two')).toBeGreaterThan(last ?? 0);
    expect(newest.has('three')).toBe(false);
    expect(await inbox.newest([])).toEqual(new Map());
  });

  test('until it is as old as what else was said', async () => {
    const store = await open();
    await store.inbox.put('one', [item('a')], at(1_000));
    await store.inbox.put('one', [item('b')], at(2_000));
    await store.forget({ seen: at(1_500), ledger: at(1_500), sends: at(1_500) });
    expect(bodies(await store.inbox.after('one', 0))).toEqual(['"b"']);
  });

  test('whoever takes it: what came later has the greater number', async () => {
    const { inbox } = await open();
    await Promise.all(Array.from({ length: 50 }, (_, index) => inbox.put('one', [item(`i${index}`)], at(index))));
    const all = await inbox.after('one', 0);
    expect(new Set(all.map((one) => one.seq)).size).toBe(50);
    expect(await inbox.put('one', [item('last')], at(60))).toBe(1);
    expect(bodies(await inbox.after('one', 0)).at(-1)).toBe('"last"');
  });
});
