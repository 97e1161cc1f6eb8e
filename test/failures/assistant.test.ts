import { ApiFailure } from '../../src/conversation/failures';
import { startTeamsChannel } from '../support/teams-channel';
import { World } from '../support/world/world';
import { receivingSide } from '../teams/teams-side';
import { failure } from './support/live';

test.each([true, false])(
  'the assistant is down (certain: %s): it is asked a few times at the most, and the employee is told how to reach a person (row 34)',
  async (certain) => {
    const world = new World();
    let calls = 0;
    world.assistant.ask = () => {
      calls += 1;
      return Promise.reject(failure('rasa', 'unreachable', { certain }));
    };
    await world.says('hello');
    await world.passes(120_000);
    expect(calls).toBeLessThanOrEqual(6);
    expect(world.teams.seenBy()).toEqual([certain ? '[assistant_unavailable]' : '[please_send_again]']);
    await world.says('/live_agent');
    expect(world.serviceNow.chats).toHaveLength(1);
  },
);

test('an assistant that is down for many keeps nobody waiting: it is left alone, and each is told within ten seconds (row 34)', async () => {
  const world = new World();
  let calls = 0;
  world.assistant.ask = () => {
    calls += 1;
    return Promise.reject(failure('rasa', 'unreachable'));
  };
  const users = Array.from({ length: 200 }, (_, n) => `u${n}`);
  for (const user of users) await world.deliver('hello', { user });
  await world.passes(10_000);
  expect(users.filter((user) => world.teams.seenBy(user).length === 0)).toEqual([]);
  expect(calls).toBeLessThan(50);
});

test('an assistant that wants to hand off at every turn leads to one chat at a time, and never asks itself (row 35)', async () => {
  const world = new World();
  let calls = 0;
  world.assistant.ask = async () => {
    calls += 1;
    return { items: [{ text: 'I am connecting you.' }], handoff: {} };
  };
  world.serviceNow.trouble = (call) => (call === 'open' ? { how: 'refused', kind: 'refused' } : undefined);
  for (let n = 0; n < 5; n += 1) await world.says(`hello ${n}`);
  await world.passes(60_000);
  expect(calls).toBe(5);
  expect(world.serviceNow.calls.filter((call) => call === 'open')).toHaveLength(5);
  expect(world.serviceNow.chats).toEqual([]);
});

test('an answer that is none of the agreed shape is not asked for again and again (row 35)', async () => {
  const world = new World();
  let calls = 0;
  world.assistant.ask = () => {
    calls += 1;
    return Promise.reject(new ApiFailure({ upstream: 'rasa', kind: 'malformed', certain: false, message: 'shape' }));
  };
  await world.says('hello');
  await world.passes(120_000);
  expect(calls).toBe(1);
  expect(world.teams.seenBy()).toEqual(['[please_send_again]']);
});

test('two hundred messages of the assistant in one answer keep Teams’ limits, and the next question is answered (row 35)', async () => {
  const world = new World();
  const { ask } = world.assistant;
  world.assistant.ask = async (turn, ...rest) =>
    turn.message.text === 'flood'
      ? { items: Array.from({ length: 50 }, (_, n) => ({ text: `line ${n}` })) }
      : ask.call(world.assistant, turn, ...rest);
  await world.says('flood');
  await world.says('hello');
  await world.passes(1_000);
  expect(world.teams.seenBy().length).toBeLessThanOrEqual(8);
  await world.passes(60_000);
  expect(world.teams.seenBy().at(-1)).toBe('you said hello');
});

test('what the bot itself said and gets to hear again is not asked of the assistant (row 35)', async () => {
  const channel = await startTeamsChannel();
  const side = receivingSide(channel);
  const own = { from: { id: `28:${channel.appId}`, name: 'Help desk', role: 'bot' }, text: 'I am the bot' };
  await side.adapter.receive(`Bearer ${channel.token()}`, channel.activity(own));
  await side.close();
  await channel.close();
  expect(side.taken).toEqual([]);
});
