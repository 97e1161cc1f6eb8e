import type { ConversationKey, Instant } from '../../src/conversation/types';
import { soleOwner } from '../../src/engine/ownership';
import { Pace } from '../../src/engine/pace';
import { MemoryStore } from '../../src/store/memory';
import { FakeClock } from '../support/world/fake-clock';
import { keyOf, World } from '../support/world/world';

const limits = { perConversation: [{ count: 2, perMs: 1_000 }], perTenant: { count: 5, perMs: 1_000 } };

function pace() {
  const clock = new FakeClock();
  return { clock, pace: new Pace({ store: new MemoryStore(), clock, ownership: soleOwner, limits }) };
}

test('a conversation gets as many places as its bucket has, and is told when to ask again', async () => {
  const { clock, pace: one } = pace();
  expect([await one.take(keyOf(), 't', 1), await one.take(keyOf(), 't', 1)]).toEqual(['taken', 'taken']);
  const again = await one.take(keyOf(), 't', 1);
  expect(again).toBeGreaterThan(clock.now() + 999);
  clock.step(again as Instant);
  expect(await one.take(keyOf(), 't', 1)).toBe('taken');
});

test('many conversations that ask at the same moment share the places of their tenant', async () => {
  const { pace: one } = pace();
  const keys = Array.from({ length: 20 }, (_, n) => `k${n}` as ConversationKey);
  const places = await Promise.all(keys.map((key) => one.take(key, 't', 1)));
  expect(places.filter((place) => place === 'taken')).toHaveLength(5);
  expect(await one.take('other' as ConversationKey, 'another tenant', 1)).toBe('taken');
});

test('a typing sign leaves room for words', async () => {
  const store = new MemoryStore();
  const clock = new FakeClock();
  const wide = { perConversation: [{ count: 7, perMs: 1_000 }], perTenant: { count: 30, perMs: 1_000 } };
  const one = new Pace({ store, clock, ownership: soleOwner, limits: wide });
  const signs = await Promise.all(Array.from({ length: 7 }, () => one.takeForSign(keyOf(), 't', 1)));
  expect(signs.filter(Boolean)).toHaveLength(5);
  expect(await one.take(keyOf(), 't', 1)).toBe('taken');
});

test('a conversation that comes back from another process counts what was sent there', async () => {
  const store = new MemoryStore();
  const clock = new FakeClock();
  await new World({ store }).says('hello');
  clock.step(clock.now() + 5_000);
  const here = new Pace({ store, clock, ownership: soleOwner, limits });
  expect(await here.take(keyOf(), 't', 1)).toBe('taken');
  await store.noteSend(keyOf(), clock.now());
  await store.noteSend(keyOf(), clock.now());
  expect(await here.take(keyOf(), 't', 3)).toBeGreaterThan(clock.now());
});

test('processes that share a store share the limit of a tenant', async () => {
  const clock = new FakeClock();
  const ownership = { ...soleOwner, processes: () => 2 };
  const one = new Pace({ store: new MemoryStore(), clock, ownership, limits });
  const keys = Array.from({ length: 20 }, (_, n) => `k${n}` as ConversationKey);
  const places = await Promise.all(keys.map((key) => one.take(key, 't', 1)));
  expect(places.filter((place) => place === 'taken')).toHaveLength(2);
});

test('what was sent before a restart counts after it', async () => {
  const world = new World();
  for (let n = 0; n < 5; n += 1) await world.says(`hello ${n}`);
  const sent = world.teams.shown.length + world.teams.typings;
  await world.restart();
  for (let n = 5; n < 10; n += 1) await world.says(`hello ${n}`);
  expect(sent).toBeGreaterThan(0);
  expect(world.teams.shown.length + world.teams.typings).toBeLessThanOrEqual(7);
});
