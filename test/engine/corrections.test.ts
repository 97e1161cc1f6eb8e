import type { ConversationEvent } from '../../src/conversation/events';
import type { TurnId } from '../../src/conversation/types';
import { sender, World } from '../support/world/world';

async function inChat(): Promise<World> {
  const world = new World();
  await world.says('/live_agent');
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hi, I am Beth');
  await world.tick(4);
  world.teams.shown.length = 0;
  return world;
}

let changes = 0;

/** The employee edits, withdraws or reacts. */
async function changesHerMind(
  world: World,
  change: { edits: string; to: string } | { withdraws: string } | { reacts: string },
): Promise<void> {
  const at = world.clock.now();
  const from = sender();
  changes += 1;
  const event: ConversationEvent =
    'edits' in change
      ? { type: 'user_edited', message: { turn: change.edits as TurnId, text: change.to, at }, from, at }
      : 'withdraws' in change
        ? { type: 'user_withdrew', turn: change.withdraws as TurnId, from, at }
        : { type: 'user_reacted', reaction: change.reacts, from, at };
  await world.happens(event, { turn: `change ${changes}` as TurnId });
  await world.settle();
}

const silent = { how: 'refused', kind: 'unreachable' } as const;

test('words that the agent has already are corrected in the thread (row 56)', async () => {
  const world = await inChat();
  await world.says('it is the mouse', { turn: 'one' });
  await changesHerMind(world, { edits: 'one', to: 'it is the house' });
  expect(world.serviceNow.posted()).toEqual(['it is the mouse', '(corrects) it is the house']);
});

test('words that still wait are changed themselves, in their place', async () => {
  const world = await inChat();
  world.serviceNow.trouble = () => silent;
  await world.says('first', { turn: 'one' });
  await world.says('it is the mouse', { turn: 'two' });
  await world.says('last', { turn: 'three' });
  await changesHerMind(world, { edits: 'two', to: 'it is the house' });
  world.serviceNow.trouble = () => undefined;
  await world.passes(30_000);
  expect(world.serviceNow.posted()).toEqual(['first', 'it is the house', 'last']);
});

test('words that still wait and are taken back are never said', async () => {
  const world = await inChat();
  world.serviceNow.trouble = () => silent;
  await world.says('first', { turn: 'one' });
  await world.says('my password is 1234', { turn: 'two' });
  await changesHerMind(world, { withdraws: 'two' });
  world.serviceNow.trouble = () => undefined;
  await world.passes(30_000);
  expect(world.serviceNow.posted()).toEqual(['first']);
});

test('the agent hears which message was taken back (row 56)', async () => {
  const world = await inChat();
  await world.says('never mind', { turn: 'one' });
  await changesHerMind(world, { withdraws: 'one' });
  expect(world.serviceNow.posted()).toEqual(['never mind', '<words_withdrawn>']);
});

test('a word on its way is not changed under the call; the correction follows it', async () => {
  const world = await inChat();
  world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'lost_after' } : undefined);
  await world.deliver('it is the mouse', { turn: 'one' });
  await world.settle();
  await changesHerMind(world, { edits: 'one', to: 'it is the house' });
  world.serviceNow.trouble = () => undefined;
  await world.passes(30_000);
  expect(world.serviceNow.posted()).toEqual(['it is the mouse', '(corrects) it is the house']);
});

test('words that are held until the chat exists arrive as they were meant at last', async () => {
  const world = new World();
  world.serviceNow.trouble = () => silent;
  await world.says('/live_agent');
  await world.says('the mouse', { turn: 'one' });
  await world.says('and my password', { turn: 'two' });
  await changesHerMind(world, { edits: 'one', to: 'the house' });
  await changesHerMind(world, { withdraws: 'two' });
  world.serviceNow.trouble = () => undefined;
  await world.passes(30_000);
  expect(world.serviceNow.posted()).toEqual(['the house']);
});

test('the agent reads in the transcript what the employee meant at last, and not what she took back', async () => {
  const world = new World();
  await world.says('the mouse', { turn: 'one' });
  await world.says('my password', { turn: 'two' });
  await changesHerMind(world, { edits: 'one', to: 'the house' });
  await changesHerMind(world, { withdraws: 'two' });
  await world.says('/live_agent');
  const lines = world.serviceNow.chat.request.handoff.transcript.filter(({ who }) => who === 'user');
  expect(lines.map(({ text }) => text)).toEqual(['the house']);
});

test('a message of long ago that is edited into a command ends no chat', async () => {
  const world = await inChat();
  await world.says('hello', { turn: 'one' });
  await changesHerMind(world, { edits: 'one', to: '/end_chat' });
  expect([await world.phase(), world.serviceNow.posted()]).toEqual(['connected', ['hello']]);
});

test('a reaction is a short note for the agent, and nothing where there is none', async () => {
  const world = await inChat();
  await changesHerMind(world, { reacts: '👍' });
  expect(world.serviceNow.posted()).toEqual(['<reacted>']);
  await world.says('/end_chat');
  await world.passes(10_000);
  await changesHerMind(world, { reacts: '👍' });
  expect(world.assistant.asked).toEqual([]);
});

test('a question that the assistant was not asked yet is asked as it was meant', async () => {
  const world = new World();
  let answer = () => {};
  const answers = [new Promise<void>((resolve) => (answer = resolve))];
  world.assistant.thinking = async () => void (await answers.shift());
  await world.deliver('slow one', { turn: 'one' });
  await world.deliver('the mouse', { turn: 'two' });
  await world.deliver('never mind', { turn: 'three' });
  for (let n = 0; n < 20; n += 1) await new Promise((resolve) => setImmediate(resolve));
  await changesHerMind(world, { edits: 'two', to: 'the house' });
  await changesHerMind(world, { withdraws: 'three' });
  answer();
  await world.settle();
  expect(world.assistant.asked).toEqual(['slow one', 'the house']);
});
