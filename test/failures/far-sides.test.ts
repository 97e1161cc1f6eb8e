import type { FailureKind } from '../../src/conversation/failures';
import { World } from '../support/world/world';
import { failure, inChat, joins } from './support/live';

const minute = 60_000;

/** Everything that ServiceNow is asked is answered like this from now on. */
function answersAll(world: World, kind: FailureKind): void {
  world.serviceNow.trouble = () => ({ how: 'refused', kind });
}

/** A world that keeps what the log says. */
function logging() {
  const lines: { readonly event: string; readonly kind?: unknown }[] = [];
  const note = (event: string, fields: Readonly<Record<string, unknown>> = {}) => void lines.push({ event, ...fields });
  return { lines, log: { info: note, warn: note, error: note } };
}

test('a secret that was changed: the log raises the alarm, the employee is told once, and a quarter of an hour later the chat goes on (row 18)', async () => {
  const { lines, log } = logging();
  const world = await inChat({ log });
  answersAll(world, 'unauthorized');
  await world.passes(15 * minute);
  expect(lines.filter(({ event }) => event === 'upstream_left_alone').map(({ kind }) => kind)).toEqual([
    'unauthorized',
  ]);
  expect(world.teams.seenBy()).toEqual(['[support_interrupted]']);
  world.serviceNow.trouble = () => undefined;
  world.serviceNow.say('Beth', 'are you still there?');
  await world.passes(30_000);
  expect(world.teams.seenBy().slice(1)).toEqual(['[support_goes_on]', 'are you still there?']);
});

test('a word that is refused with 401 for its whole budget is named, and the chat is over (row 18)', async () => {
  const world = await inChat();
  answersAll(world, 'unauthorized');
  await world.says('hello?');
  await world.passes(40_000);
  expect(await world.phase()).toBe('connected');
  await world.passes(50_000);
  expect(world.teams.seenBy()).toEqual(['[support_interrupted]', '[ended_not_located]', '[not_delivered]']);
});

test('403 on one chat, about which the queue says nothing either, is the end of that chat and of no other (row 19)', async () => {
  const world = await inChat();
  const bobs = await joins(world, 'bob');
  const [anas] = world.serviceNow.chats;
  const { read, state, leave } = world.serviceNow;
  const forbid = <T>(call: (...args: never[]) => Promise<T>) =>
    ((chat: typeof bobs.live, ...rest: never[]) =>
      chat.id === anas?.live.id
        ? Promise.reject(failure('servicenow', 'refused'))
        : call.call(world.serviceNow, chat as never, ...rest)) as never;
  Object.assign(world.serviceNow, { read: forbid(read), state: forbid(state), leave: forbid(leave) });
  world.serviceNow.canList = false;
  await world.passes(20_000);
  world.serviceNow.say('Beth', 'still with you', { chat: bobs });
  await world.passes(20_000);
  expect(world.teams.seenBy('ana')).toEqual(['[ended_not_located]']);
  expect(world.teams.seenBy('bob')).toEqual(['still with you']);
});

test('403 on everything is a matter of the configuration: it is said in the log, and no chat is ended for it (row 19)', async () => {
  const world = new World();
  const users = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6'];
  for (const user of users) await joins(world, user);
  answersAll(world, 'refused');
  await world.passes(minute);
  const phases = await Promise.all(users.map((user) => world.phase(user)));
  expect(phases).toEqual(users.map(() => 'connected'));
});

/** An instance that takes so many calls a minute from us, and answers 429 to all others. */
function limits(world: World, callsPerMinute: number) {
  const times: { readonly call: string; readonly at: number }[] = [];
  const begin = world.clock.now();
  const window = () => Math.floor((world.clock.now() - begin) / minute);
  let taken = 0;
  let current = 0;
  const guard = (name: 'glance' | 'read' | 'post') => {
    const call = world.serviceNow[name].bind(world.serviceNow) as (...args: unknown[]) => Promise<unknown>;
    Object.assign(world.serviceNow, {
      [name]: (...args: unknown[]) => {
        times.push({ call: name, at: world.clock.now() });
        if (window() !== current) taken = 0;
        current = window();
        taken += 1;
        const retryAfterMs = begin + (current + 1) * minute - world.clock.now();
        return taken > callsPerMinute
          ? Promise.reject(failure('servicenow', 'throttled', { retryAfterMs }))
          : call(...args);
      },
    });
  };
  for (const name of ['glance', 'read', 'post'] as const) guard(name);
  return times;
}

test('429 with a time: nobody calls before it, words go as soon as it has passed, and nothing is lost on either side (row 21)', async () => {
  const world = await inChat();
  const times = limits(world, 20);
  await world.passes(30_000);
  const before = times.length;
  await world.says('one');
  world.serviceNow.say('Beth', 'two');
  await world.passes(25_000);
  expect(times.length).toBe(before);
  await world.passes(20_000);
  const [again] = times.slice(before);
  const post = times.find(({ call }) => call === 'post');
  expect((post?.at ?? 0) - (again?.at ?? 0)).toBeLessThan(500);
  expect(world.serviceNow.posted()).toEqual(['one']);
  expect(world.teams.seenBy()).toContain('two');
});

test('an instance that has said 429 is read at half the pace for a while, so that words find room (row 21)', async () => {
  const world = await inChat();
  const times = limits(world, 20);
  await world.passes(minute);
  const refusedAt = world.clock.now();
  await world.passes(20_000);
  expect(times.filter(({ at }) => at >= refusedAt).length).toBeLessThanOrEqual(11);
});

test('events do not make an instance be read faster that has said 429 (rows 21, 62)', async () => {
  const world = await inChat();
  const times = limits(world, 20);
  await world.passes(minute);
  const refusedAt = world.clock.now();
  for (let heard = 0; heard < 80; heard += 1) {
    world.reader.wake();
    await world.passes(250);
  }
  expect(times.filter(({ at }) => at >= refusedAt).length).toBeLessThanOrEqual(11);
});

test('words for a session that is crowded (202) wait, one call at a time, and arrive once and in order (row 22)', async () => {
  const world = await inChat();
  const post = world.serviceNow.post.bind(world.serviceNow);
  let underWay = 0;
  let mostAtOnce = 0;
  let refusals = 6;
  world.serviceNow.post = async (request) => {
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    await new Promise<void>((resolve) => setImmediate(resolve));
    underWay -= 1;
    refusals -= 1;
    if (refusals >= 0) throw failure('servicenow', 'unreachable');
    return post(request);
  };
  for (const text of ['one', 'two', 'three']) await world.deliver(text);
  await world.passes(minute);
  expect(world.serviceNow.posted()).toEqual(['one', 'two', 'three']);
  expect(mostAtOnce).toBe(1);
});

test.each(['unreachable', 'malformed'] as const)(
  'an instance that is away or shows pages (%s) is never taken for an empty thread: the outage is said, and all is read afterwards (rows 23, 24)',
  async (kind) => {
    const world = await inChat();
    answersAll(world, kind);
    world.serviceNow.say('Beth', 'first');
    await world.passes(10_000);
    expect(world.teams.seenBy()).toEqual(['[support_interrupted]']);
    world.serviceNow.say('Beth', 'second');
    await world.passes(2 * minute);
    world.serviceNow.trouble = () => undefined;
    await world.passes(30_000);
    expect(world.teams.seenBy()).toEqual(['[support_interrupted]', '[support_goes_on]', 'first', 'second']);
  },
);

test('a read that brought nonsense moves nothing: its rows are shown by the next one, once (row 26)', async () => {
  const world = await inChat();
  const [before] = await world.store.watched();
  let bad = 2;
  world.serviceNow.trouble = (call) => {
    if (call !== 'read') return undefined;
    bad -= 1;
    return bad >= 0 ? { how: 'refused', kind: 'malformed' } : undefined;
  };
  world.serviceNow.say('Beth', 'hello');
  await world.tick();
  expect((await world.store.watched())[0]?.cursor).toEqual(before?.cursor);
  await world.passes(30_000);
  expect(world.teams.seenBy()).toEqual(['hello']);
});
