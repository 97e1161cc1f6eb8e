import type { FailureKind } from '../../src/conversation/failures';
import { makeMetrics } from '../../src/http/metrics';
import { sender, type World } from '../support/world/world';
import { failure, inChat, joins } from './support/live';

/** The next so many messages are refused by Teams in this way, and nothing of them is shown. */
function refuses(world: World, times: number, kind: FailureKind, retryAfterMs?: number): number[] {
  const show = world.teams.show.bind(world.teams);
  const tries: number[] = [];
  world.teams.show = (...args) => {
    tries.push(world.clock.now());
    return tries.length <= times ? Promise.reject(failure('teams', kind, { retryAfterMs })) : show(...args);
  };
  return tries;
}

test.each(['refused', 'not_found'] as const)(
  'a conversation that Teams closes to us (%s): the agent is told, the chat is left, and nothing more is sent (rows 36, 37)',
  async (kind) => {
    const world = await inChat();
    const tries = refuses(world, Number.POSITIVE_INFINITY, kind);
    world.serviceNow.say('Beth', 'are you there?');
    await world.passes(5_000);
    expect(world.serviceNow.posted()).toEqual(['<employee_unreachable>']);
    expect(world.serviceNow.chat.leaves).toBe(1);
    const sends = tries.length;
    await world.passes(3_600_000);
    expect(tries).toHaveLength(sends);
  },
);

test('an employee whose conversation was gone writes again from a new address, and is answered there (row 37)', async () => {
  const world = await inChat();
  refuses(world, 1, 'not_found');
  world.serviceNow.say('Beth', 'are you there?');
  await world.passes(5_000);
  await world.says('hello');
  await world.passes(5_000);
  expect(world.teams.seenBy()).toEqual(['you said hello']);
});

test('a message that Teams answers with 412 is sent again within three seconds, and is read once and without a mark (row 38)', async () => {
  const world = await inChat();
  const tries = refuses(world, 1, 'unreachable');
  world.serviceNow.say('Beth', 'hello');
  await world.tick();
  await world.passes(10_000);
  expect(world.teams.seenBy()).toEqual(['hello']);
  expect((tries[1] ?? 0) - (tries[0] ?? 0)).toBeLessThanOrEqual(3_000);
});

test('when Teams says 429 a conversation waits as long as it asks, nobody else waits, and all is read in order (row 39)', async () => {
  const world = await inChat();
  const bobs = await joins(world, 'bob');
  const [anas] = world.serviceNow.chats;
  const show = world.teams.show.bind(world.teams);
  let refusals = 1;
  world.teams.show = (to, ...rest) => {
    if (to.user.id !== 'ana' || refusals === 0) return show(to, ...rest);
    refusals -= 1;
    return Promise.reject(failure('teams', 'throttled', { retryAfterMs: 9_000 }));
  };
  for (const text of ['one', 'two', 'three']) world.serviceNow.say('Beth', text, { chat: anas });
  world.serviceNow.say('Beth', 'for Bob', { chat: bobs });
  await world.passes(8_000);
  expect([world.teams.seenBy('ana'), world.teams.seenBy('bob')]).toEqual([[], ['for Bob']]);
  await world.passes(10_000);
  expect(world.teams.seenBy('ana')).toEqual(['one', 'two', 'three']);
});

test('forty rows of an agent in one second are read within five seconds: they are put together into few messages (row 39)', async () => {
  const world = await inChat();
  await world.passes(60_000);
  world.teams.messages = 0;
  const said = Array.from({ length: 40 }, (_, n) => world.serviceNow.say('Beth', `row ${n}`));
  await world.passes(6_000);
  expect(world.teams.seenBy()).toEqual(said.map(({ text }) => text));
  expect(world.teams.messages).toBeLessThan(10);
});

test('words that Teams finds too big are not lost without a word: the agent is told (row 40)', async () => {
  const world = await inChat();
  refuses(world, 1, 'too_large');
  world.serviceNow.say('Beth', 'short, but too big with all that Teams adds');
  await world.passes(10_000);
  expect(world.serviceNow.posted()).toEqual(['<words_not_shown>']);
});

test('words that Teams finds too big are cut into smaller messages, and read whole (row 40)', async () => {
  const world = await inChat();
  const text = Array.from({ length: 2_000 }, (_, n) => `word ${n}`).join(' ');
  const show = world.teams.show.bind(world.teams);
  world.teams.show = (to, content, ...rest) =>
    content.kind === 'agent' && content.text.length > 5_000
      ? Promise.reject(failure('teams', 'too_large'))
      : show(to, content, ...rest);
  world.serviceNow.say('Beth', text);
  await world.passes(30_000);
  expect(world.teams.seenBy().join(' ')).toBe(text);
});

test('an uninstall that is only told of, while sends still work: the agent is told, the chat is left, nothing is sent (row 42)', async () => {
  const world = await inChat();
  world.serviceNow.say('Beth', 'one moment');
  await world.happens({ type: 'app_uninstalled', from: sender(), at: world.clock.now() });
  await world.passes(10_000);
  expect(world.serviceNow.posted()).toEqual(['<employee_unreachable>']);
  expect(world.serviceNow.chat.leaves).toBe(1);
  expect(world.teams.seenBy()).toEqual([]);
});

test('an employee who goes on from another device is answered where she wrote last (row 56)', async () => {
  const world = await inChat();
  const seen: string[] = [];
  const show = world.teams.show.bind(world.teams);
  world.teams.show = (to, ...rest) => {
    seen.push(`${to.reference.serviceUrl} ${to.user.locale}`);
    return show(to, ...rest);
  };
  const before = sender();
  const from = {
    reference: { ...before.reference, serviceUrl: 'https://smba.trafficmanager.net/amer/' },
    user: { ...before.user, locale: 'de-DE' },
  };
  const at = world.clock.now();
  const message = { turn: 'phone' as never, text: 'now on my phone', at };
  await world.happens({ type: 'user_spoke', message, from, at }, { turn: 'phone' as never });
  world.serviceNow.say('Beth', 'fine');
  await world.passes(5_000);
  expect(world.serviceNow.posted()).toEqual(['now on my phone']);
  expect(seen).toEqual(['https://smba.trafficmanager.net/amer/ de-DE']);
});

test('a message that is shown once more after a kill is counted with those of which nobody knows (row 7)', async () => {
  const metrics = makeMetrics({ live: () => 0, lagMs: () => 0 });
  const world = await inChat({ log: metrics.log });
  const show = world.teams.show.bind(world.teams);
  world.teams.show = async (...given) => {
    const shown = await show(...given);
    world.life.die();
    return shown;
  };
  world.serviceNow.say('Beth', 'hello');
  await world.tick(2);
  world.teams.show = show;
  await world.restart();
  await world.passes(20_000);
  expect(world.teams.seenBy()).toEqual(['hello', '(again) hello']);
  expect(await metrics.text()).toMatch(/teams_ambiguous_total [1-9]/);
});
