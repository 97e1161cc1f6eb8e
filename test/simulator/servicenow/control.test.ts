import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { as, closeAll, control, itDesk, type Json, morning, request, started, texts } from './support';

afterEach(closeAll);

test('the desk shows queues, agents, chats, closings and faults', async () => {
  const sim = await started();
  const waiting = await as(sim).open('waiting');
  const taken = await as(sim).open('taken');
  sim.accept(taken.group, 'beth.anglin');
  await control(sim, 'POST', '/faults', { id: 'slow', match: { path: '^/api' }, do: { delay: { ms: 5 } } });
  const { status, json } = await control(sim, 'GET', '/desk');
  expect(status).toBe(200);
  expect(json.now).toBe(morning);
  expect(json.queues).toMatchObject([
    { id: itDesk, name: 'IT Service Desk', waiting: 1, open: true },
    { name: 'HR', waiting: 0, open: true },
  ]);
  expect(json.agents).toEqual([
    { userName: 'beth.anglin', name: 'Beth Anglin', available: true },
    { userName: 'noor.haddad', name: 'Noor Haddad', available: true },
  ]);
  expect(json.chats).toMatchObject([
    { id: waiting.group, number: 'CHAT0010001', state: 'waiting', position: 1, requester: 'Teams Connector', rows: 1 },
    { id: taken.group, state: 'in_progress', position: null, agent: 'beth.anglin', agentName: 'Beth Anglin', rows: 2 },
  ]);
  expect(json.chats[0]).toMatchObject({
    queueId: itDesk,
    shortDescription: 'waiting',
    openedAt: morning,
    acceptedAt: null,
    endedAt: null,
    lastText: 'waiting',
    lastAt: morning,
  });
  expect(json.closings[0]).toEqual({ id: 'closed', label: '… has closed the support session' });
  expect(json.faults).toEqual([{ id: 'slow', match: { path: '^/api' }, when: {}, do: { delay: { ms: 5 } } }]);
});

test('an agent works over the control plane: accept, say, transfer, close', async () => {
  const sim = await started();
  const { group } = await as(sim).open('hello');
  const act = (name: string, body: object = {}) => control(sim, 'POST', `/chats/${group}/${name}`, body);
  expect((await act('accept', { agent: 'beth.anglin' })).status).toBe(200);
  const said = await act('say', { agent: 'beth.anglin', text: 'note', workNote: true, count: 2 });
  expect(said.json.rows).toHaveLength(2);
  await act('transfer', { agent: 'noor.haddad' });
  await act('close', { agent: 'noor.haddad', wording: 'left', textInThread: true });
  const pane = (await control(sim, 'GET', `/chats/${group}/pane`)).json.rows;
  expect(pane.slice(2)).toMatchObject([
    { author: 'agent', name: 'Beth Anglin', text: 'note 1', workNote: true, at: morning },
    { text: 'note 2', workNote: true },
    { author: 'system', name: 'System', text: 'Noor Haddad has left the support session', workNote: false },
  ]);
  expect(pane).toEqual(sim.pane(group));
  expect((await control(sim, 'GET', '/chats')).json.chats[0].state).toBe('closed_complete');
});

test('the other ways of a chat are there too: queue, escalation, drop, silence, an emptied queue', async () => {
  const sim = await started();
  const hr = (await control(sim, 'POST', '/queues', { name: 'HR' })).json.id;
  const open = async () => (await as(sim).open()).group as string;
  const act = (chat: string, name: string, body?: object) => control(sim, 'POST', `/chats/${chat}/${name}`, body);
  const [moved, escalated, dropped, silent] = [await open(), await open(), await open(), await open()];
  for (const chat of [moved, escalated, dropped, silent]) await act(chat, 'accept', {});
  await act(moved, 'transfer', { queue: hr });
  const { followUp } = (await act(escalated, 'escalate', { queue: hr })).json;
  await act(dropped, 'agentDrop');
  await act(silent, 'idle');
  const states = () => Object.fromEntries(sim.chats().map((chat) => [chat.id, chat.state]));
  expect(states()).toEqual({
    [moved]: 'waiting',
    [escalated]: 'closed_escalated',
    [dropped]: 'waiting',
    [silent]: 'closed_by_client',
    [followUp]: 'waiting',
  });
  await control(sim, 'POST', `/queues/${hr}/empty`);
  expect(states()).toMatchObject({ [moved]: 'closed_abandoned', [followUp]: 'closed_abandoned', [dropped]: 'waiting' });
});

test('what cannot be done is refused with a reason', async () => {
  const sim = await started();
  const { group } = await as(sim).open();
  const reason = async (method: string, where: string, body?: object) => {
    const { status, json } = await control(sim, method, where, body);
    return [status, json.error.message];
  };
  expect(await reason('POST', '/chats/nothing/accept', {})).toEqual([404, 'There is no such chat']);
  expect(await reason('POST', `/chats/${group}/agentDrop`)).toEqual([409, 'This chat has no agent']);
  expect(await reason('POST', `/chats/${group}/say`, { txt: 'x' })).toEqual([400, expect.stringContaining('text')]);
  expect(await reason('PUT', '/config', { order: 'sideways' })).toEqual([400, expect.stringContaining('order')]);
  expect(await reason('POST', '/queues', { open: true })).toEqual([400, 'A new queue needs a name']);
  expect(await reason('GET', '/nothing')).toEqual([404, 'The control plane has no such call']);
  const form = await request(sim, {
    method: 'POST',
    path: '/__sim/reset',
    headers: { 'content-type': 'text/plain' },
    body: '{}',
  });
  expect(form.status).toBe(400);
});

test('only this machine reaches the control plane, and no page of another name', async () => {
  const sim = await started();
  const foreign = await request(sim, { path: '/__sim/state', headers: { host: 'evil.example' } });
  expect(foreign.status).toBe(403);
  expect((await request(sim, { path: '/__sim/state', headers: { host: 'localhost:80' } })).status).toBe(200);
});

test('users, agents and queues are added and changed', async () => {
  const sim = await started();
  await control(sim, 'POST', '/users', { userName: 'kim', name: 'Kim', password: 'pw' });
  expect((await as(sim, { user: 'kim', password: 'pw' }).get('/connect/support/queues')).status).toBe(200);
  await control(sim, 'POST', '/agents', { userName: 'kim', available: false });
  const { json } = await control(sim, 'GET', '/desk');
  expect(json.agents).toContainEqual({ userName: 'kim', name: 'Kim', available: false });
  await control(sim, 'POST', '/agents', { userName: 'kim', capacity: 9 });
  expect(Object.values(sim.state().users).find((user) => user.userName === 'kim')).toMatchObject({
    password: 'pw',
    agent: { available: false, capacity: 9 },
  });
  const { id } = (await control(sim, 'POST', '/queues', { id: itDesk, open: false })).json;
  expect(id).toBe(itDesk);
  expect((await control(sim, 'GET', '/desk')).json.queues[0]).toMatchObject({ name: 'IT Service Desk', open: false });
});

test('switches, clock, faults and journal are reached over the control plane', async () => {
  const sim = await started();
  expect((await control(sim, 'PUT', '/config', { postStatus: 200 })).json.postStatus).toBe(200);
  expect((await control(sim, 'POST', '/clock', { advanceMs: 50 })).json.now).toBe(morning + 50);
  expect((await control(sim, 'POST', '/clock', { set: 1_000 })).json.now).toBe(1_000);
  await control(sim, 'POST', '/clock', { mode: 'real' });
  expect(sim.state().clock.mode).toBe('real');
  await control(sim, 'POST', '/clock', { mode: 'manual', set: 5 });
  expect(sim.clock.now()).toBe(5);
  const { id } = (await control(sim, 'POST', '/faults', { do: { emptyBody: true } })).json;
  await as(sim).get('/connect/support/queues');
  expect((await control(sim, 'GET', '/journal')).json.entries).toMatchObject([{ n: 1, fault: id }]);
  expect((await control(sim, 'GET', '/journal?since=1')).json.entries).toEqual([]);
  await control(sim, 'DELETE', `/faults/${id}`);
  expect(sim.state().faults).toEqual([]);
  await control(sim, 'POST', '/faults', { do: { emptyBody: true } });
  await control(sim, 'DELETE', '/faults');
  expect((await control(sim, 'GET', '/state')).json.faults).toEqual([]);
});

test('a reset brings back the instance as it started', async () => {
  const sim = await started({ config: { order: 'asc' } });
  const before = await as(sim).open();
  sim.configure({ order: 'desc' });
  await control(sim, 'POST', '/reset', {});
  expect(sim.chats()).toEqual([]);
  expect(sim.journal()).toEqual([]);
  expect([sim.state().config.order, sim.clock.now()]).toEqual(['asc', morning]);
  expect((await as(sim).open()).group).toBe(before.group);
  await control(sim, 'POST', '/reset', { seed: 7, clock: { mode: 'manual', now: 42 } });
  expect(sim.clock.now()).toBe(42);
  expect((await as(sim).open()).group).not.toBe(before.group);
});

test('listeners hear of every change, with the chat that changed', async () => {
  const sim = await started();
  const heard: Json[] = [];
  const listening = new Promise<http.ClientRequest>((resolve) => {
    const outgoing = http.get(`${sim.url}/__sim/events`, { agent: false }, (response) => {
      expect(response.headers['content-type']).toBe('text/event-stream');
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        for (const [, data] of text.matchAll(/event: change\ndata: (.+)\n\n/g)) heard.push(JSON.parse(data ?? ''));
        if (text.startsWith(':')) resolve(outgoing);
      });
    });
  });
  const outgoing = await listening;
  const { group } = await as(sim).open();
  sim.configure({ order: 'asc' });
  await as(sim).get('/connect/support/queues');
  const deadline = Date.now() + 5_000;
  while (heard.length < 2 && Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
  expect(heard).toContainEqual({ chat: group });
  expect(heard.at(-1)).toEqual({ chat: null });
  outgoing.destroy();
});

test('the agent desk page and its files are served, and nothing beside them', async () => {
  const sim = await started();
  const desk = path.join(__dirname, '../../../src/simulator/servicenow/desk');
  const page = await request(sim, { path: '/__sim/console' });
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(page.text).toBe(readFileSync(path.join(desk, 'desk.html'), 'utf8'));
  const script = await request(sim, { path: '/__sim/console/api.js' });
  expect([script.status, script.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8']);
  for (const name of ['../main.ts', '%2e%2e/main.ts', 'nothing.js', 'api', '..%2fjournal.js'])
    expect((await request(sim, { path: `/__sim/console/${name}` })).status).toBe(404);
});

test('in the process and over the control plane the same is done', async () => {
  const sim = await started();
  const one = await as(sim).open('one');
  const two = await as(sim).open('one');
  sim.accept(one.group, 'beth.anglin');
  sim.say(one.group, { text: 'hi' });
  await control(sim, 'POST', `/chats/${two.group}/accept`, { agent: 'beth.anglin' });
  await control(sim, 'POST', `/chats/${two.group}/say`, { text: 'hi' });
  expect(texts(sim.pane(two.group))).toEqual(texts(sim.pane(one.group)));
});
