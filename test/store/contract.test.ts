import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PendingEffect } from '../../src/conversation/effects';
import type { Conversation, Instant, TurnId } from '../../src/conversation/types';
import type { Change, ConversationStore } from '../../src/engine/store';
import { MemoryStore } from '../../src/store/memory';
import { SqliteStore } from '../../src/store/sqlite/store';
import { keyOf, sender } from '../support/world/world';

const folder = mkdtempSync(join(tmpdir(), 'store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
const kinds: [string, () => Promise<ConversationStore>][] = [
  ['memory', async () => new MemoryStore()],
  ['sqlite', async () => SqliteStore.open({ file: join(folder, `${files++}.db`) })],
];

const now = 1_000_000 as Instant;

function conversation(user = 'ana'): Conversation {
  const { reference, user: employee } = sender(user);
  const phase = { name: 'assisted', silences: 0 } as const;
  return { key: keyOf(user), phase, reference, user: employee, said: [], reachable: true, greeted: false };
}

function change(from: number, more: Partial<Change> = {}): Change {
  const base = conversation();
  return { key: base.key, from, conversation: base, effects: 0, put: [], settle: [], lines: [], at: now, ...more };
}

function effect(seq: number, more: Partial<PendingEffect> = {}): PendingEffect {
  return { seq, effect: { type: 'identify' }, state: 'waiting', attempts: 0, doubts: 0, correlation: 'c', ...more };
}

describe.each(kinds)('the %s store', (_name, open) => {
  let store: ConversationStore;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  test('knows nothing at first', async () => {
    expect(await store.load(keyOf())).toBeUndefined();
    expect(await store.due(now, 10)).toEqual([]);
    expect(await store.watched()).toEqual([]);
  });

  test('keeps a conversation with its effects in order, and counts versions', async () => {
    expect(await store.commit(change(0, { put: [effect(2), effect(1)], effects: 2 }))).toBe('saved');
    const stored = await store.load(keyOf());
    expect(stored).toMatchObject({ version: 1, effects: 2, conversation: conversation() });
    expect(stored?.outbox.map((entry) => entry.seq)).toEqual([1, 2]);
  });

  test('refuses a change that was made from an older version, and keeps nothing of it', async () => {
    await store.commit(change(0));
    expect(await store.commit(change(0, { put: [effect(1)], turn: 't' as TurnId }))).toBe('stale');
    expect(await store.commit(change(2))).toBe('stale');
    expect((await store.load(keyOf()))?.outbox).toEqual([]);
    expect(await store.commit(change(1, { turn: 't' as TurnId }))).toBe('saved');
  });

  test('takes a turn once, and changes nothing when it comes again', async () => {
    await store.commit(change(0, { turn: 't1' as TurnId }));
    expect(await store.commit(change(1, { turn: 't1' as TurnId, put: [effect(1)] }))).toBe('seen');
    expect(await store.load(keyOf())).toMatchObject({ version: 1, outbox: [] });
  });

  test('the same turn id in another conversation is another turn', async () => {
    await store.commit(change(0, { turn: 't1' as TurnId }));
    const other = conversation('bob');
    expect(await store.commit(change(0, { key: other.key, conversation: other, turn: 't1' as TurnId }))).toBe('saved');
  });

  test('of many writers from the same version just one wins', async () => {
    await store.commit(change(0));
    const results = await Promise.all(Array.from({ length: 20 }, () => store.commit(change(1))));
    expect(results.filter((result) => result === 'saved')).toHaveLength(1);
  });

  test('a settled effect is gone, a changed one is changed', async () => {
    await store.commit(change(0, { put: [effect(1), effect(2)] }));
    const changed = effect(2, { state: 'in_flight', attempts: 1 });
    await store.commit(change(1, { settle: [{ seq: 1, outcome: 'done' }], put: [changed] }));
    expect((await store.load(keyOf()))?.outbox).toEqual([changed]);
  });

  test('knows what is due: effects that need not wait any more, and wake times that have come', async () => {
    await store.commit(change(0, { put: [effect(1, { notBefore: (now + 500) as Instant })] }));
    const other = conversation('bob');
    await store.commit(change(0, { key: other.key, conversation: other, wakeAt: (now + 900) as Instant }));
    expect(await store.due(now, 10)).toEqual([]);
    expect(await store.due((now + 500) as Instant, 10)).toEqual([keyOf()]);
    expect([...(await store.due((now + 900) as Instant, 10))].sort()).toEqual([keyOf(), other.key].sort());
    expect(await store.due((now + 900) as Instant, 1)).toHaveLength(1);
  });

  test('a conversation with an effect that waits for nothing is due at once', async () => {
    await store.commit(change(0, { put: [effect(1)] }));
    expect(await store.due(0 as Instant, 10)).toEqual([keyOf()]);
  });

  test('lists the live chats, and only those', async () => {
    const chat = { id: 'c', handoff: 'h', queue: 'q', summary: 's', openedAt: now } as never;
    const cursor = { time: 5, seen: [] } as never;
    const phase = { name: 'queued', chat, cursor, since: now, lastWordAt: now, posted: [] } as const;
    await store.commit(change(0, { conversation: { ...conversation(), phase } }));
    expect(await store.watched()).toEqual([{ key: keyOf(), chat, cursor }]);
    await store.commit(change(1));
    expect(await store.watched()).toEqual([]);
  });

  test('keeps when messages were sent, for the rate limits', async () => {
    await store.commit(change(0, { sentAt: now }));
    await store.noteSend(keyOf(), (now + 10) as Instant);
    await store.noteSend(keyOf('bob'), (now + 20) as Instant);
    expect(await store.sends(keyOf(), 0 as Instant)).toEqual([now, now + 10]);
    expect(await store.sends(keyOf(), now)).toEqual([now + 10]);
  });

  test('keeps the transcript and forgets what is old', async () => {
    const line = (at: number, text: string) => ({ at: at as Instant, who: 'user' as const, text });
    await store.commit(
      change(0, { lines: [line(10, 'old'), line(2_000, 'new')], turn: 't1' as TurnId, at: 10 as Instant }),
    );
    const all = async () => {
      const texts: string[] = [];
      for await (const { key, text } of store.transcript(0 as Instant, 9_999 as Instant)) texts.push(`${key} ${text}`);
      return texts;
    };
    expect(await all()).toEqual([`${keyOf()} old`, `${keyOf()} new`]);
    await store.forget({ seen: 1_000 as Instant, ledger: 1_000 as Instant, sends: 1_000 as Instant });
    expect(await all()).toEqual([`${keyOf()} new`]);
    expect(await store.commit(change(1, { turn: 't1' as TurnId }))).toBe('saved');
  });

  test('can be asked whether it can be used', async () => {
    await expect(store.check()).resolves.toBeUndefined();
  });
});

test('the memory store copies what goes in and out, so that a test notices who changes what the store has', async () => {
  const store = new MemoryStore();
  const handed = change(0, { put: [effect(1)] });
  await store.commit(handed);
  Object.assign(handed.conversation.user as object, { name: 'changed' });
  const loaded = await store.load(keyOf());
  Object.assign((loaded?.conversation.user ?? {}) as object, { name: 'changed too' });
  expect((await store.load(keyOf()))?.conversation.user.name).toBe('ANA');
});
