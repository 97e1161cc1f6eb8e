import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Effect, PendingEffect } from '../../src/conversation/effects';
import type { Conversation, Instant, LiveChat, RowId, TurnId } from '../../src/conversation/types';
import { type Change, type ConversationStore, type LedgerEntry, turnOfRedrive } from '../../src/engine/store';
import { MemoryStore } from '../../src/store/memory';
import { makePool } from '../../src/store/postgres/pool';
import { migrate } from '../../src/store/postgres/schema';
import { PostgresStore } from '../../src/store/postgres/store';
import { SqliteStore } from '../../src/store/sqlite/store';
import { startPostgres, type TestPostgres } from '../support/postgres';
import { keyOf, sender } from '../support/world/world';

const folder = mkdtempSync(join(tmpdir(), 'store-'));
let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await postgres.close();
}, 60_000);

async function openPostgres(): Promise<ConversationStore> {
  const url = await postgres.database();
  await migrate(url);
  return new PostgresStore(makePool(url));
}

let files = 0;
const kinds: [string, () => Promise<ConversationStore>][] = [
  ['memory', async () => new MemoryStore()],
  ['sqlite', async () => SqliteStore.open({ file: join(folder, `${files++}.db`) })],
  ['postgres', openPostgres],
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

const chat = { id: 'c1', handoff: 'h', queue: 'q', summary: 'vpn', openedAt: now } as unknown as LiveChat;
const cursor = { time: 5, seen: [] } as never;
const inChat: Conversation = {
  ...conversation(),
  phase: { name: 'queued', chat, cursor, since: now, lastWordAt: now, posted: [] },
};
const message = { turn: 't1' as TurnId, text: 'secret words', at: now };
const post: Effect = { type: 'post', chat, words: { from: 'employee', message, part: 'secret words' } };
const agentsWords: Effect = { type: 'show', content: { kind: 'agent', name: 'Beth', text: 'hi', row: 'r7' as RowId } };

const at = (milliseconds: number) => (now + milliseconds) as Instant;

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
    const traced = effect(2, { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' });
    expect(await store.commit(change(0, { put: [traced, effect(1)], effects: 2 }))).toBe('saved');
    const stored = await store.load(keyOf());
    expect(stored).toMatchObject({ version: 1, effects: 2, conversation: conversation() });
    expect(stored?.outbox).toEqual([effect(1), traced]);
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
    await store.commit(change(0, { conversation: inChat }));
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

  test('tells the trail of a turn: when it was received, what was stored, tried and done about it', async () => {
    const waiting = effect(1, { effect: post, correlation: 't1' });
    await store.commit(change(0, { conversation: inChat, turn: 't1' as TurnId, put: [waiting] }));
    const stored = { key: keyOf(), seq: 1, type: 'post', correlation: 't1', chat: 'c1', storedAt: now };
    expect(await store.trail('t1', 10)).toEqual({
      received: [{ key: keyOf(), turn: 't1', at: now }],
      effects: [{ ...stored, state: 'waiting', attempts: 0 }],
    });
    const tried = { attempts: 2, firstAttemptAt: at(10), lastAttemptAt: at(20) };
    await store.commit(change(1, { put: [{ ...waiting, ...tried, state: 'in_flight' }], at: at(20) }));
    await store.commit(change(2, { settle: [{ seq: 1, outcome: 'done', detail: 'r1' }], at: at(30) }));
    const done = { ...stored, ...tried, state: 'done', settledAt: at(30), detail: 'r1', row: 'r1' };
    expect((await store.trail('t1', 10)).effects).toEqual([done]);
    expect(JSON.stringify(await store.trail('t1', 10))).not.toMatch(/secret/);
  });

  test.each([
    ['the correlation', 'row:r9'],
    ["the id of ServiceNow's row that led to it", 'r9'],
    ["the id of ServiceNow's row that it shows", 'r7'],
    ['the live chat it belongs to', 'c1'],
    ['the conversation', keyOf()],
  ])('finds what is waiting and what is done by %s', async (_what, id) => {
    const put = [1, 2].map((seq) => effect(seq, { effect: agentsWords, correlation: 'row:r9' }));
    await store.commit(change(0, { conversation: inChat, put, effects: 2 }));
    await store.commit(change(1, { conversation: inChat, settle: [{ seq: 1, outcome: 'done' }] }));
    const other = conversation('bob');
    const bobs = [effect(1, { correlation: 'row:r8' })];
    await store.commit(change(0, { key: other.key, conversation: other, put: bobs }));
    const { effects } = await store.trail(id, 10);
    expect(effects.map(({ seq, state }) => [seq, state])).toEqual([
      [1, 'done'],
      [2, 'waiting'],
    ]);
  });

  test("finds the turn that led to a row of ServiceNow's, and to what was done in a chat", async () => {
    const put = [effect(1, { effect: post, correlation: 't1' })];
    await store.commit(change(0, { conversation: inChat, turn: 't1' as TurnId, put }));
    expect((await store.trail('c1', 10)).received).toEqual([{ key: keyOf(), turn: 't1', at: now }]);
    const settle = [{ seq: 1, outcome: 'done' as const, detail: 'r1' }];
    await store.commit(change(1, { conversation: inChat, settle }));
    expect((await store.trail('r1', 10)).received).toEqual([{ key: keyOf(), turn: 't1', at: now }]);
    expect((await store.trail('c1', 10)).received).toEqual([{ key: keyOf(), turn: 't1', at: now }]);
  });

  test('finds a turn that led to nothing', async () => {
    await store.commit(change(0, { turn: 't1' as TurnId }));
    const received = [{ key: keyOf(), turn: 't1', at: now }];
    expect(await store.trail('t1', 10)).toEqual({ received, effects: [] });
    expect(await store.trail(keyOf(), 10)).toEqual({ received, effects: [] });
  });

  test('finds how a chat was opened and what was done in it, also after it is over', async () => {
    const opened = effect(1, { effect: { type: 'open', handoff: {} as never } });
    await store.commit(change(0, { put: [opened] }));
    const put = [effect(2, { effect: post }), effect(3, { effect: agentsWords })];
    const settle = [{ seq: 1, outcome: 'done' as const, detail: 'c1' }];
    await store.commit(change(1, { conversation: inChat, put, settle }));
    const rest = [2, 3].map((seq) => ({ seq, outcome: 'done' as const }));
    await store.commit(change(2, { settle: rest, put: [effect(4)] }));
    expect((await store.trail('c1', 10)).effects.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  test('of a long trail the newest part is told, and of an unknown id nothing', async () => {
    const put = [1, 2, 3].map((seq) => effect(seq));
    await store.commit(change(0, { put, effects: 3 }));
    await store.commit(change(1, { settle: [1, 2, 3].map((seq) => ({ seq, outcome: 'done' })) }));
    expect((await store.trail(keyOf(), 2)).effects.map(({ seq }) => seq)).toEqual([2, 3]);
    expect(await store.trail('nobody', 10)).toEqual({ received: [], effects: [] });
  });

  test('lists what was given up and what is unknown, oldest first, page by page', async () => {
    const put = [1, 2, 3, 4, 5].map((seq) => effect(seq));
    await store.commit(change(0, { put, effects: 5 }));
    await store.commit(change(1, { settle: [{ seq: 3, outcome: 'given_up', detail: 'rejected' }], at: at(10) }));
    const rest = [
      { seq: 1, outcome: 'unknown' as const },
      { seq: 2, outcome: 'done' as const },
    ];
    await store.commit(change(2, { settle: [...rest, { seq: 4, outcome: 'withdrawn' }], at: at(20) }));
    await store.commit(change(3, { settle: [{ seq: 5, outcome: 'given_up' }], at: at(20) }));
    const seqs = (entries: readonly LedgerEntry[]) => entries.map(({ seq }) => seq);
    expect(seqs(await store.givenUp(now, 10))).toEqual([3, 1, 5]);
    expect(seqs(await store.givenUp(at(11), 10))).toEqual([1, 5]);
    expect(seqs(await store.givenUp(at(20), 1))).toEqual([1]);
    const after = { settledAt: at(20), key: keyOf(), seq: 1 };
    expect(seqs(await store.givenUp(now, 10, after))).toEqual([5]);
    expect((await store.givenUp(now, 1))[0]).toMatchObject({
      state: 'given_up',
      detail: 'rejected',
      settledAt: at(10),
    });
  });

  test('tells of what was given up lately, the newest first', async () => {
    const entries = [1, 2, 3].map((seq) => effect(seq));
    await store.commit(change(0, { put: entries }));
    for (const { seq } of entries)
      await store.commit(change(seq, { settle: [{ seq, outcome: 'given_up' }], at: at(seq * 10) }));
    const seqs = async (since: Instant, limit: number) =>
      (await store.newestGivenUp(since, limit)).map(({ seq }) => seq);
    expect(await seqs(now, 2)).toEqual([3, 2]);
    expect(await seqs(at(20), 9)).toEqual([3, 2]);
    expect(await seqs(at(31), 9)).toEqual([]);
  });

  test('keeps the words of what was given up, and of nothing else that is settled', async () => {
    const put = [1, 2, 3].map((seq) => effect(seq, { effect: post }));
    await store.commit(change(0, { conversation: inChat, put, effects: 3 }));
    const settle = (['given_up', 'unknown', 'done'] as const).map((outcome, index) => ({ seq: index + 1, outcome }));
    await store.commit(change(1, { settle }));
    expect((await store.givenUpWork(keyOf(), 1))?.effect).toEqual(post);
    expect(await store.givenUpWork(keyOf(), 2)).toMatchObject({ effect: post, entry: { seq: 2, state: 'unknown' } });
    expect(await store.givenUpWork(keyOf(), 3)).toBeUndefined();
    expect(await store.givenUpWork(keyOf(), 9)).toBeUndefined();
  });

  test('knows when what was given up was redriven, as long as it knows of it at all', async () => {
    await store.commit(change(0, { put: [effect(1)] }));
    await store.commit(change(1, { settle: [{ seq: 1, outcome: 'given_up' }], at: at(10) }));
    expect((await store.givenUp(now, 1))[0]).not.toHaveProperty('redrivenAt');
    expect(await store.commit(change(2, { turn: turnOfRedrive(1), at: at(20) }))).toBe('saved');
    expect(await store.commit(change(3, { turn: turnOfRedrive(1), at: at(30) }))).toBe('seen');
    await store.forget({ seen: at(500), ledger: at(5), sends: at(500) });
    expect((await store.givenUp(now, 1))[0]).toMatchObject({ redrivenAt: at(20) });
    expect((await store.givenUpWork(keyOf(), 1))?.entry.redrivenAt).toBe(at(20));
    expect((await store.trail(keyOf(), 9)).received).toEqual([]);
    await store.forget({ seen: at(500), ledger: at(400), sends: at(500) });
    expect(await store.trail(keyOf(), 9)).toEqual({ received: [], effects: [] });
    expect(await store.givenUpWork(keyOf(), 1)).toBeUndefined();
  });

  test('shows what goes on: live chats, the oldest first, chats that are over, and work that waits', async () => {
    const numbered = { ...chat, number: 'IMS7' };
    const queued = { ...inChat.phase, chat: numbered } as Conversation['phase'];
    const taken = {
      ...inChat.phase,
      name: 'connected',
      taken: true,
      since: at(9),
      chat: { ...chat, id: 'c0', openedAt: at(-5) },
    };
    const ben = { ...conversation('ben'), phase: taken as Conversation['phase'] };
    await store.commit(
      change(0, { conversation: { ...inChat, phase: queued }, put: [effect(1), effect(2, { effect: post })] }),
    );
    await store.commit(change(0, { key: ben.key, conversation: ben, at: at(9) }));
    const first = { key: ben.key, chat: 'c0', phase: 'connected', openedAt: at(-5), since: at(9), lastWordAt: now };
    const second = {
      key: keyOf(),
      chat: 'c1',
      number: 'IMS7',
      phase: 'queued',
      openedAt: now,
      since: now,
      lastWordAt: now,
    };
    const waiting = [
      { type: 'identify', count: 1, oldestAt: now },
      { type: 'post', count: 1, oldestAt: now },
    ];
    expect(await store.overview(5)).toEqual({ live: [first, second], queued: 1, connected: 1, ended: [], waiting });
    expect(await store.overview(1)).toMatchObject({ live: [first], queued: 1, connected: 1 });
    const leave: Effect = { type: 'leave', chat: numbered, lastLook: true };
    const last = { id: chat.id, number: 'IMS7', reason: 'operator', at: at(20), cursor, posted: [] } as const;
    const over = { ...conversation(), last };
    await store.commit(change(1, { conversation: over, put: [effect(3, { effect: leave })], at: at(20) }));
    const settle = [1, 2, 3].map((seq) => ({ seq, outcome: 'done' }) as const);
    await store.commit(change(2, { conversation: over, settle, at: at(30) }));
    const ended = [{ key: keyOf(), chat: 'c1', number: 'IMS7', reason: 'operator', endedAt: at(30) }];
    expect(await store.overview(5)).toEqual({ live: [first], queued: 0, connected: 1, ended, waiting: [] });
    await store.commit(change(3, { conversation: { ...over, last: { ...last, id: 'c2' as never } } }));
    expect((await store.overview(5)).ended).toEqual([{ key: keyOf(), chat: 'c1', endedAt: at(30) }]);
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
