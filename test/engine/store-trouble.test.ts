import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import type { Instant } from '../../src/conversation/types';
import type { Change, Committed, ConversationStore } from '../../src/engine/store';
import { MemoryStore } from '../../src/store/memory';
import { SqliteStore } from '../../src/store/sqlite/store';
import { chance } from '../support/world/mortality';
import { keyOf, World } from '../support/world/world';

async function inChat(options?: ConstructorParameters<typeof World>[0]): Promise<World> {
  const world = new World(options);
  await world.says('talk to a live agent');
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hi, I am Beth');
  await world.tick(4);
  world.teams.shown.length = 0;
  return world;
}

/** A store whose commits fail as the test says: before they are kept. */
class MoodyStore extends MemoryStore {
  fails: (change: Change) => boolean = () => false;

  override async commit(change: Change): Promise<Committed> {
    if (this.fails(change)) throw new Error('disk full');
    return super.commit(change);
  }
}

/** The whole story, with a store that fails at the n-th commit (for a while) and then works again. */
async function storyWithFault(failAt: number, commits: number): Promise<{ world: World; total: number }> {
  const store = new MoodyStore();
  const world = new World({ store });
  world.assistant.hasRecords = true;
  let count = 0;
  store.fails = () => {
    count += 1;
    return count >= failAt && count < failAt + commits;
  };
  const says = async (text: string, turn: string) => {
    for (;;) {
      try {
        await world.says(text, { turn });
        return;
      } catch {
        await world.passes(500);
      }
    }
  };
  await says('my vpn drops', 'a');
  await says('talk to a live agent', 'b');
  await world.passes(20_000);
  await says('it is urgent', 'c');
  await world.passes(20_000);
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hello Ana');
  await world.passes(30_000);
  await says('thank you', 'd');
  await world.passes(20_000);
  world.serviceNow.close('Beth');
  await world.passes(60_000);
  await says('hello again', 'e');
  await world.passes(20_000);
  return { world, total: count };
}

test.each([1, 3])(
  'a store that fails at any %s commits in a row and recovers loses nothing and doubles nothing but what is marked (rows 43, 45)',
  async (commits) => {
    const { total } = await storyWithFault(Number.POSITIVE_INFINITY, 0);
    const faults: string[] = [];
    for (let failAt = 1; failAt <= total; failAt += 1) {
      const { world } = await storyWithFault(failAt, commits);
      const seen = world.teams.seenBy().filter((text) => !/^\(again\)|^\[support_/.test(text));
      const posted = world.serviceNow.posted();
      const expected = [
        'you said my vpn drops',
        'I am connecting you.',
        '[queued]',
        '[agent_joined]',
        'Hello Ana',
        '[ended_by_agent]',
        'you said hello again',
      ];
      if (JSON.stringify(posted) !== JSON.stringify(['it is urgent', 'thank you']))
        faults.push(`${failAt}: posted ${posted}`);
      if (JSON.stringify(seen) !== JSON.stringify(expected)) faults.push(`${failAt}: seen ${world.teams.seenBy()}`);
      if (world.serviceNow.chats.length !== 1 || world.serviceNow.chat.state !== 'ended')
        faults.push(`${failAt}: chats`);
      const left = (await world.store.load(keyOf()))?.outbox.length;
      if (left !== 0) faults.push(`${failAt}: ${left} effects left`);
    }
    expect(faults).toEqual([]);
  },
);

test('one damaged record does not keep the other live chats from being read after a start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'review-'));
  const file = join(folder, 'x.db');
  const first = await SqliteStore.open({ file });
  const before = new World({ store: first });
  for (const user of ['ana', 'zoe']) await before.says('/live_agent', { user });
  before.life.die();
  await first.close();
  const db = new Database(file);
  db.prepare(`UPDATE conversations SET body = '{"phase":{"name":"lost"}}' WHERE key = ?`).run(keyOf('ana'));
  db.close();
  const store = await SqliteStore.open({ file });
  try {
    const watched = await store.watched().catch(() => []);
    expect(watched.map(({ key }) => key)).toEqual([keyOf('zoe')]);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('one damaged record does not keep the sweeper from all other conversations', async () => {
  const world = new World();
  await world.says('/live_agent', { user: 'ana' });
  await world.says('/live_agent', { user: 'zoe' });
  const load = world.store.load.bind(world.store);
  world.store.load = (key) => (key === keyOf('ana') ? Promise.reject(new Error('damaged')) : load(key));
  const sweep = world.engine.sweep.bind(world.engine);
  world.engine.sweep = () => sweep().catch(() => {});
  await world.passes(920_000);
  expect(world.teams.seenBy('zoe').at(-1)).toBe('[ended_nobody_came]');
});

/** A store as one across a network: an answer takes a while, and what it says may be old by then. */
function faraway(store: ConversationStore, random: () => number): ConversationStore {
  return new Proxy(store, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (name !== 'load' && name !== 'commit') return value.bind(target);
      return async (...args: unknown[]) => {
        const result = await value.apply(target, args);
        for (let n = Math.floor(random() * 6); n > 0; n -= 1) await new Promise((resolve) => setImmediate(resolve));
        return result;
      };
    },
  });
}

test('what is kept in a store across a network is carried out at once, not at the next sweep', async () => {
  const late: string[] = [];
  for (let seed = 1; seed <= 120; seed += 1) {
    const random = chance(seed);
    const world = new World({ store: faraway(new MemoryStore(), random) });
    await world.says('/live_agent');
    const from = world.clock.now();
    await world.deliver('one');
    for (let n = Math.floor(random() * 20); n > 0; n -= 1) await new Promise((resolve) => setImmediate(resolve));
    await world.deliver('two');
    for (let n = 0; n < 300; n += 1) await new Promise((resolve) => setImmediate(resolve));
    if (world.clock.now() !== from || world.serviceNow.posted().length < 2) late.push(`seed ${seed}`);
  }
  expect(late).toEqual([]);
});

test('conversations that wait for a far side do not keep the sweeper from the rest', async () => {
  class Narrow extends MemoryStore {
    override due(now: Instant, _limit: number, after?: string) {
      return super.due(now, 2, after);
    }
  }
  const world = new World({ store: new Narrow() });
  const users = ['a1', 'a2', 'zoe'];
  for (const user of users) await world.says('/live_agent', { user });
  await world.passes(60_000);
  for (const user of users) {
    world.life.die();
    world.clock.clear();
    world.boot({ at: 2, when: 'after' });
    void world.deliver('please come', { user });
    await world.life.died;
  }
  const post = world.serviceNow.post.bind(world.serviceNow);
  world.serviceNow.post = (request) =>
    request.chat.id === world.serviceNow.chats[2]?.live.id ? post(request) : new Promise(() => {});
  world.clock.clear();
  world.boot();
  void world.takeUp();
  const aMoment = async () => {
    for (let n = 0; n < 5; n += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  await aMoment();
  for (const until = world.clock.now() + 60_000; world.clock.step(until); ) await aMoment();
  expect(world.serviceNow.posted(world.serviceNow.chats[2])).toEqual(['please come']);
});

test('a process that lives long keeps nothing in memory of conversations that are quiet', async () => {
  const world = new World();
  for (let n = 0; n < 50; n += 1) {
    const user = `u${n}`;
    await world.says('hello', { user });
    await world.says('/live_agent', { user });
    await world.says('/end_chat', { user });
  }
  await world.passes(2 * 3_600_000);
  const inside = (thing: object): Record<string, number> =>
    Object.fromEntries(
      Object.entries(thing).flatMap(([name, value]) => (value instanceof Map ? [[name, value.size]] : [])),
    );
  const engine = world.engine as unknown as { drain: object };
  const sizes = { ...inside(engine), ...inside(engine.drain), ...inside(world.reader) };
  expect(sizes).toEqual({ turns: 0, wakes: 0, running: 0, timers: 0, watches: 0 });
});

test('the work for one more message does not grow with the number of those that wait', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'work-'));
  const parse = jest.spyOn(JSON, 'parse');
  const workFor = async (messages: number) => {
    const store = await SqliteStore.open({ file: join(folder, `${messages}.db`) });
    const world = await inChat({ store });
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const post = world.serviceNow.post.bind(world.serviceNow);
    world.serviceNow.post = (request) => opened.then(() => post(request));
    for (let n = 0; n < messages; n += 1) await world.deliver(`line ${n}`);
    parse.mockClear();
    open();
    await world.engine.idle();
    expect(world.serviceNow.posted()).toHaveLength(messages);
    await store.close();
    return parse.mock.calls.length / messages;
  };
  try {
    const few = await workFor(20);
    expect(await workFor(200)).toBeLessThanOrEqual(few + 1);
  } finally {
    parse.mockRestore();
    rmSync(folder, { recursive: true, force: true });
  }
});
