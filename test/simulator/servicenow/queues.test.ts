import { as, beth, closeAll, itDesk, morning, service, started } from './support';

afterEach(closeAll);

test('the queues are listed with what the platform tells about them', async () => {
  const sim = await started();
  await as(sim).open();
  const { status, json } = await as(sim).get('/connect/support/queues');
  expect(status).toBe(200);
  expect(json.result).toHaveLength(2);
  expect(json.result[0]).toMatchObject({
    sys_id: itDesk,
    name: 'IT Service Desk',
    average_wait_time: '2 Minutes 10 Seconds',
    waiting_count: 1,
    is_agent_for: false,
  });
  expect(json.result[0]).not.toHaveProperty('not_available');
});

test('one queue is read by its id, and an unknown one is not found', async () => {
  const sim = await started();
  expect((await as(sim).get(`/connect/support/queues/${itDesk}`)).json.result.name).toBe('IT Service Desk');
  expect((await as(sim).get('/connect/support/queues/nowhere')).status).toBe(404);
});

test('the agents of a queue come with the number of their chats', async () => {
  const sim = await started();
  const { group } = await as(sim).open();
  sim.accept(group, 'beth.anglin');
  const agents = (await as(sim).get(`/connect/support/queues/${itDesk}/agents`)).json.result;
  expect(agents).toMatchObject([
    { name: 'Beth Anglin', table: 'sys_user', supportConversationCount: 1 },
    { name: 'Noor Haddad', supportConversationCount: 0 },
  ]);
});

test('a chat is opened waiting, at the end of its queue, with the first message in its thread', async () => {
  const sim = await started();
  await as(sim).open('first');
  const { status, json } = await as(sim).post(`/connect/support/queues/${itDesk}/sessions`, { message: 'second' });
  expect(status).toBe(201);
  expect(json.result).toMatchObject({
    queue: itDesk,
    number: 'CHAT0010002',
    state: 1,
    position: 2,
    average_wait_time: '2 Minutes 10 Seconds',
    wait_time: '',
    short_description: 'second',
    assigned_to: '',
    work_start: '',
    work_end: '',
    sys_updated_on: '2026-11-18 09:00:00',
  });
  expect(json.result.group).toMatch(/^[0-9a-f]{32}$/);
  expect(json.result.group).not.toBe(json.result.sys_id);
  expect(await as(sim).thread(json.result.group)).toMatchObject([{ message: 'second', created_by: 'svc_teams' }]);
});

test('a chat needs a message and a queue that exists', async () => {
  const sim = await started();
  expect((await as(sim).post(`/connect/support/queues/${itDesk}/sessions`, {})).status).toBe(400);
  expect((await as(sim).post('/connect/support/queues/nowhere/sessions', { message: 'x' })).status).toBe(404);
  expect(sim.chats()).toEqual([]);
});

test('the same seed gives the same ids, another seed gives others', async () => {
  const ids = [];
  for (const seed of ['a', 'a', 'b']) ids.push((await as(await started({ seed })).open()).group);
  expect(ids[0]).toBe(ids[1]);
  expect(ids[2]).not.toBe(ids[0]);
});

test('a closed queue takes no chat and says why', async () => {
  const sim = await started();
  sim.setQueue({ id: itDesk, open: false, notAvailable: 'Back at <b>eight</b>.' });
  const refused = await as(sim).post(`/connect/support/queues/${itDesk}/sessions`, { message: 'x' });
  expect(refused.status).toBe(403);
  expect(refused.json).toEqual({ result: 'Back at <b>eight</b>.' });
  expect((await as(sim).get(`/connect/support/queues/${itDesk}`)).json.result.not_available).toBe(
    'Back at <b>eight</b>.',
  );
});

test('a queue with hours is open within them, by the clock of the simulator', async () => {
  const sim = await started();
  sim.setQueue({ id: itDesk, hours: { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' } });
  expect((await as(sim).open()).state).toBe(1);
  sim.clock.advance(8 * 3_600_000);
  const refused = await as(sim).post(`/connect/support/queues/${itDesk}/sessions`, { message: 'too late' });
  expect(refused.status).toBe(403);
  sim.clock.set(morning + 3 * 86_400_000);
  expect((await as(sim).post(`/connect/support/queues/${itDesk}/sessions`, { message: 'Saturday' })).status).toBe(403);
});

test('average wait and question are what the queue was given', async () => {
  const sim = await started();
  const id = sim.setQueue({ name: 'Facilities', averageWaitTime: '1 Hour', question: 'Which room?' });
  const entry = await as(sim).open('x', id);
  expect(entry.average_wait_time).toBe('1 Hour');
  expect((await as(sim).get(`/connect/support/queues/${id}`)).json.result.question).toBe('Which room?');
});

test('positions move up when somebody before is accepted or leaves', async () => {
  const sim = await started();
  const chats = [];
  for (const text of ['a', 'b', 'c']) chats.push((await as(sim).open(text)).group);
  sim.accept(chats[0]);
  expect((await as(sim).entry(chats[2])).position).toBe(2);
  await as(sim).leave(chats[1]);
  expect((await as(sim).entry(chats[2])).position).toBe(1);
  expect((await as(sim).entry(chats[0])).position).toBe(0);
});

test('the time waited so far is told in words', async () => {
  const sim = await started();
  const { group } = await as(sim).open();
  sim.clock.advance(65_000);
  expect((await as(sim).entry(group)).wait_time).toBe('1 Minute 5 Seconds');
});

test("the list of a queue holds the caller's open chats with state and last message", async () => {
  const sim = await started();
  sim.setUser({ userName: 'other' });
  await as(sim, { user: 'other', password: 'other-password' }).open('not mine');
  const { group } = await as(sim).open('mine');
  const ended = await as(sim).open('over');
  await as(sim).leave(ended.group);
  sim.accept(group);
  sim.say(group, { text: 'latest' });
  const list = (await as(sim).get(`/connect/support/queues/${itDesk}/sessions`)).json.result;
  expect(list).toHaveLength(1);
  expect(list[0]).toMatchObject({
    sys_id: group,
    type: 'support',
    last_message: { message: 'latest', created_by: 'beth.anglin' },
    queueEntry: { group, state: 2 },
  });
});

test('the list of a queue can be off, without last messages, or with ended chats', async () => {
  const sim = await started();
  const { group } = await as(sim).open();
  const list = () => as(sim).get(`/connect/support/queues/${itDesk}/sessions`);
  sim.configure({ listCall: 'off' });
  expect((await list()).status).toBe(404);
  sim.configure({ listCall: 'withoutLastMessage' });
  const [only] = (await list()).json.result;
  expect(only.queueEntry.state).toBe(1);
  expect(only).not.toHaveProperty('last_message');
  await as(sim).leave(group);
  expect((await list()).json.result).toEqual([]);
  sim.configure({ listEnded: true });
  expect((await list()).json.result[0].queueEntry.state).toBe(8);
});

test('queue entries are found by chat, by queue and by whether they are closed', async () => {
  const sim = await started();
  const open = await as(sim).open('open');
  const ended = await as(sim).open('ended');
  await as(sim).leave(ended.group);
  const groups = async (query: string) =>
    (await as(sim).get(`/connect/support/sessions${query}`)).json.result.map((entry: { group: string }) => entry.group);
  expect(await groups('')).toEqual([open.group, ended.group]);
  expect(await groups(`?group_id=${ended.group}`)).toEqual([ended.group]);
  expect(await groups(`?queue_id=${itDesk}&closed=false`)).toEqual([open.group]);
  expect(await groups('?closed=true')).toEqual([ended.group]);
  expect(await groups('?queue_id=nowhere')).toEqual([]);
  expect(await groups('?group_id=nowhere')).toEqual([]);
  sim.configure({ sessionsWithoutClosed: 'open' });
  expect(await groups('')).toEqual([open.group]);
});

test('queue entries of other callers are not shown, and the call can be off', async () => {
  const sim = await started();
  sim.setUser({ userName: 'other' });
  const { group } = await as(sim, { user: 'other', password: 'other-password' }).open();
  expect((await as(sim).get(`/connect/support/sessions?group_id=${group}`)).json.result).toEqual([]);
  sim.configure({ stateCall: 'off' });
  expect((await as(sim).get(`/connect/support/sessions?group_id=${group}`)).status).toBe(404);
});

test('an agent takes the chat that waits longest, and hears when none does', async () => {
  const sim = await started();
  const first = await as(sim).open('first');
  await as(sim).open('second');
  const accepted = await as(sim, beth).post(`/connect/support/queues/${itDesk}/accept`);
  expect(accepted.json.result).toMatchObject({ group: first.group, state: 2, work_start: '2026-11-18 09:00:00' });
  await as(sim, beth).post(`/connect/support/queues/${itDesk}/accept`);
  const none = await as(sim, beth).post(`/connect/support/queues/${itDesk}/accept`);
  expect(none.status).toBe(404);
  expect(typeof none.json.result.error).toBe('string');
  expect((await as(sim, service).post(`/connect/support/queues/${itDesk}/accept`)).status).toBe(403);
});

test('what a create answers with can be 200', async () => {
  const sim = await started({ config: { createStatus: 200 } });
  expect((await as(sim).post(`/connect/support/queues/${itDesk}/sessions`, { message: 'x' })).status).toBe(200);
});

test('a queue is emptied: who waits in it is abandoned', async () => {
  const sim = await started();
  const waiting = await as(sim).open();
  const accepted = await as(sim).open();
  sim.accept(accepted.group);
  sim.emptyQueue(itDesk);
  expect((await as(sim).entry(waiting.group)).state).toBe(8);
  expect((await as(sim).entry(accepted.group)).state).toBe(2);
});
