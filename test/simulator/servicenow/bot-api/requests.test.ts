import { createHmac } from 'node:crypto';
import { basic, request, started } from '../support';
import { calledBack, clientOf, closeEverything, kinds, until } from './support';

afterEach(closeEverything);

const path = '/api/sn_va_as_service/bot/integration';
const accept = { accept: 'application/json', 'content-type': 'application/json' };
const outcomes = (sim: { botRequests(): { outcome: string }[] }) => sim.botRequests().map(({ outcome }) => outcome);

test('credentials, method, headers and JSON are looked at as everywhere on the platform', async () => {
  const sim = await started();
  const { post } = clientOf(sim);
  expect((await post('{}', { authorization: basic({ user: 'svc_teams', password: 'wrong' }) })).status).toBe(401);
  expect((await request(sim, { method: 'POST', path, headers: accept, body: '{}' })).status).toBe(401);
  expect((await post('{}', { 'content-type': 'text/plain' })).status).toBe(400);
  expect((await post('{}', { accept: 'text/html' })).status).toBe(400);
  expect((await post('{"userId":')).json).toMatchObject({ status: 'failure', error: { message: expect.any(String) } });
  const authorization = basic({ user: 'svc_teams', password: 'svc-teams-password' });
  expect((await request(sim, { path, headers: { ...accept, authorization } })).status).toBe(405);
});

test('without credentials on the resource the message itself proves who sends it', async () => {
  const messageAuth = { kind: 'token', token: 'secret' } as const;
  const { sim, receiver } = await calledBack({ config: { botRequiresAuth: false, messageAuth } });
  const body = JSON.stringify({ userId: 'u-1', message: { text: 'hi' } });
  const send = (token: string) => request(sim, { method: 'POST', path, headers: { ...accept, token }, body });
  expect((await send('other')).status).toBe(200);
  expect((await send('secret')).status).toBe(200);
  await until(() => receiver.got.length === 1);
  expect(outcomes(sim)).toEqual(['no_proof', 'taken']);
});

test('a token that is wrong gets success and no callback; the one in the header wins', async () => {
  const { sim, say, taken } = await calledBack({ config: { messageAuth: { kind: 'token', token: 'secret' } } });
  for (const given of [{}, { token: 'wrong' }]) expect((await say('hi', given)).json).toEqual({ status: 'success' });
  await say('hi', { token: 'secret' });
  await taken(1);
  const both = { message: { text: 'hi' }, token: 'secret' };
  const { send } = clientOf(sim);
  expect((await send({ ...both, requestId: 'x' }, { token: 'wrong' })).status).toBe(200);
  expect(outcomes(sim)).toEqual(['no_proof', 'no_proof', 'taken', 'no_proof']);
});

test('a signature is of the exact body', async () => {
  const { sim, post, taken } = await calledBack({ config: { messageAuth: { kind: 'hash', secret: 'key' } } });
  const body = JSON.stringify({ userId: 'u-1', requestId: 'r', message: { text: 'hi' } });
  const signed = (text: string) => ({ 'x-b2b-signature': createHmac('sha1', 'key').update(text).digest('hex') });
  expect((await post(`${body} `, signed(body))).json).toEqual({ status: 'success' });
  await post(body, signed(body));
  expect((await taken(1))[0].requestId).toBe('r');
  expect(outcomes(sim)).toEqual(['no_proof', 'taken']);
});

test.each([
  ['no employee', { userId: undefined, message: { text: 'hi' } }],
  ['nothing said', { message: {} }],
  ['an unknown action', { action: 'DANCE' }],
  ['words with an end', { action: 'END_CONVERSATION', message: { text: 'bye' } }],
  ['a topic and an intent', { action: 'SWITCH', topic: { name: 'a' }, intent: { id: 'b' } }],
])('a request with %s gets success and no callback, or 400 where that is switched on', async (_, given) => {
  const { sim, receiver, send } = await calledBack();
  expect((await send(given)).json).toEqual({ status: 'success' });
  sim.configure({ strict400: true });
  const strict = await send(given);
  expect([strict.status, strict.json.status]).toEqual([400, 'failure']);
  expect(outcomes(sim)).toEqual(['malformed', 'malformed']);
  expect(receiver.got).toEqual([]);
});

test('before an agent is there a second request is ignored while the first is answered; with an agent none is', async () => {
  const { sim, receiver, say, send, taken, withAgent } = await calledBack();
  receiver.answers = false;
  await say('one');
  await until(() => receiver.got.length === 1);
  expect((await say('two')).json).toEqual({ status: 'success' });
  await send({ action: 'TYPING' });
  receiver.answers = true;
  receiver.answerAll();
  await until(() => sim.callbacks().length === 1);
  expect(outcomes(sim)).toEqual(['taken', 'busy', 'taken']);
  await taken(1);
  const chat = await withAgent();
  await Promise.all([say('three'), say('four')]);
  expect(sim.pane(chat).map((row) => row.text)).toEqual(expect.arrayContaining(['three', 'four']));
});

test('a request whose answer takes its time holds back the next, on the clock of the simulator', async () => {
  const { sim, say, taken } = await calledBack({ config: { botDelayMs: 2_000 } });
  await say('one');
  sim.clock.advance(1_999);
  await say('two');
  expect(sim.callbacks()).toEqual([]);
  sim.clock.advance(1);
  expect((await taken(1))[0].requestId).toBe('r-1');
  expect(outcomes(sim)).toEqual(['taken', 'busy']);
});

test('the same request again is ignored', async () => {
  const { sim, say, withAgent } = await calledBack();
  const chat = await withAgent();
  for (let copy = 0; copy < 2; copy += 1) await say('once', { requestId: 'same' });
  await say('another employee', { requestId: 'same', userId: 'u-2' });
  expect(sim.pane(chat).map((row) => row.text)).toEqual(['VPN is down', 'once']);
  expect(outcomes(sim).slice(1)).toEqual(['taken', 'repeated', 'taken']);
});

test('an answer that is lost is the end of nothing: the words are there, and their repeat is ignored', async () => {
  const { sim, say, withAgent } = await calledBack();
  const chat = await withAgent();
  sim.addFault({ match: { path: 'sn_va_as_service' }, when: { times: 1 }, do: { resetAfter: true } });
  await expect(say('once', { requestId: 'same' })).rejects.toThrow();
  await say('once', { requestId: 'same' });
  sim.clearFaults();
  sim.addFault({ when: { times: 1 }, do: { doubleEffect: true } });
  await say('stored twice');
  expect(sim.pane(chat).map((row) => row.text)).toEqual(['VPN is down', 'once', 'stored twice', 'stored twice']);
});

test('an account is linked by exactly one address, in its exact case, where messages are authenticated', async () => {
  const email = 'ana.roja@contoso.example';
  const { sim, send, taken } = await calledBack({ config: { messageAuth: { kind: 'token', token: 't' } } });
  const requesterOf = async (emailId: string, userId: string) => {
    await send({ action: 'AGENT', token: 't', userId, emailId, message: { text: 'help' } }, {});
    await taken(1);
    return sim.chats().at(-1)?.requester;
  };
  expect(await requesterOf(email, 'a')).toBe('Ana Roja');
  expect(await requesterOf('Ana.Roja@contoso.example', 'b')).toBe('Guest');
  sim.configure({ messageAuth: null });
  expect(await requesterOf(email, 'c')).toBe('Guest');
  sim.configure({ accountLinking: 'always' });
  expect(await requesterOf(email, 'd')).toBe('Ana Roja');
  sim.setUser({ userName: 'ana.two', email });
  expect(await requesterOf(email, 'e')).toBe('Guest');
  sim.setUser({ userName: 'ana.two', active: false });
  expect(await requesterOf(email, 'f')).toBe('Ana Roja');
});

test('what comes along with requests is kept and can be looked at', async () => {
  const { sim, send, taken } = await calledBack();
  await send({
    action: 'AGENT',
    message: { text: 'help' },
    contextVariables: { live_agent_only: 'true' },
    clientVariables: { chat: 'c' },
    timezone: 'Europe/Madrid',
    appInboundId: 'app-7',
  });
  await taken(1);
  await send({ action: 'SET_USER_TIMEZONE', timezone: 'Europe/Berlin', contextVariables: { topic: 'vpn' } });
  const [conversation] = Object.values(sim.state().bot.conversations);
  expect(conversation).toMatchObject({
    contextVariables: { live_agent_only: 'true', topic: 'vpn' },
    clientVariables: { chat: 'c' },
    timezone: 'Europe/Berlin',
    appInboundId: 'app-7',
    phase: 'waiting',
  });
});

test('a context variable leads to another queue', async () => {
  const { sim, send, taken } = await calledBack();
  await send({ action: 'AGENT', message: { text: 'help' }, contextVariables: { queue: 'HR' } });
  expect((await taken(1))[0].body[2].waitTime).toBe('5 Minutes');
  expect(sim.state().queues[sim.chats()[0]?.queueId ?? '']?.name).toBe('HR');
});

test('the Virtual Agent answers words, and knows the way to an agent', async () => {
  const { say, send, taken } = await calledBack();
  await send({ action: 'START_CONVERSATION' });
  expect(kinds(await taken(1))).toEqual([['StartConversation', 'Hi, how can I help you?']]);
  await say('my mouse is tired');
  expect((await taken(1))[0].body).toMatchObject([
    { uiType: 'TopicPickerControl', options: [{ value: 'Live Agent Support.' }, { value: 'Password Reset' }] },
  ]);
  await say('Live Agent Support.');
  expect(kinds(await taken(1))[0]?.slice(1)).toEqual(['SubscribeToSupportQueue', 'StartSpinner']);
});

test('an instance that asks first hands over at the second request, or when only an agent is wanted', async () => {
  const { send, taken } = await calledBack({ config: { handover: 'picker' } });
  const ask = async (given: object) => {
    await send({ action: 'AGENT', message: { text: 'help' }, ...given });
    return (await taken(1))[0].body[0].uiType;
  };
  expect(await ask({})).toBe('TopicPickerControl');
  expect(await ask({})).toBe('OutputText');
  expect(await ask({ userId: 'u-2', contextVariables: { live_agent_only: 'true' } })).toBe('OutputText');
});

test('a conversation is made first and started later', async () => {
  const { sim, send, taken } = await calledBack();
  await send({ action: 'CREATE_CONVERSATION' });
  const [created] = await taken(1);
  const ids = {
    conversationId: expect.any(String),
    interactionId: created.interactionId,
    messageId: expect.any(String),
  };
  expect(created.body).toMatchObject([{ actionType: 'CreateConversation', ...ids }]);
  await send({ action: 'START_CREATED_CONVERSATION' });
  const [begun] = await taken(1);
  expect(begun.body[0]).toMatchObject({ actionType: 'StartConversation', ...ids });
  await send({ action: 'AGENT', message: { text: 'help' } });
  await taken(1);
  expect(sim.chats()[0]?.id).toBe(created.body[0].conversationId);
});

test('an employee who ends the conversation is told so, and the agent sees it', async () => {
  const { sim, send, taken, withAgent } = await calledBack();
  const chat = await withAgent();
  await send({ action: 'END_CONVERSATION', message: { text: '' } });
  expect(await taken(1)).toMatchObject([{ completed: true, body: [{ value: 'Your conversation has ended.' }] }]);
  expect(sim.chats()[0]?.state).toBe('closed_by_client');
  expect(sim.pane(chat).at(-1)?.text).toBe('Guest has left the support session');
});

test('a conversation that failed is given back without a word', async () => {
  const { send, taken, withAgent } = await calledBack();
  await withAgent();
  await send({ action: 'FAULT_CONVERSATION', cause: 'EXTERNAL_FAILURE' });
  expect(await taken(1)).toMatchObject([{ takeControl: true, score: 0, body: [] }]);
});

test('history comes with the first request alone, unless it is sent as such', async () => {
  const { sim, send, say, withAgent } = await calledBack();
  const line = (value: string, isBotMessage = false) => ({
    displayName: isBotMessage ? 'Help bot' : 'Ana Roja',
    isBotMessage,
    type: 'text',
    value,
    timestamp: '1795183379000',
  });
  const chat = await withAgent({ history: [line('vpn broken'), line('did you restart?', true)] });
  await say('yes', { history: [line('too late')] });
  expect((await send({ action: 'SEND_HISTORY', history: [line('as such')] })).json).toEqual({ status: 'success' });
  expect(sim.pane(chat).map(({ name, text, before }) => [name, text, before ?? false])).toEqual([
    ['Ana Roja', 'vpn broken', true],
    ['Help bot', 'did you restart?', true],
    ['Ana Roja', 'as such', true],
    ['Guest', 'VPN is down', false],
    ['Guest', 'yes', false],
  ]);
  expect(sim.pane(chat)[0]?.at).toBe(1_795_183_379_000);
});

test('the agent is told while the employee types', async () => {
  const { sim, send, withAgent } = await calledBack();
  await withAgent();
  await send({ action: 'TYPING' });
  expect(sim.chats()[0]?.typing).toBe(true);
  await send({ action: 'VIEWING' });
  expect(sim.chats()[0]?.typing).toBeUndefined();
});

test('receipts are taken where third parties keep records, and answered in plain text', async () => {
  const { sim, send, taken, withAgent } = await calledBack();
  const chat = await withAgent();
  const [row = ''] = sim.say(chat, { text: 'hello' });
  await taken(1);
  const receipt = { action: 'UPDATE_MESSAGES', message: [{ id: row, status: 'sent_to_user' }] };
  expect((await send(receipt)).status).toBe(400);
  sim.configure({ thirdPartyChat: true });
  const reply = await send(receipt);
  expect([reply.status, reply.text, reply.headers['content-type']]).toEqual([
    200,
    'Message Processed Successfully',
    'text/plain;charset=UTF-8',
  ]);
  expect(sim.pane(chat).find(({ id }) => id === row)?.receipt).toBe('sent_to_user');
});

test('a client that wants silence hears agents, and not the Virtual Agent', async () => {
  const { sim, say, receiver, taken, withAgent } = await calledBack();
  await say('anything', { silentMessage: true });
  const [, chat] = [await until(() => sim.botRequests().length === 1), await withAgent()];
  expect(receiver.got).toEqual([]);
  sim.say(chat, { text: 'hello' });
  expect(kinds(await taken(1))).toEqual([['hello']]);
  await say('yes', { silentMessage: 'false' });
  const [conversation] = Object.values(sim.state().bot.conversations);
  expect(conversation?.silent).toBe(false);
});

test('topics are switched on request', async () => {
  const { send, taken } = await calledBack();
  await send({ action: 'SWITCH', topic: { name: 'Password Reset' } });
  expect((await taken(1))[0].body[0].value).toContain('Password Reset');
});

test('the immediate answer can take its time, and the callback waits for it', async () => {
  const { receiver, say, taken } = await calledBack({ config: { ackDelayMs: 30 } });
  const reply = say('hi');
  reply.then(() => expect(receiver.got).toEqual([])).catch(() => {});
  expect((await reply).status).toBe(200);
  await taken(1);
});
