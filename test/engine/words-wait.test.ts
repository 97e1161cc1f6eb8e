import { sender, World } from '../support/world/world';

/** She waits for an agent, at a ServiceNow that drops what comes before one is there. */
async function waiting(options?: ConstructorParameters<typeof World>[0]): Promise<World> {
  const world = new World(options);
  world.serviceNow.dropsEarlyWords = true;
  await world.says('/live_agent');
  world.teams.shown.length = 0;
  return world;
}

test('what she writes while she waits comes to the agent, in order, once one is there', async () => {
  const world = await waiting();
  for (const text of ['one', 'two', 'three']) await world.says(text);
  await world.passes(60_000);
  expect(world.serviceNow.posted()).toEqual([]);
  world.serviceNow.accept();
  await world.tick(3);
  await world.says('four');
  expect(world.serviceNow.posted()).toEqual(['one', 'two', 'three', 'four']);
});

test('nobody tells her that things are slow while she waits', async () => {
  const world = await waiting();
  await world.says('one');
  await world.passes(120_000);
  expect(world.teams.seenBy()).toEqual([]);
});

test('what waits survives the death of the process', async () => {
  const world = await waiting();
  await world.says('one');
  await world.says('two');
  await world.restart();
  await world.passes(10_000);
  expect(world.serviceNow.posted()).toEqual([]);
  world.serviceNow.accept();
  await world.tick(3);
  expect(world.serviceNow.posted()).toEqual(['one', 'two']);
});

test('a question of the assistant of ServiceNow is shown, brings nobody, and one answer goes back', async () => {
  const world = await waiting();
  world.serviceNow.bot('Which topic?\n1. VPN', true);
  await world.tick(3);
  expect([await world.phase(), world.teams.seenBy()]).toEqual(['queued', ['Which topic?\n1. VPN']]);
  await world.says('VPN');
  await world.says('and more');
  expect(world.serviceNow.posted()).toEqual(['VPN']);
  world.serviceNow.bot('Since when?', true);
  await world.tick(3);
  expect(world.serviceNow.posted()).toEqual(['VPN', 'and more']);
  await world.says('for the agent');
  world.serviceNow.accept();
  await world.tick(3);
  expect(world.serviceNow.posted()).toEqual(['VPN', 'and more', 'for the agent']);
});

test('words that found nobody are named when she gives up waiting, or nobody comes', async () => {
  const world = await waiting();
  await world.says('one');
  await world.says('/end_chat');
  await world.passes(5_000);
  expect(world.teams.seenBy()).toEqual(['[ended_by_user]', '[not_delivered]']);
  expect(world.serviceNow.posted()).toEqual([]);
  const other = await waiting({ rules: { queueTimeoutMs: 60_000 } });
  await other.says('one');
  await other.passes(70_000);
  expect(other.teams.seenBy()).toEqual(['[ended_nobody_came]', '[not_delivered]']);
});

test('words that wait can still be changed and taken back', async () => {
  const world = await waiting();
  await world.says('one', { turn: 't-one' });
  await world.says('two', { turn: 't-two' });
  const { reference, user } = sender();
  const at = world.clock.now();
  const message = { turn: 't-one' as never, text: 'ONE', at };
  await world.happens({ type: 'user_edited', message, from: { reference, user }, at });
  await world.happens({ type: 'user_withdrew', turn: 't-two' as never, from: { reference, user }, at });
  world.serviceNow.accept();
  await world.tick(3);
  expect(world.serviceNow.posted()).toEqual(['ONE']);
});

test('ServiceNow ends a chat in which she is silent: she hears of it in time, once for each silence', async () => {
  const world = new World({ rules: { cutOffMs: 360_000 } });
  await world.says('/live_agent');
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hi');
  await world.tick(3);
  world.teams.shown.length = 0;
  await world.passes(200_000);
  world.serviceNow.say('Beth', 'Are you there?');
  await world.passes(100_000);
  expect(world.teams.seenBy()).toEqual(['Are you there?', '[cut_off_warning]']);
  await world.says('yes');
  await world.passes(230_000);
  expect(world.teams.seenBy()).toHaveLength(2);
  await world.passes(30_000);
  expect(world.teams.seenBy()).toHaveLength(3);
});

test('words that reached the assistant of ServiceNow instead of the agent, who had just gone, are named', async () => {
  const world = await waiting();
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hi');
  await world.tick(3);
  await world.says('too late', { turn: 't-late' });
  world.teams.shown.length = 0;
  const { chat } = world.serviceNow;
  world.serviceNow.bot('I did not understand that');
  const row = chat.rows.pop();
  if (row) chat.rows.push({ ...row, missed: 't-late' as never });
  chat.state = 'ended';
  await world.passes(10_000);
  expect(world.teams.seenBy()).toEqual(['[not_delivered]', '[ended_by_agent]']);
});

test('a closing line of the platform ends the chat, also where nothing else tells of the end', async () => {
  const world = await waiting({ rules: { closingPatterns: [/hat den Chat beendet/i] } });
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hi');
  await world.tick(3);
  world.serviceNow.bot('Beth hat den Chat beendet.');
  await world.passes(10_000);
  expect(await world.phase()).toBe('assisted');
});
