import type { Instant } from '../../src/conversation/types';
import { inChat, joins } from './support/live';

const hour = 3_600_000;
const ever = 0 as Instant;

// A day is played second by second.
test('a leave that fails is repeated with growing pauses for a day, then nobody calls any more, and it stands among what was given up (row 58)', async () => {
  const world = await inChat();
  const times: number[] = [];
  world.serviceNow.trouble = (call) => {
    if (call === 'leave') times.push(world.clock.now());
    return call === 'leave' ? { how: 'refused', kind: 'unreachable' } : undefined;
  };
  const begin = world.clock.now();
  await world.says('/end_chat');
  await world.says('hello');
  await world.passes(10_000);
  expect(world.teams.seenBy()).toContain('you said hello');
  await world.passes(26 * hour);
  const ended = times.at(-1) ?? 0;
  expect(ended - begin).toBeGreaterThan(23 * hour);
  expect(ended - begin).toBeLessThan(25 * hour);
  expect(times.length).toBeLessThan(500);
  const given = await world.store.givenUp(ever, 100);
  expect(given.filter(({ type }) => type === 'reap').map(({ state }) => state)).toEqual(['given_up']);
  expect(world.teams.seenBy().filter((text) => text.startsWith('[ended_'))).toHaveLength(1);
}, 120_000);

test('the chat of the next hand-off is opened and left although the one before cannot be left (row 58)', async () => {
  const world = await inChat();
  const first = world.serviceNow.chat;
  const leave = world.serviceNow.leave.bind(world.serviceNow);
  world.serviceNow.leave = (chat) => {
    world.serviceNow.trouble = (call) =>
      call === 'leave' && chat.id === first.live.id ? { how: 'refused', kind: 'unreachable' } : undefined;
    return leave(chat);
  };
  await world.says('/end_chat');
  await world.passes(20_000);
  const second = await joins(world);
  await world.says('/end_chat');
  await world.passes(20_000);
  expect([first.leaves, second.leaves]).toEqual([0, 1]);
  expect(world.teams.seenBy()).toEqual(['[ended_by_user]']);
});

test('a message that ServiceNow will never take is named once, kept among what was given up, and the words after it arrive (row 59)', async () => {
  const world = await inChat();
  const post = world.serviceNow.post.bind(world.serviceNow);
  let tries = 0;
  world.serviceNow.post = (request) => {
    const isPoison = request.words.from === 'employee' && request.words.part === 'poison';
    tries += isPoison ? 1 : 0;
    world.serviceNow.trouble = (call) =>
      call === 'post' && isPoison ? { how: 'refused', kind: 'rejected' } : undefined;
    return post(request);
  };
  for (const text of ['one', 'poison', 'two']) await world.deliver(text);
  await world.passes(10 * 60_000);
  expect(world.serviceNow.posted()).toEqual(['one', 'two']);
  expect(tries).toBeLessThanOrEqual(3);
  expect(world.teams.shown.map(({ content }) => content)).toEqual([
    { kind: 'notice', notice: { key: 'not_delivered', texts: ['poison'] }, replyTo: expect.any(String) },
  ]);
  expect((await world.store.givenUp(ever, 100)).map(({ type }) => type)).toEqual(['post']);
  expect(await world.phase()).toBe('connected');
});
