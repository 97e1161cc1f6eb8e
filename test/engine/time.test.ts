import type { Effect } from '../../src/conversation/effects';
import { ApiFailure, type FailureKind } from '../../src/conversation/failures';
import { judge } from '../../src/conversation/retry';
import { defaultRules } from '../../src/conversation/rules';
import { sender, World } from '../support/world/world';

function failure(kind: FailureKind, certain: boolean, retryAfterMs?: number): ApiFailure {
  return new ApiFailure({ upstream: 'servicenow', kind, certain, message: 'fake', retryAfterMs });
}

async function inChat(options?: ConstructorParameters<typeof World>[0]): Promise<World> {
  const world = new World(options);
  await world.says('talk to a live agent');
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hi, I am Beth');
  await world.tick(4);
  world.teams.shown.length = 0;
  return world;
}

test('an agent who takes a chat after a long wait finds it open', async () => {
  const world = new World({ rules: { queueTimeoutMs: 0 } });
  await world.says('/live_agent');
  await world.passes(3_600_000);
  world.serviceNow.accept();
  await world.tick(3);
  expect([await world.phase(), world.serviceNow.chat.leaves]).toEqual(['connected', 0]);
});

test('an agent who takes a chat has the whole idle time for the first word', async () => {
  const world = new World();
  await world.says('/live_agent');
  await world.passes(840_000);
  world.serviceNow.accept();
  await world.passes(1_700_000);
  expect(await world.phase()).toBe('connected');
});

test('a chat that waits in a second queue is not ended at the moment when the next agent takes it', async () => {
  const world = await inChat();
  await world.passes(1_500_000);
  world.serviceNow.chat.state = 'waiting';
  await world.passes(800_000);
  world.serviceNow.accept();
  await world.tick(3);
  expect(await world.phase()).toBe('connected');
});

test('an agent who wrote while no process was there is not told that nobody wrote', async () => {
  const world = await inChat();
  await world.passes(1_740_000);
  world.life.die();
  world.clock.clear();
  world.serviceNow.say('Beth', 'I have found it');
  world.clock.step(world.clock.now() + 120_000);
  await world.restart();
  await world.passes(5_000);
  expect([await world.phase(), world.teams.seenBy()]).toEqual(['connected', ['[idle_warning]', 'I have found it']]);
});

test('an agent who took the chat while no process was there is not told that nobody came', async () => {
  const world = new World();
  await world.says('/live_agent');
  await world.passes(870_000);
  world.life.die();
  world.clock.clear();
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hello Ana');
  world.clock.step(world.clock.now() + 60_000);
  await world.restart();
  await world.passes(5_000);
  expect(world.teams.seenBy().slice(2)).toEqual(['[agent_joined]', 'Hello Ana']);
});

test('queue and idle time run on while no process is there', async () => {
  const world = new World();
  await world.says('/live_agent');
  world.life.die();
  world.clock.clear();
  world.clock.step(world.clock.now() + 901_000);
  await world.restart();
  await world.passes(5_000);
  expect(world.teams.seenBy().at(-1)).toBe('[ended_nobody_came]');
});

test('words to the employee are not held back for an hour because the clock was put back (row 16)', async () => {
  const world = await inChat();
  for (let n = 0; n < 7; n += 1) world.serviceNow.say('Beth', `line ${n}`);
  await world.tick(2);
  world.clock.putBack(3_600_000);
  const row = world.serviceNow.say('Beth', 'after');
  await world.passes(60_000);
  expect([row.text, world.teams.seenBy().at(-1)]).toEqual(['after', 'after']);
});

test('a retry is not put off for an hour because the clock was put back (row 16)', async () => {
  const world = await inChat();
  world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'refused', kind: 'unreachable' } : undefined);
  await world.says('one');
  world.clock.putBack(3_600_000);
  world.serviceNow.trouble = () => undefined;
  await world.passes(60_000);
  expect(world.serviceNow.posted()).toEqual(['one']);
});

test('reading goes on although the clock was put back after a failed read (row 16)', async () => {
  const world = await inChat();
  world.serviceNow.trouble = (call) => (call === 'glance' ? { how: 'refused', kind: 'unreachable' } : undefined);
  await world.passes(20_000);
  world.clock.putBack(3_600_000);
  world.serviceNow.trouble = () => undefined;
  for (const text of ['still there?', 'hello?']) {
    world.serviceNow.say('Beth', text, { at: (world.serviceNow.now() + 3_600_000) as never });
    await world.passes(120_000);
  }
  expect(world.teams.seenBy()).toEqual(['still there?', 'hello?']);
});

test('ServiceNow is not asked again at once when it wants to be left in peace for ten minutes', async () => {
  const world = await inChat();
  let posts = 0;
  world.serviceNow.post = () => {
    posts += 1;
    return Promise.reject(failure('throttled', true, 600_000));
  };
  await world.says('one');
  await world.passes(60_000);
  expect(posts).toBe(1);
});

test('ServiceNow is left in peace when it says so with a 503', async () => {
  const world = await inChat();
  let posts = 0;
  world.serviceNow.post = () => {
    posts += 1;
    return Promise.reject(failure('unreachable', false, 30_000));
  };
  world.serviceNow.findPosted = () => Promise.resolve(undefined);
  await world.says('one');
  await world.passes(29_000);
  expect(posts).toBe(1);
});

test("the channel's limits hold across a restart, typing signs included (row 39)", async () => {
  const world = await inChat();
  const sent: number[] = [];
  const show = world.teams.show.bind(world.teams);
  world.teams.show = (...args) => {
    sent.push(world.clock.now());
    return show(...args);
  };
  world.teams.typing = async () => {
    sent.push(world.clock.now());
  };
  for (let n = 0; n < 30; n += 1) world.serviceNow.say('Beth', `line ${n}`);
  for (let n = 0; n < 12; n += 1) {
    await world.passes(700);
    await world.restart();
  }
  await world.passes(60_000);
  for (const [count, perMs] of [
    [7, 1_000],
    [8, 2_000],
    [60, 30_000],
  ] as const) {
    const most = Math.max(...sent.map((at) => sent.filter((other) => other > at - perMs && other <= at).length));
    expect(most).toBeLessThanOrEqual(count);
  }
  expect(world.teams.seenBy()).toHaveLength(30);
});

test('nothing is sent, no typing sign either, after the bot was uninstalled while the assistant thinks', async () => {
  const world = new World();
  world.assistant.thinking = () => new Promise(() => {});
  await world.deliver('hello');
  for (let n = 0; n < 5; n += 1) await new Promise((resolve) => setImmediate(resolve));
  await world.happens({ type: 'app_uninstalled', from: sender(), at: world.clock.now() });
  world.teams.typings = 0;
  const until = world.clock.now() + 20_000;
  while (world.clock.step(until)) for (let n = 0; n < 5; n += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(world.teams.typings).toBe(0);
});

/** The pause after a first attempt that failed with a `Retry-After`. */
function pauseAfter(certain: boolean, retryAfterMs: number): number {
  const effect = { type: 'post', chat: {}, words: {} } as unknown as Effect;
  const entry = { seq: 1, effect, state: 'in_flight', attempts: 1, doubts: 0, correlation: 'c' } as const;
  const kind = certain ? 'throttled' : 'unreachable';
  const verdict = judge(entry, failure(kind, certain, retryAfterMs), 0, defaultRules, () => 0.5);
  return verdict === 'give_up' ? Number.POSITIVE_INFINITY : verdict.againInMs;
}

test('a far side that answers "Retry-After: 0" is not called again and again without a pause', () => {
  expect(pauseAfter(true, 0)).toBeGreaterThanOrEqual(100);
});

test('words of which nobody knows whether they arrived are given their time before anybody looks, whatever Retry-After says', () => {
  expect(pauseAfter(false, 0)).toBeGreaterThanOrEqual(3_000);
});
