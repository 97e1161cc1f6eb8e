import { as, closeAll, itDesk, started, texts } from './support';

afterEach(closeAll);

const greeting = 'Hello, you have reached the IT Service Desk. I am reading your request now.';

test("acceptance brings an agent, the state in progress, and the queue's first response as the agent's words", async () => {
  const sim = await started();
  const { group } = await as(sim).open();
  sim.accept(group, 'noor.haddad');
  expect(await as(sim).entry(group)).toMatchObject({ state: 2, work_start: '2026-11-18 09:00:00' });
  expect(sim.pane(group).at(-1)).toMatchObject({ author: 'agent', name: 'Noor Haddad', text: greeting });
});

test('the first response comes after the configured time, or never when the queue has none', async () => {
  const sim = await started({ config: { joinDelayMs: 3_000 } });
  const { group } = await as(sim).open();
  sim.accept(group);
  sim.clock.advance(2_999);
  expect(texts(sim.pane(group))).not.toContain(greeting);
  sim.clock.advance(1);
  expect(texts(sim.pane(group))).toContain(greeting);
  const hr = await as(sim).open('x', sim.setQueue({ name: 'HR' }));
  sim.accept(hr.group);
  sim.clock.advance(3_000);
  expect(texts(sim.pane(hr.group))).toEqual(['x']);
});

test('a join can be told in the thread', async () => {
  const sim = await started({ config: { joinWording: '{name} is here' } });
  const { group } = await as(sim).open();
  sim.accept(group, 'beth.anglin');
  expect(sim.pane(group)[1]).toMatchObject({ author: 'system', text: 'Beth Anglin is here' });
});

test('a chat is accepted once, by an agent who exists', async () => {
  const sim = await started();
  const { group } = await as(sim).open();
  expect(() => sim.accept(group, 'svc_teams')).toThrow('no agent');
  sim.accept(group);
  expect(() => sim.accept(group)).toThrow('not waiting');
  expect(() => sim.accept('nothing')).toThrow('no such chat');
});

test('an agent can write many rows at once, all in one second', async () => {
  const sim = await started({ clock: { mode: 'real' } });
  const { group } = await as(sim).open();
  sim.accept(group);
  const ids = sim.say(group, { text: 'burst', count: 40, sameSecond: true });
  const rows = sim.pane(group).slice(-40);
  expect(rows.map((row) => row.id)).toEqual(ids);
  expect([rows[0]?.text, rows[39]?.text]).toEqual(['burst 1', 'burst 40']);
  expect(new Set(rows.map((row) => row.at)).size).toBe(1);
});

test.each([
  ['closed', 'Beth Anglin has closed the support session'],
  ['left', 'Beth Anglin has left the support session'],
  ['was-closed', 'The support session was closed.'],
  ['closed-de', 'Beth Anglin hat die Support-Sitzung geschlossen'],
  ['closed-fr', 'Beth Anglin a fermé la session de support'],
  ['closed-es', 'Beth Anglin ha cerrado la sesión de soporte'],
  ['closed-ja', 'Beth Anglin がサポートセッションを終了しました'],
  ['left-de', 'Beth Anglin hat die Support-Sitzung verlassen'],
  ['was-closed-fr', 'La session de support a été fermée.'],
  ['{name} says goodbye', 'Beth Anglin says goodbye'],
])('a close with the wording %s is told by the platform', async (wording, text) => {
  const sim = await started();
  const { group } = await as(sim).open();
  sim.accept(group, 'beth.anglin');
  sim.closeChat(group, { wording });
  expect(sim.pane(group).at(-1)).toMatchObject({ author: 'system', text });
  expect(await as(sim).entry(group)).toMatchObject({ state: 3, work_end: '2026-11-18 09:00:00' });
});

test('a close can leave no text in the thread: by its wording, by the call, or by the switch', async () => {
  const sim = await started();
  for (const closing of [{ wording: 'none' }, { textInThread: false }, 'switch'] as const) {
    const { group } = await as(sim).open('hello', sim.setQueue({ name: 'HR' }));
    sim.accept(group);
    if (closing === 'switch') sim.configure({ closeTextInThread: false });
    sim.closeChat(group, closing === 'switch' ? {} : closing);
    expect(texts(sim.pane(group))).toEqual(['hello']);
    expect((await as(sim).entry(group)).state).toBe(3);
  }
});

test('the usual closing text is a switch', async () => {
  const sim = await started({ config: { closingWording: 'left' } });
  const { group } = await as(sim).open();
  sim.accept(group, 'beth.anglin');
  sim.closeChat(group);
  expect(sim.pane(group).at(-1)?.text).toBe('Beth Anglin has left the support session');
  expect(() => sim.closeChat(group)).toThrow('ended');
});

test('a transfer to an agent changes who answers, at once or after the configured time', async () => {
  const sim = await started({ config: { transferWording: 'now with {name}' } });
  const { group } = await as(sim).open();
  sim.accept(group, 'beth.anglin');
  const { assigned_to: before } = await as(sim).entry(group);
  sim.transfer(group, { agent: 'noor.haddad' });
  expect(await as(sim).entry(group)).toMatchObject({ state: 2, transfer_state: 'accepted', transfer_from: before });
  expect(sim.chats()[0]).toMatchObject({ agent: 'noor.haddad', agentName: 'Noor Haddad' });
  expect(sim.pane(group).at(-1)?.text).toBe('now with Noor Haddad');
  sim.configure({ transferDelayMs: 5_000 });
  sim.transfer(group, { agent: 'beth.anglin' });
  expect(sim.chats()[0]).toMatchObject({ agent: 'noor.haddad', transfer: 'pending' });
  sim.clock.advance(5_000);
  expect(sim.chats()[0]).toMatchObject({ agent: 'beth.anglin', transfer: 'accepted' });
});

test('a transfer to a queue lets the chat wait there', async () => {
  const sim = await started();
  const hr = sim.setQueue({ name: 'HR' });
  const { group } = await as(sim).open();
  sim.accept(group);
  sim.transfer(group, { queue: hr });
  expect(await as(sim).entry(group)).toMatchObject({ queue: hr, state: 1, position: 1, assigned_to: '' });
  expect(() => sim.transfer(group, { queue: hr })).toThrow('in progress');
});

test('an escalation without a queue goes where the queue escalates to', async () => {
  const sim = await started();
  const { group } = await as(sim).open();
  const followUp = sim.escalate(group);
  expect((await as(sim).entry(group)).state).toBe(4);
  expect(await as(sim).entry(followUp)).toMatchObject({ queue: sim.setQueue({ name: 'HR' }), state: 1 });
  expect(() => sim.escalate(followUp)).toThrow('escalates to no other');
});

test('when the agent drops out, the chat waits again', async () => {
  const sim = await started();
  const { group } = await as(sim).open();
  sim.accept(group);
  sim.agentDrop(group);
  expect(await as(sim).entry(group)).toMatchObject({ queue: itDesk, state: 1, position: 1, assigned_to: '' });
  expect(() => sim.agentDrop(group)).toThrow('no agent');
});

test('an agent can accept by itself, as many chats as there is room for, and the next one when a chat ends', async () => {
  const sim = await started();
  sim.setAgent({ userName: 'robin', capacity: 1, autoAccept: { afterMs: 500 } });
  const first = await as(sim).open();
  const second = await as(sim).open();
  sim.clock.advance(499);
  expect((await as(sim).entry(first.group)).state).toBe(1);
  sim.clock.advance(1);
  expect((await as(sim).entry(first.group)).state).toBe(2);
  expect((await as(sim).entry(second.group)).state).toBe(1);
  await as(sim).leave(first.group);
  sim.clock.advance(500);
  expect((await as(sim).entry(second.group)).state).toBe(2);
});

test('an agent who is away accepts nothing', async () => {
  const sim = await started();
  sim.setAgent({ userName: 'robin', available: false, autoAccept: { afterMs: 0 } });
  const { group } = await as(sim).open();
  sim.clock.advance(1_000);
  expect((await as(sim).entry(group)).state).toBe(1);
});

test('an agent can answer by itself', async () => {
  const sim = await started();
  sim.setAgent({
    userName: 'robin',
    autoAccept: { afterMs: 0 },
    autoReply: { text: 'You said: {text}', afterMs: 200 },
  });
  const { group } = await as(sim).open();
  await as(sim).post1(group, 'hello');
  sim.clock.advance(200);
  expect(sim.pane(group).at(-1)).toMatchObject({ author: 'agent', name: 'robin', text: 'You said: hello' });
});

test('on a real clock what is planned happens by itself', async () => {
  const sim = await started({ clock: { mode: 'real' }, config: { joinDelayMs: 30 } });
  const { group } = await as(sim).open();
  sim.accept(group);
  const deadline = Date.now() + 5_000;
  while (!texts(sim.state().chats[group]?.rows ?? []).includes(greeting) && Date.now() < deadline)
    await new Promise((resolve) => setImmediate(resolve));
  expect(texts(sim.pane(group))).toContain(greeting);
});
