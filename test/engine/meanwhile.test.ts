import { sender, World } from '../support/world/world';

async function inQueue(): Promise<World> {
  const world = new World();
  await world.says('/live_agent');
  return world;
}

/** Clicks a button of the card that belongs to this chat. */
function clicks(world: World, command: string, chat = world.serviceNow.chat.live.id as string, user = 'ana') {
  return world.says(command, { chat, user });
}

const posted = (world: World) => world.serviceNow.posted();
const saidMeanwhile = (world: World) =>
  world.serviceNow.notices.flatMap((notice) =>
    notice.key === 'said_meanwhile' ? [notice.lines.map(({ who, text }) => `${who}: ${text}`)] : [],
  );

test('who waits can ask the assistant, and the agent reads what was said', async () => {
  const world = await inQueue();
  await clicks(world, '/ask_assistant');
  await world.says('how do I print?');
  expect(world.assistant.asked).toEqual(['how do I print?']);
  expect(posted(world)).toEqual([]);
  world.serviceNow.accept();
  await world.tick(3);
  await world.says('still no paper');
  expect(world.teams.seenBy()).toEqual([
    '[connecting]',
    '[queued]',
    '[assistant_meanwhile]',
    'you said how do I print?',
    '[agent_joined]',
    '[words_go_to_agent]',
  ]);
  expect(saidMeanwhile(world)).toEqual([['user: how do I print?', 'bot: you said how do I print?']]);
  expect(posted(world)).toEqual(['<said_meanwhile>', 'still no paper']);
  expect(world.assistant.asked).toEqual(['how do I print?']);
});

test('the assistant speaks while it is wanted, and is silent again when the words go to the agent', async () => {
  const world = await inQueue();
  await clicks(world, '/ask_assistant');
  await clicks(world, '/back_to_agent');
  await world.says('/end_chat');
  expect(world.assistant.news.map(({ news }) => news.event)).toEqual([
    'chat_started',
    'asked_meanwhile',
    'chat_started',
    'chat_ended',
  ]);
});

test('the card tells where the words go, and a second click changes nothing', async () => {
  const world = await inQueue();
  await clicks(world, '/ask_assistant');
  await clicks(world, '/ask_assistant');
  await clicks(world, '/back_to_agent');
  await clicks(world, '/back_to_agent');
  expect(world.teams.updates.map(({ status }) => status.meanwhile)).toEqual([true, undefined]);
  expect(world.teams.seenBy()).toEqual(['[connecting]', '[queued]', '[assistant_meanwhile]', '[words_go_to_agent]']);
});

test('what the assistant was not asked yet goes to the agent, once', async () => {
  const world = await inQueue();
  await clicks(world, '/ask_assistant');
  let answer = () => {};
  world.assistant.thinking = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  await world.says('first');
  await world.says('second');
  world.serviceNow.accept();
  await world.tick(3);
  expect(posted(world)).toEqual(['<said_meanwhile>', 'second']);
  expect(saidMeanwhile(world)).toEqual([['user: first']]);
  answer();
  await world.tick(3);
  expect(saidMeanwhile(world)).toEqual([['user: first'], ['bot: you said first']]);
  expect(world.assistant.asked).toEqual(['first']);
});

test('an assistant that wants a person leads back to the queue, not into another one', async () => {
  const world = await inQueue();
  await clicks(world, '/ask_assistant');
  await world.says('talk to live agent');
  await world.says('I mean it');
  expect(world.serviceNow.chats).toHaveLength(1);
  expect(posted(world)).toEqual(['<said_meanwhile>', 'I mean it']);
  expect(world.teams.seenBy().slice(-2)).toEqual(['I am connecting you.', '[words_go_to_agent]']);
});

test('what was said while waiting in vain is in the brief of the next chat', async () => {
  const world = await inQueue();
  await clicks(world, '/ask_assistant');
  await world.says('how do I print?');
  await world.says('/end_chat');
  await world.says('/live_agent');
  const [, second] = world.serviceNow.chats;
  expect(second?.request.handoff.transcript.map(({ text }) => text)).toEqual([
    'how do I print?',
    'you said how do I print?',
  ]);
});

test('a correction of what the assistant was asked is not said to the agent as one', async () => {
  const world = await inQueue();
  await clicks(world, '/ask_assistant');
  await world.says('how do I pint?', { turn: 'q' });
  const from = sender();
  const at = world.clock.now();
  await world.happens({ type: 'user_edited', message: { turn: 'q' as never, text: 'how do I print?', at }, from, at });
  await clicks(world, '/back_to_agent');
  expect(posted(world)).toEqual(['<said_meanwhile>']);
  expect(saidMeanwhile(world)).toEqual([['user: how do I print?', 'bot: you said how do I pint?']]);
});

test('it goes on over a crash: the assistant has the words, and then the agent', async () => {
  const world = await inQueue();
  await clicks(world, '/ask_assistant');
  await world.restart();
  await world.says('how do I print?');
  await world.restart();
  world.serviceNow.accept();
  await world.tick(3);
  expect(world.assistant.asked).toEqual(['how do I print?']);
  expect(posted(world)).toEqual(['<said_meanwhile>']);
});

test('a button of a chat that is over ends no other one', async () => {
  const world = await inQueue();
  const first = world.serviceNow.chat.live.id;
  await world.says('/end_chat');
  await world.passes(120_000);
  await world.says('/live_agent');
  await clicks(world, '/end_chat', first);
  await clicks(world, '/ask_assistant', first);
  expect([await world.phase(), world.teams.seenBy().slice(-2)]).toEqual(['queued', ['[old_button]', '[old_button]']]);
});

test('a second click on the end is no news', async () => {
  const world = await inQueue();
  const chat = world.serviceNow.chat.live.id;
  await clicks(world, '/end_chat', chat);
  await clicks(world, '/end_chat', chat);
  expect(world.teams.seenBy()).toEqual(['[connecting]', '[queued]', '[ended_by_user]']);
});

test("somebody else's click on the card ends nobody's chat", async () => {
  const world = await inQueue();
  const anas = world.serviceNow.chat.live.id;
  await world.says('/live_agent', { user: 'bob' });
  await clicks(world, '/end_chat', anas, 'bob');
  await clicks(world, '/end_chat', anas, 'eve');
  expect([await world.phase('ana'), await world.phase('bob'), await world.phase('eve')]).toEqual([
    'queued',
    'queued',
    'assisted',
  ]);
  expect(world.teams.seenBy('eve')).toEqual(['[old_button]']);
});

test('an assistant that takes its time meanwhile is apologised for, once', async () => {
  const world = await inQueue();
  await clicks(world, '/ask_assistant');
  world.assistant.thinking = () => new Promise(() => {});
  await world.says('first');
  await world.passes(30_000);
  expect(world.teams.seenBy().slice(2)).toEqual(['[assistant_meanwhile]', '[one_moment]']);
});

test('who asks for the assistant without a chat is told that it listens', async () => {
  const world = new World();
  await world.says('/ask_assistant');
  expect([world.teams.seenBy(), world.assistant.asked]).toEqual([['[assistant_listens]'], []]);
});
