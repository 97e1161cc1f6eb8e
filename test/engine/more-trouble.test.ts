import { sender, World } from '../support/world/world';

async function inChat(options?: ConstructorParameters<typeof World>[0]): Promise<World> {
  const world = new World(options);
  await world.says('talk to a live agent');
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hi, I am Beth');
  await world.tick(4);
  world.teams.shown.length = 0;
  return world;
}

/** Everything about the chat is answered with this status from now on. */
function forbids(world: World, kind: 'refused' | 'not_found', calls: readonly string[]): void {
  world.serviceNow.trouble = (call) => (calls.includes(call) ? { how: 'refused', kind } : undefined);
}

test.each(['refused', 'not_found'] as const)(
  'a chat that ServiceNow does not show any more (%s) is over when the queue says so',
  async (kind) => {
    const world = await inChat();
    forbids(world, kind, ['read']);
    world.serviceNow.chat.state = 'ended';
    await world.passes(10_000);
    expect(world.teams.seenBy()).toEqual(['[ended_by_agent]']);
    expect(world.serviceNow.chat.leaves).toBe(1);
  },
);

test('a chat that may not be read goes on while the queue says that it lives (row 19)', async () => {
  const world = await inChat();
  forbids(world, 'refused', ['read']);
  world.serviceNow.say('Beth', 'still here');
  await world.passes(60_000);
  expect(await world.phase()).toBe('connected');
  world.serviceNow.trouble = () => undefined;
  await world.passes(30_000);
  expect(world.teams.seenBy()).toEqual(['[support_interrupted]', '[support_goes_on]', 'still here']);
});

test('a chat that is gone where the queue cannot be asked ends with the generic sentence when it cannot be left either (row 20)', async () => {
  const world = await inChat();
  world.serviceNow.canList = false;
  world.serviceNow.knowsState = false;
  forbids(world, 'not_found', ['read', 'leave']);
  world.serviceNow.say('Beth', 'lost');
  await world.passes(20_000);
  expect(world.teams.seenBy()).toEqual(['[ended_not_located]']);
  expect(await world.phase()).toBe('assisted');
});

test('with no budget the first read that fails ends its chat, and no other one', async () => {
  const world = await inChat({ rules: { retryBudgetMs: 0 } });
  await world.says('/live_agent', { user: 'bob' });
  await world.tick(2);
  const read = world.serviceNow.read.bind(world.serviceNow);
  const [ana] = world.serviceNow.chats;
  let fails = true;
  world.serviceNow.read = (chat, cursor) => {
    world.serviceNow.trouble = (call) =>
      call === 'read' && fails && chat.id === ana?.live.id ? { how: 'refused', kind: 'unreachable' } : undefined;
    return read(chat, cursor);
  };
  world.serviceNow.say('Beth', 'news', { chat: ana });
  await world.passes(3_000);
  fails = false;
  await world.passes(10_000);
  expect(world.teams.seenBy()).toEqual(['[ended_by_error]']);
  expect(await world.phase('bob')).toBe('queued');
});

test('times of zero mean never', async () => {
  const world = await inChat({ rules: { idleTimeoutMs: 0, queueTimeoutMs: 0 } });
  await world.passes(4 * 3_600_000);
  expect(await world.phase()).toBe('connected');
});

test('the closing line that our own leave writes into the thread is no second end', async () => {
  const world = await inChat();
  const leave = world.serviceNow.leave.bind(world.serviceNow);
  world.serviceNow.leave = async (chat) => {
    const left = await leave(chat);
    world.serviceNow.system('svc has closed the support session');
    return left;
  };
  await world.says('/end_chat');
  await world.passes(60_000);
  await world.says('/live_agent');
  await world.passes(10_000);
  expect(world.teams.seenBy()).toEqual(['[ended_by_user]', '[connecting]', '[queued]']);
});

test('the assistant still leads to an agent after the clock was put back', async () => {
  const world = await inChat();
  await world.says('/end_chat');
  world.clock.putBack(3_600_000);
  await world.says('talk to a live agent');
  await world.passes(10_000);
  expect(world.serviceNow.chats.map((chat) => chat.state)).toEqual(['ended', 'waiting']);
});

test('an employee who uninstalls and reinstalls while the chat is being left reads no old goodbye, and can begin again', async () => {
  const world = await inChat();
  world.serviceNow.trouble = (call) => (call === 'leave' ? { how: 'lost_before' } : undefined);
  const at = () => world.clock.now();
  await world.happens({ type: 'app_uninstalled', from: sender(), at: at() });
  await world.happens({ type: 'app_installed', from: sender(), at: at() });
  world.serviceNow.trouble = () => undefined;
  await world.passes(30_000);
  await world.says('/live_agent');
  await world.passes(5_000);
  expect(world.teams.seenBy()).toEqual(['[welcome]', '[connecting]', '[queued]']);
  expect(world.serviceNow.chats.map((chat) => chat.state)).toEqual(['ended', 'waiting']);
});

test('commands of the agent are words: /end_chat in the thread ends nothing', async () => {
  const world = await inChat();
  world.serviceNow.say('Beth', '/end_chat');
  await world.passes(5_000);
  expect([await world.phase(), world.teams.seenBy()]).toEqual(['connected', ['/end_chat']]);
});

test('no restart at any moment of an ending chat says the end twice or leaves an agent waiting (row 8)', async () => {
  const faults: string[] = [];
  for (let at = 1; at <= 40; at += 1) {
    for (const when of ['before', 'after'] as const) {
      const world = await inChat();
      await world.restart({ at, when });
      await Promise.race([world.deliver('one', { turn: 'one' }), world.life.died]);
      await Promise.race([world.deliver('/end_chat', { turn: 'end' }), world.life.died]);
      await world.passes(3_000);
      if (world.life.isOver) await world.restart();
      await world.deliver('one', { turn: 'one' });
      await world.deliver('/end_chat', { turn: 'end' });
      await world.passes(60_000);
      const ends = new Set(
        world.teams.shown.filter(({ text }) => /ended_/.test(text)).map(({ correlation }) => correlation),
      ).size;
      const isLeft = world.serviceNow.chats.every((chat) => chat.state === 'ended');
      const posted = world.serviceNow.posted(world.serviceNow.chats[0]).join();
      if (ends !== 1 || !isLeft || posted !== 'one') faults.push(`${when} ${at}: ${ends} ends, ${isLeft}, "${posted}"`);
    }
  }
  expect(faults).toEqual([]);
});
