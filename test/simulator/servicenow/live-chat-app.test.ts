import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceNowSimulator } from '../../../src/simulator/servicenow/simulator';
import { basic, beth, closeAll, itDesk, type Json, noor, request, service, started } from './support';

const folder = mkdtempSync(join(tmpdir(), 'simulator-'));

afterEach(closeAll);
afterAll(() => rmSync(folder, { recursive: true }));

/** The application's API as one user calls it. */
function app(sim: ServiceNowSimulator, who = service) {
  const call = (method: string, path: string, body?: unknown) =>
    request(sim, {
      method,
      path: `/api/x_tlc/live_chat/v1${path}`,
      headers: { authorization: basic(who), accept: 'application/json', 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  const get = async (path: string): Promise<Json> => (await call('GET', path)).json.result;
  return {
    call,
    get,
    open: (externalId: string) => call('POST', '/chats', { externalId, queue: itDesk, firstMessage: 'VPN is down' }),
    post: (chat: string, externalId: string, text: string) =>
      call('POST', `/chats/${chat}/messages`, { externalId, text }),
    changes: (after = 0) => get(`/changes?after=${after}`),
  };
}

async function opened(sim: ServiceNowSimulator) {
  const api = app(sim);
  return { ...api, chat: (await api.open('one')).json.result.conversationId as string };
}

const words = (changes: Json[]) => changes.filter((each) => each.type === 'message').map((each) => each.text);

test('a chat that the application opens waits at the desk, and the agent sees its words', async () => {
  const sim = await started();
  const { chat, post } = await opened(sim);
  await post(chat, 'a', 'still down');
  expect(sim.chats()).toMatchObject([{ id: chat, state: 'waiting', queueId: itDesk, requester: 'Teams Connector' }]);
  expect(sim.pane(chat).map((row) => row.text)).toEqual(['VPN is down', 'still down']);
});

test('what happens at the desk is read by one call over all chats', async () => {
  const sim = await started();
  const { chat, open, changes } = await opened(sim);
  const other = (await open('two')).json.result.conversationId as string;
  sim.accept(chat, 'beth.anglin');
  sim.accept(other, 'noor.haddad');
  sim.say(chat, { text: 'hello', count: 2, sameSecond: true });
  sim.say(other, { text: 'hi' });
  sim.closeChat(other);
  const { changes: found } = await changes();
  const seen = found.map((each: Json) => [
    each.conversationId === chat ? 1 : 2,
    each.type,
    each.author,
    each.agentName,
    each.text,
  ]);
  const greeting = 'Hello, you have reached the IT Service Desk. I am reading your request now.';
  expect(seen).toEqual([
    [1, 'joined', 'system', 'Beth Anglin', ''],
    [1, 'message', 'agent', 'Beth Anglin', greeting],
    [2, 'joined', 'system', 'Noor Haddad', ''],
    [2, 'message', 'agent', 'Noor Haddad', greeting],
    [1, 'message', 'agent', 'Beth Anglin', 'hello 1'],
    [1, 'message', 'agent', 'Beth Anglin', 'hello 2'],
    [2, 'message', 'agent', 'Noor Haddad', 'hi'],
    [2, 'message', 'system', '', 'Noor Haddad has closed the support session'],
    [2, 'closed', 'system', '', ''],
  ]);
});

test('work notes are for agents only', async () => {
  const sim = await started();
  const { chat, changes } = await opened(sim);
  sim.say(chat, { text: 'between us', workNote: true });
  sim.say(chat, { text: 'for you' });
  expect(words((await changes()).changes)).toEqual(['for you']);
});

test('an answer that is lost is found by asking again: one chat, one message', async () => {
  const sim = await started();
  const api = app(sim);
  sim.addFault({ match: { method: 'POST' }, when: { times: 1 }, do: { resetAfter: true } });
  await expect(api.open('one')).rejects.toThrow();
  const again = await api.open('one');
  expect(again.status).toBe(200);
  const chat = again.json.result.conversationId;
  sim.clearFaults();
  sim.addFault({ match: { method: 'POST' }, when: { times: 1 }, do: { commitThen: { code: 500 } } });
  expect((await api.post(chat, 'a', 'hello')).status).toBe(500);
  expect((await api.post(chat, 'a', 'hello')).status).toBe(200);
  expect(sim.pane(chat).map((row) => row.text)).toEqual(['VPN is down', 'hello']);
});

test.each(['begin', 'insert sys_cs_session', 'say', 'said', 'insert awa_work_item', 'update awa_work_item'])(
  'an opening that dies at "%s" is finished by the next request',
  async (at) => {
    const sim = await started();
    const api = app(sim);
    sim.addFault({ when: { times: 1 }, do: { appFails: { at } } });
    expect((await api.open('one')).status).toBe(500);
    expect((await api.open('one')).status).toBe(200);
    expect(sim.chats()).toHaveLength(1);
    expect(sim.pane(sim.chats()[0]?.id ?? '').map((row) => row.text)).toEqual(['VPN is down']);
  },
);

test('a late row gets its number when it is there, and nothing is passed over', async () => {
  const sim = await started();
  const { chat, changes } = await opened(sim);
  sim.addFault({ when: { times: 1 }, do: { lateRow: { ms: 5_000 } } });
  sim.say(chat, { text: 'late' });
  sim.say(chat, { text: 'in time' });
  const first = await changes();
  expect(words(first.changes)).toEqual(['in time']);
  sim.clock.advance(5_000);
  expect(words((await changes(first.last)).changes)).toEqual(['late']);
});

test('with its rules switched off the application catches up once a minute', async () => {
  const sim = await started({ config: { appRules: false } });
  const { chat, changes, get } = await opened(sim);
  sim.accept(chat, 'beth.anglin');
  sim.say(chat, { text: 'hello' });
  expect((await changes()).changes).toEqual([]);
  sim.clock.advance(60_000);
  expect(words((await changes()).changes)).toContain('hello');
  expect((await get(`/chats/${chat}`)).state).toBe('in_progress');
});

test('leaving a chat takes it from the desk, and leaving it again changes nothing', async () => {
  const sim = await started();
  const { chat, call, get } = await opened(sim);
  sim.accept(chat);
  for (let times = 0; times < 2; times += 1) expect((await call('POST', `/chats/${chat}/end`, {})).status).toBe(200);
  expect(sim.chats()[0]?.state).toBe('closed_by_client');
  expect(await get(`/chats/${chat}`)).toMatchObject({ state: 'ended', endedBy: 'requester' });
  expect((await call('POST', `/chats/${chat}/messages`, { externalId: 'x', text: 'too late' })).status).toBe(409);
});

test('a chat that the platform closes, escalates or hands on is told so', async () => {
  const sim = await started();
  const { chat, get } = await opened(sim);
  sim.accept(chat, 'beth.anglin');
  sim.transfer(chat, { agent: 'noor.haddad' });
  sim.transfer(chat, { queue: sim.setQueue({ name: 'HR' }) });
  expect(await get(`/chats/${chat}`)).toMatchObject({ state: 'waiting', position: 1 });
  const { changes } = await get('/changes?after=0');
  expect(
    changes.filter((each: Json) => each.type !== 'message').map((each: Json) => [each.type, each.agentName]),
  ).toEqual([
    ['joined', 'Beth Anglin'],
    ['transferred', 'Noor Haddad'],
    ['transferred', ''],
  ]);
  sim.idle(chat);
  expect(await get(`/chats/${chat}`)).toMatchObject({ state: 'ended', endedBy: 'platform' });
});

test('a closed queue says why, and agents have no business with this API', async () => {
  const sim = await started();
  sim.setQueue({ id: itDesk, open: false, notAvailable: 'Back at eight.' });
  const api = app(sim);
  expect(await api.get(`/queues/${itDesk}`)).toMatchObject({ open: false, message: 'Back at eight.' });
  expect(await api.open('one')).toMatchObject({
    status: 403,
    json: { error: { code: 'closed', message: 'Back at eight.' } },
  });
  expect((await app(sim, beth).call('GET', '/changes')).status).toBe(403);
  expect((await app(sim, noor).open('one')).status).toBe(403);
});

test('an instance without the application does not know its paths', async () => {
  const sim = await started({ config: { appInstalled: false } });
  expect((await app(sim).open('one')).status).toBe(400);
});

test('faults can be meant for one chat', async () => {
  const sim = await started();
  const { chat, open, post } = await opened(sim);
  const other = (await open('two')).json.result.conversationId as string;
  sim.addFault({ match: { chat }, do: { status: { preset: 'down503' } } });
  expect((await post(chat, 'a', 'hello')).status).toBe(503);
  expect((await post(other, 'a', 'hello')).status).toBe(201);
});

test('the application goes on after a restart of the instance', async () => {
  const stateFile = join(folder, 'state.json');
  const before = await started({ stateFile });
  const { chat, changes } = await opened(before);
  before.say(chat, { text: 'hello' });
  const { last } = await changes();
  await before.close();
  const after = await started({ stateFile });
  after.say(chat, { text: 'again' });
  const { open, changes: changesAfter } = app(after);
  expect(words((await changesAfter(last)).changes)).toEqual(['again']);
  expect((await open('one')).json.result.conversationId).toBe(chat);
});
