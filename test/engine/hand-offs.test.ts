import { ApiFailure, type FailureKind } from '../../src/conversation/failures';
import { keyOf, sender, World } from '../support/world/world';

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

async function uninstalls(world: World): Promise<void> {
  await world.happens({ type: 'app_uninstalled', from: sender(), at: world.clock.now() });
}

/** The assistant's answers are held back until the returned function is called. */
function slowAssistant(world: World): () => Promise<void> {
  let answer = () => {};
  world.assistant.thinking = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  return async () => {
    answer();
    await world.settle();
  };
}

/** Lets what is under way go on, without waiting for the end of it. */
async function aMoment(): Promise<void> {
  for (let n = 0; n < 5; n += 1) await new Promise((resolve) => setImmediate(resolve));
}

test('words that did not reach the agent are named although the assistant leads to the next agent while the old chat is being left', async () => {
  const world = await inChat();
  world.serviceNow.trouble = (call) =>
    call === 'post' || call === 'leave' ? { how: 'refused', kind: 'unreachable' } : undefined;
  await world.says('my badge number is 4711');
  while ((await world.phase()) !== 'closing') await world.passes(500);
  await world.says('talk to a live agent');
  await world.passes(120_000);
  expect(world.teams.seenBy()).toContain('[not_delivered]');
});

test('each end of a chat is said once although the assistant leads to the next agent while the old chat is being left', async () => {
  const world = await inChat();
  world.serviceNow.trouble = (call) => (call === 'leave' ? { how: 'refused', kind: 'unreachable' } : undefined);
  await world.deliver('/end_chat');
  await world.settle();
  expect(await world.phase()).toBe('closing');
  await world.says('talk to a live agent');
  await world.passes(20_000);
  expect(world.teams.seenBy().filter((text) => text === '[ended_by_user]')).toEqual(['[ended_by_user]']);
});

test('no chat stays in the queue when the employee left while it was opened and nobody knew for the whole budget whether it was (row 51)', async () => {
  const world = new World();
  world.serviceNow.trouble = (call) =>
    call === 'open' ? { how: 'lost_after' } : call === 'find' ? { how: 'lost_before' } : undefined;
  await world.says('/live_agent');
  await world.says('/end_chat');
  await world.passes(120_000);
  world.serviceNow.trouble = () => undefined;
  await world.passes(3_600_000);
  expect(world.serviceNow.chats.map((chat) => chat.state)).toEqual(['ended']);
});

test('no chat stays in the queue when the bot was uninstalled while it was opened and nobody knew whether it was', async () => {
  const world = new World();
  world.serviceNow.trouble = (call) =>
    call === 'open' ? { how: 'lost_after' } : call === 'find' ? { how: 'lost_before' } : undefined;
  await world.says('/live_agent');
  await uninstalls(world);
  await world.passes(120_000);
  world.serviceNow.trouble = () => undefined;
  await world.passes(3_600_000);
  expect(world.serviceNow.chats.map((chat) => chat.state)).toEqual(['ended']);
});

test('a chat that comes about a moment after its opening was given up does not stay in the queue', async () => {
  const world = new World({ rules: { retryBudgetMs: 0 } });
  const open = world.serviceNow.open.bind(world.serviceNow);
  world.serviceNow.open = (request) => {
    world.clock.after(1_000, () => void open(request));
    return Promise.reject(failure('unreachable', false));
  };
  await world.says('/live_agent');
  await world.passes(3_600_000);
  expect(world.serviceNow.chats.map((chat) => chat.state)).toEqual(['ended']);
});

test('no chat is opened for an employee who uninstalled the bot while the assistant was answering', async () => {
  const world = new World();
  const answer = slowAssistant(world);
  await world.deliver('talk to a live agent');
  await aMoment();
  await world.happens({ type: 'app_uninstalled', from: sender(), at: world.clock.now() });
  await answer();
  await world.passes(10_000);
  expect(world.serviceNow.chats.map((chat) => chat.state)).toEqual([]);
});

test('an employee who has just ended a chat is not put into the queue again by an older turn that the assistant answers late', async () => {
  const world = new World();
  const answer = slowAssistant(world);
  await world.deliver('talk to a live agent');
  await aMoment();
  await world.deliver('/live_agent');
  await aMoment();
  await world.deliver('/end_chat');
  await aMoment();
  await answer();
  await world.passes(10_000);
  expect(world.serviceNow.chats.filter((chat) => chat.state !== 'ended')).toEqual([]);
});

test('a name that Teams does not tell for minutes does not keep the employee out of the queue', async () => {
  const world = new World();
  world.teams.profile = () => Promise.reject(failure('throttled', true, 240_000));
  await world.says('/live_agent');
  await world.passes(10_000);
  expect(world.serviceNow.chats).toHaveLength(1);
});

test('the assistant answers at once after a chat although its records want to be left in peace for minutes', async () => {
  const world = await inChat();
  world.assistant.tell = () => Promise.reject(failure('throttled', true, 240_000));
  await world.says('/end_chat');
  await world.says('hello');
  await world.passes(10_000);
  expect(world.teams.seenBy()).toContain('you said hello');
});

test('an assistant that wants to be left in peace for minutes is said to be unavailable, not waited for in silence', async () => {
  const world = new World();
  world.assistant.ask = () => Promise.reject(failure('throttled', true, 240_000));
  await world.says('hello');
  await world.passes(60_000);
  expect(world.teams.seenBy()).toEqual(['[assistant_unavailable]']);
});

test('words of an employee held while the chat is opened are named to him when it cannot be opened, across a restart', async () => {
  const world = new World();
  world.serviceNow.trouble = (call) => (call === 'open' ? { how: 'refused', kind: 'unreachable' } : undefined);
  await world.says('/live_agent');
  await world.says('please hurry');
  await world.passes(10_000);
  await world.restart();
  await world.passes(70_000);
  expect(world.teams.seenBy().slice(-2)).toEqual(['[open_failed]', '[not_delivered]']);
});

test('an employee who comes back after uninstalling is welcomed, and reads what is said to him', async () => {
  const world = await inChat();
  await uninstalls(world);
  await world.passes(10_000);
  await world.happens({ type: 'app_installed', from: sender(), at: world.clock.now() });
  await world.says('hello');
  await world.passes(10_000);
  expect(world.teams.seenBy()).toEqual(['[welcome]', 'you said hello']);
  expect((await world.store.load(keyOf()))?.outbox).toEqual([]);
});

test('the assistant is not asked again while a chat lives about a turn of which nobody knew whether it had arrived', async () => {
  const world = new World();
  world.assistant.hasRecords = true;
  let lost = true;
  world.assistant.trouble = () => (lost ? { how: 'lost_before' } : undefined);
  await world.says('my vpn drops');
  lost = false;
  await world.says('/live_agent');
  expect(await world.phase()).toBe('queued');
  await world.passes(60_000);
  expect(world.assistant.asked).toEqual([]);
});

test('an employee who asks for an agent again while the old chat is being left gets one, although the goodbye comes before the answer', async () => {
  const world = await inChat();
  let isSlow = true;
  world.serviceNow.trouble = (call) => (call === 'leave' && isSlow ? { how: 'lost_before' } : undefined);
  const aMomentLater = async (milliseconds: number) => {
    for (const until = world.clock.now() + milliseconds; world.clock.step(until); ) await aMoment();
  };
  await world.says('/end_chat');
  await aMomentLater(400);
  const answer = slowAssistant(world);
  await world.deliver('talk to a live agent');
  await aMoment();
  isSlow = false;
  await aMomentLater(3_000);
  expect(world.teams.seenBy()).toEqual(['[ended_by_user]']);
  await answer();
  expect(world.serviceNow.chats.map((chat) => chat.state)).toEqual(['ended', 'waiting']);
});

test('an older turn that the assistant answers while the chat is being left does not lead back into the queue', async () => {
  const world = new World();
  const answer = slowAssistant(world);
  await world.deliver('talk to a live agent');
  await aMoment();
  world.clock.step(world.clock.now() + 1_000);
  await world.deliver('/live_agent');
  await aMoment();
  world.serviceNow.trouble = (call) => (call === 'leave' ? { how: 'lost_before' } : undefined);
  await world.deliver('/end_chat');
  await aMoment();
  expect(await world.phase()).toBe('closing');
  await answer();
  world.serviceNow.trouble = () => undefined;
  await world.passes(20_000);
  expect(world.serviceNow.chats.map((chat) => chat.state)).toEqual(['ended']);
});

test('an assistant that is overloaded for minutes, and says so with a 503, is not waited for in silence', async () => {
  const world = new World();
  world.assistant.ask = () => Promise.reject(failure('unreachable', false, 240_000));
  await world.says('hello');
  await world.passes(60_000);
  expect(world.teams.seenBy()).toHaveLength(1);
});

test('the agent is told what the assistant remembers, and a chat opens although nobody can ask it', async () => {
  const memory = { actions: ['vpn_form'], slots: [{ name: 'location', value: 'Berlin' }] };
  const world = new World();
  world.assistant.memory = memory;
  await world.says('/live_agent');
  world.assistant.recall = async () => {
    throw new ApiFailure({ upstream: 'rasa', kind: 'unreachable', certain: true, message: 'fake' });
  };
  await world.says('/live_agent', { user: 'bob' });
  expect(world.serviceNow.chats.map(({ request }) => request.memory)).toEqual([memory, undefined]);
});
