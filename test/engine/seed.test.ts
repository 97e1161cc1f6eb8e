import { World } from '../support/world/world';

/** The facts of the forum thread that this product comes from, one test each. W1 to W19 stand in src/README.md. */
async function connected(options?: ConstructorParameters<typeof World>[0]): Promise<World> {
  const world = new World(options);
  await world.says('talk to live agent');
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hi');
  await world.tick(4);
  world.teams.shown.length = 0;
  return world;
}

const endings: [string, (world: World) => Promise<void>][] = [
  ['the employee ends it', (world) => world.says('/end_chat').then(() => undefined)],
  [
    'the agent closes it',
    async (world) => {
      world.serviceNow.close('Beth');
      await world.tick(3);
    },
  ],
];

test('S1: the employee asks the assistant in Teams for a live agent', async () => {
  const world = new World();
  await world.says('hello');
  await world.says('talk to live agent');
  expect(world.assistant.asked).toEqual(['hello', 'talk to live agent']);
  expect(world.serviceNow.chats).toHaveLength(1);
});

test('S2: the chat waits in the queue until an agent picks it up, and the employee is told both', async () => {
  const world = new World();
  await world.says('talk to live agent');
  expect(world.serviceNow.chat.state).toBe('waiting');
  expect(world.teams.seenBy()).toContain('[queued]');
  world.serviceNow.accept();
  await world.tick(3);
  expect(world.teams.seenBy().at(-1)).toBe('[agent_joined]');
});

test('S3: one chat is created in ServiceNow for one wish, also when the wish is delivered twice', async () => {
  const world = new World();
  await world.says('talk to live agent', { turn: 'w' });
  await world.says('talk to live agent', { turn: 'w' });
  await world.says('/live_agent');
  expect(world.serviceNow.chats).toHaveLength(1);
});

test('S4: from the hand-off on the chat is active (handoff_active), and the assistant is told', async () => {
  const world = await connected();
  expect(await world.phase()).toBe('connected');
  expect(world.assistant.news.map(({ news }) => news.event)).toEqual(['chat_started']);
});

test('S5: the chat has its id, its user and its last-updated time, and all three are kept through a restart', async () => {
  const world = await connected();
  await world.restart();
  const [watched] = await world.store.watched();
  expect(watched?.chat.id).toBe(world.serviceNow.chat.live.id);
  expect(watched?.cursor.time).toBe(world.serviceNow.chat.rows.at(-1)?.at);
});

test('S6: while the chat lives the assistant is not asked', async () => {
  const world = await connected();
  await world.says('are you there?');
  expect(world.assistant.asked).toEqual(['talk to live agent']);
});

test('S7: every message of the employee goes to the chat, once and in order', async () => {
  const world = await connected();
  for (const text of ['one', 'two', 'three']) await world.says(text);
  expect(world.serviceNow.posted()).toEqual(['one', 'two', 'three']);
});

test.each(['/restart', '/end_chat'])('S8: %s ends the chat by the leave call and is not posted', async (command) => {
  const world = await connected();
  await world.says(command);
  expect(world.serviceNow.chat.leaves).toBe(1);
  expect(world.serviceNow.posted()).toEqual([]);
});

test.each(endings)(
  'S9: when %s, nothing of the chat stays active and the assistant answers the next turn',
  async (_title, end) => {
    const world = await connected();
    await end(world);
    expect(await world.store.watched()).toEqual([]);
    await world.says('hello');
    expect(world.assistant.asked.at(-1)).toBe('hello');
    expect(world.assistant.news.at(-1)?.news.event).toBe('chat_ended');
  },
);

test('S10: a message is posted to the thread without waiting for the next look into it', async () => {
  const world = await connected();
  await world.says('posted at once');
  expect(world.serviceNow.posted()).toEqual(['posted at once']);
});

test('S11: what others than live_chat_user wrote after live_chat_last_updated is shown', async () => {
  const world = await connected();
  await world.says('mine');
  world.serviceNow.say('Beth', 'hers');
  await world.tick();
  expect(world.teams.seenBy()).toEqual(['hers']);
});

test('S12: live_chat_last_updated moves to the newest row that was processed', async () => {
  const world = await connected();
  const row = world.serviceNow.say('Beth', 'newest');
  await world.tick();
  const [watched] = await world.store.watched();
  expect(watched?.cursor.time).toBe(row.at);
});

test('S13: a message with "has closed the support session" ends the chat: leave is called', async () => {
  const world = await connected();
  world.serviceNow.system('Beth HAS CLOSED the support session.');
  await world.tick(3);
  expect(world.teams.seenBy()).toEqual(['[ended_by_agent]']);
  expect(world.serviceNow.chat.leaves).toBe(1);
});

test('S14: an API error ends the chat with its summary, its id and the last-updated time', async () => {
  const world = await connected({ rules: { retryBudgetMs: 0 } });
  world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'refused', kind: 'unreachable' } : undefined);
  await world.says('hello?');
  const content = world.teams.shown[0]?.content;
  expect(content).toMatchObject({
    notice: { key: 'ended_by_error', summary: 'talk to live agent', chat: 'CHAT1', lastUpdated: '2026-11-23 09:07:00' },
  });
  expect(world.serviceNow.chat.leaves).toBe(1);
});

test('S15: when the leave call fails as well, the employee reads the generic sentence', async () => {
  const world = await connected({ rules: { retryBudgetMs: 0 } });
  world.serviceNow.trouble = (call) =>
    call === 'post' || call === 'leave' ? { how: 'refused', kind: 'unreachable' } : undefined;
  await world.says('hello?');
  expect(world.teams.seenBy()).toEqual(['[ended_not_located]', '[not_delivered]']);
  expect(await world.phase()).toBe('assisted');
});

test('S16: the thread is read in the background, not only when the employee writes', async () => {
  const world = await connected();
  world.serviceNow.say('Beth', 'still looking');
  await world.tick(1);
  expect(world.teams.seenBy()).toEqual(['still looking']);
});

test("S17: the agent's reply goes straight to Teams, and the assistant sees nothing of it", async () => {
  const world = await connected();
  const asked = world.assistant.asked.length;
  world.serviceNow.say('Beth', 'reply');
  await world.tick();
  expect([world.teams.seenBy(), world.assistant.asked.length]).toEqual([['reply'], asked]);
});

test('S18: what was said is kept for the weekly review, each line with its speaker and its chat', async () => {
  const world = await connected();
  await world.says('the printer burns');
  const lines: string[] = [];
  for await (const line of world.store.transcript(0 as never, Number.MAX_SAFE_INTEGER as never)) {
    lines.push(`${line.who}${line.chat ? ' in chat' : ''}: ${line.text}`);
  }
  expect(lines).toEqual([
    'user: talk to live agent',
    'bot: I am connecting you.',
    'agent in chat: Hi',
    'user in chat: the printer burns',
  ]);
});

test('S19: no policy in the assistant is needed: the connector alone decides who has the floor', async () => {
  const world = await connected();
  world.assistant.trouble = () => ({ how: 'refused', kind: 'unreachable' });
  await world.says('the assistant is down and the agent reads this');
  expect(world.serviceNow.posted()).toEqual(['the assistant is down and the agent reads this']);
});
