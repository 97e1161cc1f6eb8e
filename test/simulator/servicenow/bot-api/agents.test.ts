import { noor } from '../support';
import { calledBack, closeEverything, kinds } from './support';

afterEach(closeEverything);

test('an employee who asks for an agent waits, is taken, talks, and is told of the end', async () => {
  const { sim, send, say, taken } = await calledBack();
  const request = {
    action: 'AGENT',
    requestId: 'first',
    clientVariables: { chat: 'c-1', gen: 3 },
    message: { text: 'VPN is down', typed: true, clientMessageId: 'm-1' },
  };
  const reply = await send(request);
  expect([reply.status, reply.json]).toEqual([200, { status: 'success' }]);
  const [standBy] = await taken(1);
  const interactionId = expect.stringMatching(/^[0-9a-f]{32}$/);
  const messageId = expect.stringMatching(/^[0-9a-f]{32}$/);
  expect(standBy).toEqual({
    requestId: 'first',
    clientSessionId: 's-1',
    userId: 'u-1',
    clientVariables: { chat: 'c-1', gen: 3 },
    message: request.message,
    interactionId,
    agentChat: true,
    score: 1,
    body: [
      {
        uiType: 'OutputText',
        group: 'DefaultText',
        value: 'Please stand by while I connect you to a live agent.',
        maskType: 'NONE',
        messageId,
      },
      { uiType: 'ActionMsg', actionType: 'SubscribeToSupportQueue' },
      {
        uiType: 'ActionMsg',
        actionType: 'StartSpinner',
        spinnerType: 'wait_time',
        message: 'Routing you to a live agent...',
        waitTime: '2 Minutes 10 Seconds',
      },
    ],
  });
  const chat = sim.chats()[0]?.id ?? '';
  sim.accept(chat, 'beth.anglin');
  const [entered] = await taken(1);
  expect(entered.body).toEqual([
    { uiType: 'ActionMsg', actionType: 'EndSpinner', spinnerType: 'wait_time' },
    { uiType: 'ActionMsg', actionType: 'SwitchToLiveAgent' },
    { uiType: 'ActionMsg', actionType: 'System', message: 'Beth Anglin has entered the chat.' },
  ]);
  await say('still down');
  const [row] = sim.say(chat, { text: 'which client?' });
  const [words] = await taken(1);
  expect(words).toMatchObject({ requestId: 'r-2', agentChat: true, clientVariables: { gen: 3 } });
  expect(words.message).toBeUndefined();
  expect(words.body).toEqual([
    {
      uiType: 'OutputText',
      group: 'DefaultText',
      value: 'which client?',
      maskType: 'NONE',
      messageId: row,
      agentInfo: {
        sentFromAgent: true,
        agentName: 'Beth Anglin',
        agentId: expect.stringMatching(/^[0-9a-f]{32}$/),
        agentAvatar: expect.stringContaining('.iix?t=small'),
      },
    },
  ]);
  sim.closeChat(chat);
  const [closed] = await taken(1);
  expect(closed.agentChat).toBeUndefined();
  expect(closed).toMatchObject({
    completed: true,
    body: [
      { actionType: 'System', message: 'Beth Anglin has closed the support session.' },
      { actionType: 'SwitchToVirtualAgent' },
    ],
  });
  expect(sim.pane(chat).map((each) => each.text)).toEqual([
    'VPN is down',
    'still down',
    'which client?',
    'Beth Anglin has closed the support session',
  ]);
});

test('nobody is there, or the queue is closed: the employee is told, and the conversation is over', async () => {
  const { sim, send, taken } = await calledBack();
  sim.setQueue({ name: 'IT Service Desk', open: false });
  await send({ action: 'AGENT', message: { text: 'help' } });
  const [closed] = await taken(1);
  expect(closed).toMatchObject({ completed: true, body: [{ value: expect.stringContaining('closed at the moment') }] });
  sim.setQueue({ name: 'IT Service Desk', open: true });
  for (const userName of ['beth.anglin', 'noor.haddad']) sim.setAgent({ userName, available: false });
  await send({ action: 'AGENT', message: { text: 'help' } });
  const [nobody] = await taken(1);
  expect(nobody).toMatchObject({ completed: true, body: [{ value: expect.stringContaining('no agents') }] });
  expect(sim.chats()).toEqual([]);
});

test('a transfer is a wait, and then another name', async () => {
  const { sim, taken, withAgent } = await calledBack();
  const chat = await withAgent();
  sim.transfer(chat, { agent: noor.user });
  const callbacks = await taken(2);
  expect(kinds(callbacks)).toEqual([
    ['SubscribeToSupportQueue', 'StartSpinner'],
    ['EndSpinner', 'System'],
  ]);
  expect(callbacks[1].body[1].message).toBe('Noor Haddad has entered the chat.');
  const [hr] = Object.values(sim.state().queues).filter(({ name }) => name === 'HR');
  sim.transfer(chat, { queue: hr?.id ?? '' });
  expect(kinds(await taken(1))).toEqual([['SubscribeToSupportQueue', 'StartSpinner']]);
  sim.accept(chat, 'beth.anglin');
  expect(kinds(await taken(1))).toEqual([['EndSpinner', 'SwitchToLiveAgent', 'System']]);
});

test('an escalated chat goes on in the same conversation', async () => {
  const { sim, say, taken, withAgent } = await calledBack();
  const chat = await withAgent();
  const next = sim.escalate(chat);
  expect(kinds(await taken(1))).toEqual([['SubscribeToSupportQueue', 'StartSpinner']]);
  await say('are you there?');
  sim.accept(next, 'noor.haddad');
  expect(kinds(await taken(1))).toEqual([['EndSpinner', 'SwitchToLiveAgent', 'System']]);
  expect(sim.pane(next).map((row) => row.text)).toContain('are you there?');
});

test('work notes stay with the agents', async () => {
  const { sim, taken, withAgent } = await calledBack();
  const chat = await withAgent();
  sim.say(chat, { text: 'between us', workNote: true });
  sim.say(chat, { text: 'for you' });
  expect(kinds(await taken(1))).toEqual([['for you']]);
});

test('typing is told where the instance tells of it', async () => {
  const { sim, taken, withAgent } = await calledBack();
  const chat = await withAgent();
  sim.typing(chat, true);
  sim.typing(chat, false);
  expect(kinds(await taken(2))).toEqual([['StartTypingIndicator'], ['EndTypingIndicator']]);
  sim.configure({ agentTyping: 'suffixed' });
  sim.say(chat, { text: 'hello' });
  expect(kinds(await taken(2))).toEqual([['StartTypingIndicatorActionMsg'], ['EndTypingIndicatorActionMsg', 'hello']]);
});

test.each([
  ['closed-de', 'Beth Anglin hat die Support-Sitzung geschlossen.'],
  ['closed-ja', 'Beth Anglin がサポートセッションを終了しました'],
  ['was-closed-fr', 'La session de support a été fermée.'],
  ['{name} is off', 'Beth Anglin is off'],
])('the end is told in the words of "%s"', async (wording, message) => {
  const { sim, taken, withAgent } = await calledBack();
  const chat = await withAgent();
  sim.closeChat(chat, { wording });
  expect((await taken(1))[0].body[0]).toMatchObject({ actionType: 'System', message });
});

test('how the end is told is a switch; the conversation goes on with the Virtual Agent unless it is completed', async () => {
  const { sim, say, taken, withAgent } = await calledBack({ config: { closeTells: 'switch' } });
  const chat = await withAgent();
  sim.closeChat(chat, { textInThread: false });
  const [closed] = await taken(1);
  expect(kinds([closed])).toEqual([['SwitchToVirtualAgent']]);
  expect(closed.completed).toBeUndefined();
  await say('agent');
  const [again] = await taken(1);
  expect(again.interactionId).toBe(closed.interactionId);
  const second = sim.chats().at(-1)?.id ?? '';
  sim.configure({ closeTells: 'completed' });
  sim.accept(second, 'beth.anglin');
  await taken(1);
  sim.closeChat(second, { wording: 'none' });
  expect(await taken(1)).toMatchObject([{ completed: true, body: [] }]);
});

test('a chat that nobody takes ends with the words that nobody is there', async () => {
  const { sim, send, taken } = await calledBack();
  await send({ action: 'AGENT', message: { text: 'help' } });
  await taken(1);
  sim.emptyQueue(sim.chats()[0]?.queueId ?? '');
  const [nobody] = await taken(1);
  expect(nobody.completed).toBe(true);
  expect(kinds([nobody])[0]?.[0]).toBe('EndSpinner');
});
