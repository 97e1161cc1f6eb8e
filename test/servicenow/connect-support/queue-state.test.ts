import {
  closeAll,
  context,
  deskAt,
  failureOf,
  liveChat,
  opened,
  requests,
  started,
  startInstance,
} from '../servicenow-side';

afterEach(closeAll);

/** A desk over an instance with these queue entries, and this one in the conversation. */
async function entries(result: unknown, queueEntry?: unknown) {
  const server = await startInstance(({ path }) => ({
    json: { result: path.includes('/conversations/') ? { sys_id: 'x', queueEntry } : result },
  }));
  return { server, ...deskAt(server.url) };
}

test('what the queue says of a chat through its life', async () => {
  const { sim, desk } = await started();
  const [first, chat] = [await opened(desk), await opened(desk)];
  expect(await desk.state(chat, context)).toEqual({ state: 'waiting', position: 2, wait: '2 Minutes 10 Seconds' });
  sim.accept(first.id, 'beth.anglin');
  expect(await desk.state(chat, context)).toMatchObject({ state: 'waiting', position: 1 });
  sim.accept(chat.id, 'beth.anglin');
  expect(await desk.state(chat, context)).toEqual({ state: 'in_progress', wait: '2 Minutes 10 Seconds' });
  sim.closeChat(chat.id);
  expect(await desk.state(chat, context)).toMatchObject({ state: 'ended' });
});

test.each<[number, string]>([
  [1, 'waiting'],
  [2, 'in_progress'],
  [3, 'ended'],
  [4, 'ended'],
  [7, 'ended'],
  [8, 'ended'],
  [5, 'unknown'],
  [6, 'unknown'],
])('state %i is %s, as a number or in letters', async (state, name) => {
  const chat = liveChat();
  for (const code of [state, String(state)]) {
    const { desk } = await entries([{ group: chat.id, state: code }]);
    expect(await desk.state(chat, context)).toEqual({ state: name });
  }
});

test('a state that nobody knows is logged once', async () => {
  const { desk, logged } = await entries([{ group: liveChat().id, state: 6 }]);
  await desk.state(liveChat(), context);
  await desk.state(liveChat(), context);
  expect(logged).toEqual([['servicenow_unknown_state', { state: 6 }]]);
});

test('other numbers can be configured', async () => {
  const server = await startInstance(() => ({ json: { result: [{ group: liveChat().id, state: 100 }] } }));
  const { desk } = deskAt(server.url, { options: { states: { ended: [100] } } });
  expect(await desk.state(liveChat(), context)).toEqual({ state: 'ended' });
});

test('the end of another chat is not taken for the end of this one', async () => {
  const { desk } = await entries([
    { group: 'e'.repeat(32), state: 3 },
    { group: liveChat().id, state: 2 },
  ]);
  expect(await desk.state(liveChat(), context)).toEqual({ state: 'in_progress' });
  const without = await entries([{ group: 'e'.repeat(32), state: 3 }]);
  expect(await without.desk.state(liveChat(), context)).toBeUndefined();
});

test('an entry without its conversation is known by its own id', async () => {
  const { desk } = await entries([{ sys_id: 'entry-1', state: 2 }]);
  expect(await desk.state(liveChat({ entry: 'entry-1' }), context)).toEqual({ state: 'in_progress' });
  expect(await desk.state(liveChat({ entry: undefined }), context)).toBeUndefined();
});

test('where entries cannot be listed the conversation tells, and the list is left alone for a while', async () => {
  const { sim, desk, clock } = await started({}, { config: { stateCall: 'off' } });
  const chat = await opened(desk);
  sim.accept(chat.id, 'beth.anglin');
  const before = requests(sim).length;
  for (let n = 0; n < 3; n += 1) expect(await desk.state(chat, context)).toMatchObject({ state: 'in_progress' });
  const calls = () =>
    requests(sim)
      .slice(before)
      .map((line) => line.split('?')[0]);
  const conversation = 'GET /connect/conversations/…';
  expect(calls()).toEqual(['GET /connect/support/sessions', conversation, conversation, conversation]);
  clock.move(600_000);
  await desk.state(chat, context);
  expect(calls().slice(4)).toEqual(['GET /connect/support/sessions', conversation]);
});

test('a list that leaves ended chats out does not hide an end', async () => {
  const { sim, desk } = await started({}, { config: { sessionsWithoutClosed: 'open' } });
  const chat = await opened(desk);
  sim.closeChat(chat.id);
  expect(await desk.state(chat, context)).toMatchObject({ state: 'ended' });
});

test.each(['missing404', 'acl403', 'bad405'] as const)('nobody tells: %s to both calls', async (preset) => {
  const { sim, desk } = await started();
  const chat = await opened(desk);
  sim.addFault({ match: { method: 'GET' }, do: { status: { preset } } });
  expect(await desk.state(chat, context)).toBeUndefined();
});

test('a failure that passes is not taken for "cannot tell"', async () => {
  const { sim, desk } = await started();
  const chat = await opened(desk);
  sim.addFault({ match: { method: 'GET' }, do: { status: { preset: 'down503' } } });
  expect(await failureOf(desk.state(chat, context))).toMatchObject({ kind: 'unreachable', status: 503 });
});
