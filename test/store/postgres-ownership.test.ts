import type { Conversation, LiveChat } from '../../src/conversation/types';
import { openForCommand } from '../../src/store/postgres/open';
import { startPostgres, type TestPostgres } from '../support/postgres';
import { keyOf } from '../support/world/world';
import {
  change,
  conversation,
  effect,
  type Fleet,
  makeFleet,
  now,
  type Replica,
  ttlMs,
  until,
} from './postgres-support/replicas';

let postgres: TestPostgres;
let fleet: Fleet;
let one: Replica;
let other: Replica;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.close(), 60_000);
beforeEach(async () => {
  fleet = await makeFleet(await postgres.database());
  one = await fleet.join();
  other = await fleet.join();
});
afterEach(() => fleet.close());

const ana = keyOf();
const chat = { id: 'c1', handoff: 'h', queue: 'q', summary: 'vpn', openedAt: now } as unknown as LiveChat;
const inChat: Conversation = {
  ...conversation(),
  phase: { name: 'queued', chat, cursor: { time: 5, seen: [] } as never, since: now, lastWordAt: now, posted: [] },
};
const marked = effect(1, { state: 'in_flight', attempts: 1 });

test('who takes a turn in owns what comes of it, and nobody else can have it', async () => {
  expect(await one.store.commit(change(0, { put: [effect(1)] }))).toBe('saved');
  const fence = await one.ownership.claim(ana);
  expect(fence).toBe(1);
  expect(await other.ownership.claim(ana)).toBeUndefined();
  expect(await other.store.commit(change(1, { put: [marked], fence: 1 }))).toBe('fenced');
  expect(await one.store.commit(change(1, { put: [marked], fence }))).toBe('saved');
});

test("with the last effect a conversation is free again, and the next turn may be anybody else's", async () => {
  await one.store.commit(change(0, { put: [effect(1)] }));
  await one.store.commit(change(1, { settle: [{ seq: 1, outcome: 'done' }], fence: 1 }));
  await other.store.load(ana);
  expect(await other.store.commit(change(2, { put: [effect(2)] }))).toBe('saved');
  expect(await other.ownership.claim(ana)).toBe(2);
  expect(await one.ownership.claim(ana)).toBeUndefined();
});

test("a conversation in which nothing waits is nobody's", async () => {
  await one.store.commit(change(0));
  expect(await one.ownership.claim(ana)).toBeUndefined();
  expect(await fleet.sql('SELECT owner FROM conversations')).toEqual([{ owner: null }]);
});

test('the same conversation begun twice at once is begun once', async () => {
  const outcomes = await Promise.all(
    [one, other, one, other].map(({ store }) => store.commit(change(0, { put: [effect(1)] }))),
  );
  expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'stale')).toHaveLength(3);
});

test('what another replica takes in for a conversation is told to its owner, and to nobody else', async () => {
  const third = await fleet.join();
  await one.store.commit(change(0, { put: [effect(1)] }));
  await other.store.load(ana);
  expect(await other.store.commit(change(1, { put: [effect(2)] }))).toBe('saved');
  await until(() => one.hints.length > 0);
  expect(one.hints).toEqual([ana]);
  expect([...other.hints, ...third.hints]).toEqual([]);
  expect((await one.store.load(ana))?.outbox.map(({ seq }) => seq)).toEqual([1, 2]);
});

test('who hears of news tells it to all, and the one that reads can go and look', async () => {
  const heard: string[] = [];
  one.ownership.onNews(() => heard.push('one'));
  other.ownership.onNews(() => heard.push('other'));
  other.ownership.tellReader();
  await until(() => heard.length === 2);
  expect(heard.sort()).toEqual(['one', 'other']);
  expect([...one.hints, ...other.hints]).toEqual([]);
});

test('what a command adds belongs to nobody, all replicas are told, and one of them takes it', async () => {
  const command = await openForCommand(fleet.url);
  expect(await command.commit(change(0, { put: [effect(1)] }))).toBe('saved');
  await command.close();
  await until(() => one.hints.length + other.hints.length === 2);
  const fences = await Promise.all([one, other].map(({ ownership }) => ownership.claim(ana)));
  expect(fences.filter((fence) => fence !== undefined)).toEqual([1]);
});

test('what a dead replica owned is taken over at the next beat, and what it still writes is refused', async () => {
  await one.store.commit(change(0, { put: [effect(1)] }));
  await one.store.commit(change(1, { put: [marked], fence: 1 }));
  await fleet.expire(one);
  await other.beat();
  await until(() => other.hints.length > 0);
  expect(other.hints).toEqual([ana]);
  expect(await other.ownership.claim(ana)).toBe(2);
  expect(await one.store.commit(change(2, { settle: [{ seq: 1, outcome: 'done' }], fence: 1 }))).toBe('fenced');
  expect(await one.ownership.claim(ana)).toBeUndefined();
  expect((await other.store.load(ana))?.outbox).toEqual([marked]);
});

test('many conversations of a dead replica are taken over, each by one of the others', async () => {
  const third = await fleet.join();
  const users = Array.from({ length: 450 }, (_, n) => `user${n}`);
  await Promise.all(users.map((user) => one.store.commit(change(0, { put: [effect(1)] }, user))));
  await fleet.expire(one);
  await Promise.all([other.beat(), third.beat()]);
  await until(() => other.hints.length + third.hints.length === users.length);
  expect([...other.hints, ...third.hints].sort()).toEqual(users.map((user) => keyOf(user)).sort());
});

test('whose lease has run out begins nothing any more, but may write down what it has done', async () => {
  await one.store.commit(change(0, { put: [effect(1), effect(2)] }));
  await one.store.commit(change(1, { put: [marked], fence: 1 }));
  await fleet.expire(one);
  const second = effect(2, { state: 'in_flight', attempts: 1 });
  expect(await one.store.commit(change(2, { put: [second], fence: 1 }))).toBe('fenced');
  expect(await one.store.commit(change(2, { settle: [{ seq: 1, outcome: 'done' }], fence: 1 }))).toBe('saved');
});

test('who beats again after its lease had run out keeps what nobody took', async () => {
  await one.store.commit(change(0, { put: [effect(1)] }));
  await fleet.expire(one);
  await one.beat();
  expect(await one.ownership.claim(ana)).toBe(1);
  expect(await other.ownership.claim(ana)).toBeUndefined();
});

test("who has a conversation again that was another replica's meanwhile may not write with what it held before", async () => {
  await one.store.commit(change(0, { put: [effect(1)] }));
  await one.store.commit(change(1, { put: [marked], fence: 1 }));
  await fleet.expire(one);
  await other.beat();
  expect(await other.ownership.claim(ana)).toBe(2);
  await fleet.expire(other);
  await one.beat();
  await until(() => one.hints.length > 0);
  expect(await one.ownership.claim(ana)).toBe(3);
  const late = change(2, { settle: [{ seq: 1, outcome: 'done' }], fence: 1 });
  expect(await one.store.commit(late)).toBe('fenced');
  expect(await one.store.commit({ ...late, fence: 3 })).toBe('saved');
});

test('who hears that its lease had run out begins another term, and believes no longer that what it owned is its own', async () => {
  await one.store.commit(change(0, { put: [effect(1)] }));
  expect(await one.ownership.claim(ana)).toBe(1);
  const term = one.ownership.term();
  await one.beat();
  expect(one.ownership.term()).toBe(term);
  await fleet.expire(one);
  await other.beat();
  await until(() => other.hints.length > 0);
  await one.beat();
  expect(one.ownership.term()).toBeGreaterThan(term);
  expect(await one.ownership.claim(ana)).toBeUndefined();
});

test('a replica acts for four fifths of its lease after a beat was sent', () => {
  one.clock.clear();
  one.clock.step(one.clock.now() + ttlMs * 0.8 - 1);
  expect(one.ownership.mayAct()).toBe(true);
  one.clock.step(one.clock.now() + 1);
  expect(one.ownership.mayAct()).toBe(false);
  expect(one.ownership.readsForAll()).toBe(false);
});

test('time during which the whole machine was suspended counts', () => {
  one.clock.putBack(-ttlMs);
  expect(one.ownership.mayAct()).toBe(false);
});

test('one replica reads for all; when it goes another one does at once', async () => {
  expect([one, other].map(({ ownership }) => ownership.readsForAll())).toEqual([true, false]);
  expect(one.ownership.processes()).toBe(1);
  await one.beat();
  expect(one.ownership.processes()).toBe(2);
  await one.close();
  await until(() => other.reading.length > 0);
  expect(other.reading).toEqual([true]);
  expect(other.ownership.processes()).toBe(1);
});

test('who is about to go leaves the reading to another one, and keeps what it has begun', async () => {
  await one.store.commit(change(0, { put: [effect(1)] }));
  await one.ownership.retire();
  await until(() => other.ownership.readsForAll());
  expect(one.reading).toEqual([false]);
  await one.beat();
  expect(one.ownership.readsForAll()).toBe(false);
  expect(await one.ownership.claim(ana)).toBe(1);
  await one.close();
  await until(() => other.hints.includes(ana));
});

test('the one who reads is told when a chat begins or ends elsewhere', async () => {
  await other.store.commit(change(0, { conversation: inChat }));
  await until(() => one.hints.length === 1);
  await other.store.commit(change(1, { conversation: inChat }));
  await other.store.commit(change(2));
  await until(() => one.hints.length === 2);
  expect(one.hints).toEqual([ana, ana]);
});

test('what is due is what nobody else works for', async () => {
  await one.store.commit(change(0, { put: [effect(1)] }));
  expect(await one.store.due(now, 10)).toEqual([ana]);
  expect(await other.store.due(now, 10)).toEqual([]);
  await fleet.expire(one);
  expect(await other.store.due(now, 10)).toEqual([ana]);
});

test('all replicas go by the clock of the database', async () => {
  one.clock.putBack(86_400_000);
  await one.beat();
  const [row] = await fleet.sql('SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now');
  expect(Math.abs(one.ownership.time.wall() - Number(row?.now))).toBeLessThan(2_000);
  expect(Math.abs(one.ownership.time.wall() - other.ownership.time.wall())).toBeLessThan(2_000);
});

test('after its connection was lost a replica looks at what is due, and reads afresh', async () => {
  await one.store.commit(change(0, { put: [effect(1)] }));
  await fleet.sql(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
  );
  await other.store.load(ana).catch(() => undefined);
  await one.beat();
  await until(() => one.hints.includes(ana));
  expect(one.reading).toEqual([false, true]);
  expect(await one.ownership.claim(ana)).toBe(1);
});
