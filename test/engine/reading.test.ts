import { ApiFailure, type FailureKind } from '../../src/conversation/failures';
import type { ServerTime } from '../../src/conversation/types';
import type { FakeChat } from '../support/world/fake-servicenow';
import { World } from '../support/world/world';

function failure(kind: FailureKind, certain: boolean, retryAfterMs?: number): ApiFailure {
  return new ApiFailure({ upstream: 'servicenow', kind, certain, message: 'fake', retryAfterMs });
}

async function inChat(options?: ConstructorParameters<typeof World>[0], user?: string): Promise<World> {
  const world = new World(options);
  await joins(world, user);
  world.teams.shown.length = 0;
  return world;
}

async function joins(world: World, user?: string): Promise<FakeChat> {
  await world.says('talk to a live agent', { user });
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hi, I am Beth');
  await world.tick(4);
  return world.serviceNow.chat;
}

test('a chat whose thread cannot be read does not slow down the agents of other chats', async () => {
  const world = await inChat({}, 'ana');
  const bobs = await joins(world, 'bob');
  const read = world.serviceNow.read.bind(world.serviceNow);
  world.serviceNow.read = (chat, cursor) =>
    chat.id === bobs.live.id ? read(chat, cursor) : Promise.reject(failure('unreachable', true));
  world.serviceNow.say('Beth', 'for Ana', { chat: world.serviceNow.chats[0] });
  await world.passes(120_000);
  world.teams.shown.length = 0;
  await world.says('are you there?', { user: 'bob' });
  world.serviceNow.say('Carl', 'yes', { chat: bobs });
  await world.passes(3_000);
  expect(world.teams.seenBy('bob')).toEqual(['[agent_changed]', 'yes']);
});

test('ServiceNow is left in peace for as long as it asks, although somebody says that there is news', async () => {
  const world = await inChat();
  const glance = world.serviceNow.glance.bind(world.serviceNow);
  world.serviceNow.glance = () => Promise.reject(failure('throttled', true, 60_000));
  await world.passes(1_500);
  world.serviceNow.glance = glance;
  world.serviceNow.calls.length = 0;
  world.reader.wake();
  await world.passes(10_000);
  expect(world.serviceNow.calls).toEqual([]);
});

test('a row that becomes visible a moment after the list has told of it is shown within eight seconds, also in a chat that was quiet', async () => {
  const world = await inChat();
  await world.passes(120_000);
  const row = world.serviceNow.say('Beth', 'it is fixed now');
  const read = world.serviceNow.read.bind(world.serviceNow);
  const visibleFrom = world.clock.now() + 3_000;
  world.serviceNow.read = async (chat, cursor) => {
    const reading = await read(chat, cursor);
    if (world.clock.now() >= visibleFrom) return reading;
    return { ...reading, rows: reading.rows.filter((other) => other.id !== row.id) };
  };
  await world.passes(11_000);
  expect(world.teams.seenBy()).toEqual(['it is fixed now']);
});

test('a row that appears late behind a line of the platform is shown within eight seconds', async () => {
  const world = await inChat();
  await world.passes(120_000);
  world.serviceNow.system('The chat was assigned to Carl');
  const { rows } = world.serviceNow.chat;
  await world.passes(2_000);
  const line = rows.at(-1);
  const late = world.serviceNow.say('Beth', 'Carl knows more', {
    at: (world.serviceNow.now() - 5_000) as ServerTime,
  });
  rows.splice(rows.indexOf(late), 1);
  rows.splice(rows.indexOf(line as never), 0, late);
  await world.passes(8_000);
  expect(world.teams.seenBy()).toEqual(['Carl knows more']);
});

test('an agent who writes before the queue has caught up is not taken for gone', async () => {
  const world = new World();
  await world.says('talk to a live agent');
  world.serviceNow.say('Beth', 'Hi, I am Beth');
  await world.tick(3);
  world.serviceNow.accept();
  await world.tick(3);
  expect(world.teams.seenBy().slice(2)).toEqual(['[agent_joined]', 'Hi, I am Beth']);
});

test('a chat goes to another queue and comes back, and each is said once', async () => {
  const world = await inChat();
  world.serviceNow.chat.state = 'waiting';
  await world.tick(3);
  world.serviceNow.accept();
  world.serviceNow.say('Carl', 'Carl here');
  await world.tick(3);
  expect(world.teams.seenBy()).toEqual(['[queued]', '[agent_joined]', 'Carl here']);
});

test('another agent who goes on is named before her first words, once, also when two take turns', async () => {
  const world = await inChat();
  for (const [name, text] of [
    ['Beth', 'I ask Carl'],
    ['Carl', 'Carl here'],
    ['Beth', 'thank you'],
    ['Carl', 'you are welcome'],
  ] as const) {
    world.serviceNow.say(name, text);
    if (name === 'Carl') await world.tick(2);
  }
  await world.tick(2);
  await world.restart();
  world.serviceNow.say('Dora', 'and I am Dora');
  await world.tick(3);
  expect(world.teams.seenBy()).toEqual([
    'I ask Carl',
    '[agent_changed]',
    'Carl here',
    'thank you',
    'you are welcome',
    '[agent_changed]',
    'and I am Dora',
  ]);
});

test('rows are not shown again after a restart with a longer overlap', async () => {
  const world = await inChat();
  world.serviceNow.read = async (chat) => {
    const found = world.serviceNow.chats.find((other) => other.live.id === chat.id) as FakeChat;
    return { rows: found.rows, state: { state: found.state } };
  };
  world.serviceNow.say('Beth', 'one');
  await world.passes(30_000);
  world.serviceNow.say('Beth', 'two');
  await world.passes(30_000);
  (world.rules as { cursorOverlapMs: number }).cursorOverlapMs = 120_000;
  await world.restart();
  await world.passes(10_000);
  expect(world.teams.seenBy()).toEqual(['one', 'two']);
});

test('rows of one reading and the closing line in it are shown in order, then the end is said once', async () => {
  const world = await inChat();
  world.serviceNow.say('Beth', 'one');
  world.serviceNow.close('Beth');
  world.serviceNow.say('Beth', 'two');
  await world.passes(20_000);
  expect(world.teams.seenBy()).toEqual(['one', 'two', '[ended_by_agent]']);
});

test('rows at the edge of the overlap are shown once', async () => {
  const world = await inChat();
  const newest = world.serviceNow.say('Beth', 'newest');
  await world.tick(2);
  const { rows } = world.serviceNow.chat;
  for (const back of [10_000, 9_000]) {
    const late = world.serviceNow.say('Beth', `${back} back`, { at: (newest.at - back) as ServerTime });
    rows.splice(rows.indexOf(late), 1);
    rows.splice(rows.length - 1, 0, late);
    await world.passes(6_000);
  }
  await world.passes(30_000);
  expect(world.teams.seenBy()).toEqual(['newest', '10000 back', '9000 back']);
});

test('a conversation that cannot be changed does not keep the reader from the others', async () => {
  const world = new World({});
  const users = ['u1', 'u2', 'u3', 'u4', 'u5'];
  for (const user of users) await joins(world, user);
  await world.passes(60_000);
  world.teams.shown.length = 0;
  const commit = world.store.commit.bind(world.store);
  world.store.commit = (change) => (/u[1-4]/.test(change.key) ? Promise.reject(new Error('damaged')) : commit(change));
  for (const chat of world.serviceNow.chats) world.serviceNow.say('Beth', 'hello', { chat });
  await world.passes(30_000);
  expect(world.teams.seenBy('u5')).toEqual(['hello']);
});

test('a thread that answers slowly does not make the agents of other chats wait', async () => {
  const world = await inChat({}, 'ana');
  const bobs = await joins(world, 'bob');
  const read = world.serviceNow.read.bind(world.serviceNow);
  world.serviceNow.read = async (chat, cursor) => {
    if (chat.id !== bobs.live.id) await new Promise<void>((resolve) => world.clock.after(9_000, resolve));
    return read(chat, cursor);
  };
  world.teams.shown.length = 0;
  const aMoment = async () => {
    for (let n = 0; n < 10; n += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const lets = async (milliseconds: number) => {
    for (const until = world.clock.now() + milliseconds; world.clock.step(until); ) await aMoment();
  };
  world.serviceNow.say('Beth', 'for Ana', { chat: world.serviceNow.chats[0] });
  await lets(1_500);
  world.serviceNow.say('Carl', 'yes', { chat: bobs });
  await lets(3_000);
  expect(world.teams.seenBy('bob')).toEqual(['[agent_changed]', 'yes']);
});

test('agents are heard although the list of all chats cannot be had for a while', async () => {
  const world = await inChat();
  world.serviceNow.trouble = (call) => (call === 'glance' ? { how: 'lost_before' } : undefined);
  await world.passes(60_000);
  world.serviceNow.say('Beth', 'hello');
  await world.passes(60_000);
  expect(world.teams.seenBy()).toEqual(['hello']);
});

test('a process that is asked to stop does not wait for the threads of all chats to be read', async () => {
  const world = new World();
  for (let n = 0; n < 20; n += 1) await joins(world, `u${n}`);
  const read = world.serviceNow.read.bind(world.serviceNow);
  world.serviceNow.read = async (chat, cursor) => {
    await new Promise<void>((resolve) => world.clock.after(10_000, resolve));
    return read(chat, cursor);
  };
  for (const chat of world.serviceNow.chats) world.serviceNow.say('Beth', 'one more', { chat });
  const aMoment = async () => {
    for (let n = 0; n < 10; n += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  for (const until = world.clock.now() + 1_500; world.clock.step(until); ) await aMoment();
  let stopped = false;
  void world.reader.stop().then(() => {
    stopped = true;
  });
  for (const until = world.clock.now() + 10_000; world.clock.step(until); ) await aMoment();
  expect(stopped).toBe(true);
});

test('an employee is told once that support cannot be reached, and once that it goes on', async () => {
  const world = await inChat();
  world.serviceNow.trouble = () => ({ how: 'refused', kind: 'unreachable' });
  await world.passes(10_000);
  expect(world.teams.seenBy()).toEqual(['[support_interrupted]']);
  await world.passes(880_000);
  world.serviceNow.say('Beth', 'still here?');
  world.serviceNow.trouble = () => undefined;
  await world.passes(60_000);
  expect(world.teams.seenBy()).toEqual(['[support_interrupted]', '[support_goes_on]', 'still here?']);
  expect(await world.phase()).toBe('connected');
});

test('a short trouble is nobody told of', async () => {
  const world = await inChat();
  world.serviceNow.trouble = () => ({ how: 'refused', kind: 'unreachable' });
  await world.passes(4_000);
  world.serviceNow.trouble = () => undefined;
  await world.passes(60_000);
  expect(world.teams.seenBy()).toEqual([]);
});

test('words that wait and words that cannot be read are one interruption', async () => {
  const world = await inChat();
  world.serviceNow.trouble = () => ({ how: 'refused', kind: 'unreachable' });
  await world.says('hello?');
  await world.passes(20_000);
  world.serviceNow.trouble = () => undefined;
  await world.passes(60_000);
  expect(world.teams.seenBy()).toEqual(['[support_interrupted]', '[support_goes_on]']);
  expect(world.serviceNow.posted()).toEqual(['hello?']);
});

test('who was told of an interruption before a restart is told after it that the chat goes on', async () => {
  const world = await inChat();
  world.serviceNow.trouble = () => ({ how: 'refused', kind: 'unreachable' });
  await world.passes(10_000);
  await world.restart();
  await world.passes(30_000);
  world.serviceNow.trouble = () => undefined;
  await world.passes(30_000);
  expect(world.teams.seenBy()).toEqual(['[support_interrupted]', '[support_goes_on]']);
});

test('the log says once that reads are disturbed, and once that they work again', async () => {
  const lines: string[] = [];
  const note = (event: string) => void lines.push(event);
  const world = await inChat({ log: { info: note, warn: note, error: note } });
  for (const call of ['glance', 'read']) {
    world.serviceNow.trouble = (other) => (other === call ? { how: 'refused', kind: 'unreachable' } : undefined);
    world.serviceNow.say('Beth', `while ${call} fails`);
    await world.passes(60_000);
    world.serviceNow.trouble = () => undefined;
    await world.passes(30_000);
  }
  const reading = lines.filter((event) => event.startsWith('reading_'));
  expect(reading).toEqual(['reading_disturbed', 'reading_again', 'reading_disturbed', 'reading_again']);
});

test('after a 429 chats are looked at half as often, and little by little as often as before (row 21)', async () => {
  const world = await inChat();
  const looks: number[] = [];
  let throttles = true;
  world.serviceNow.trouble = (call) => {
    if (call !== 'glance') return undefined;
    looks.push(world.clock.now());
    if (!throttles) return undefined;
    throttles = false;
    return { how: 'refused', kind: 'throttled', retryAfterMs: 10_000 };
  };
  await world.passes(300_000);
  const pauses = looks.slice(1).map((at, index) => at - (looks[index] ?? 0));
  expect(pauses[0]).toBeGreaterThanOrEqual(10_000);
  expect(pauses[1]).toBeGreaterThan(1_800);
  expect(pauses.at(-1)).toBe(1_000);
});
