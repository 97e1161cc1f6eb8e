import { as, beth, closeAll, itDesk, noor, started, texts } from './support';

afterEach(closeAll);

async function chatInProgress() {
  const sim = await started();
  sim.setQueue({ id: itDesk, initialAgentResponse: '' });
  const { group } = await as(sim).open();
  sim.accept(group, 'beth.anglin');
  return { sim, group: group as string };
}

test('leaving while waiting abandons the chat, leaving an accepted one closes it by the client', async () => {
  const { sim, group } = await chatInProgress();
  const waiting = await as(sim).open();
  expect((await as(sim).leave(waiting.group)).json.result).toMatchObject({ state: 8, work_end: '2026-11-18 09:00:00' });
  expect((await as(sim).leave(group)).json.result).toMatchObject({ state: 7, group });
});

test('leaving is told in the thread by the platform, in the configured words or not at all', async () => {
  const { sim, group } = await chatInProgress();
  await as(sim).leave(group);
  const [last] = await as(sim).thread(group);
  expect(last).toMatchObject({ message: 'Teams Connector has left the support session', created_by: 'system' });
  sim.configure({ leaveWording: null });
  const other = await as(sim).open('quiet');
  await as(sim).leave(other.group);
  expect(texts(sim.pane(other.group))).toEqual(['quiet']);
});

test('a second leave answers the same entry, or 404 where the switch says so', async () => {
  const { sim, group } = await chatInProgress();
  await as(sim).leave(group);
  const again = await as(sim).leave(group);
  expect(again.status).toBe(200);
  expect(again.json.result).toMatchObject({ group, state: 7 });
  expect(sim.pane(group)).toHaveLength(2);
  sim.configure({ secondLeave: '404' });
  expect((await as(sim).leave(group)).status).toBe(404);
});

test('leaving what an agent has closed leaves it closed by the agent', async () => {
  const { sim, group } = await chatInProgress();
  sim.closeChat(group);
  expect((await as(sim).leave(group)).json.result.state).toBe(3);
});

test('only the requester can leave, and an unknown chat cannot be left', async () => {
  const { sim, group } = await chatInProgress();
  expect((await as(sim, beth).leave(group)).status).toBe(403);
  expect((await as(sim).leave('0'.repeat(32))).status).toBe(404);
});

test('an agent closes through the platform', async () => {
  const { sim, group } = await chatInProgress();
  const closed = await as(sim, beth).post(`/connect/support/sessions/${group}/close`, { agent_leave: true });
  expect(closed.json.result.state).toBe(3);
  expect((await as(sim).thread(group))[0]?.message).toBe('Beth Anglin has closed the support session');
  expect((await as(sim).post(`/connect/support/sessions/${group}/close`)).status).toBe(403);
});

test('a chat that its requester left can be rejoined, one that an agent closed cannot', async () => {
  const { sim, group } = await chatInProgress();
  await as(sim).leave(group);
  const back = await as(sim).post(`/connect/support/sessions/${group}/rejoin`);
  expect(back.json.result).toMatchObject({ group, state: 1, position: 1, assigned_to: '' });
  sim.accept(group);
  sim.closeChat(group);
  const refused = await as(sim).post(`/connect/support/sessions/${group}/rejoin`);
  expect(refused.status).toBe(403);
  expect(typeof refused.json.result).toBe('string');
});

test('an escalation ends the chat and goes on in another queue under a new id', async () => {
  const { sim, group } = await chatInProgress();
  const hr = sim.setQueue({ name: 'HR' });
  const followUp = (await as(sim, beth).post(`/connect/support/sessions/${group}/escalate/${hr}`)).json.result;
  expect(followUp).toMatchObject({ queue: hr, state: 1 });
  expect(followUp.group).not.toBe(group);
  expect((await as(sim).entry(group)).state).toBe(4);
  expect(sim.state().chats[group]?.followUp).toBe(followUp.group);
  expect(texts(sim.pane(followUp.group))).toEqual(['VPN is down']);
});

test('a transfer is pending until the other agent accepts it', async () => {
  const { sim, group } = await chatInProgress();
  const { sysId } = Object.values(sim.state().users).find((user) => user.userName === noor.user) ?? { sysId: '' };
  const path = `/connect/support/sessions/${group}/transfer`;
  const offered = (await as(sim, beth).post(`${path}/${sysId}`)).json.result;
  expect(offered).toMatchObject({ transfer_state: 'pending', transfer_to: sysId, assigned_to: offered.transfer_from });
  expect((await as(sim, beth).post(`${path}/accept`)).status).toBe(403);
  const accepted = (await as(sim, noor).post(`${path}/accept`)).json.result;
  expect(accepted).toMatchObject({ transfer_state: 'accepted', assigned_to: sysId, state: 2 });
  expect((await as(sim, noor).post(`${path}/complete`)).json.result).not.toHaveProperty('transfer_state');
});

test('a transfer can be rejected or cancelled, and the chat stays where it is', async () => {
  const { sim, group } = await chatInProgress();
  const before = (await as(sim).entry(group)).assigned_to;
  const path = `/connect/support/sessions/${group}/transfer`;
  await as(sim, beth).post(`${path}/noor.haddad`);
  expect((await as(sim, noor).post(`${path}/reject`)).json.result.transfer_state).toBe('rejected');
  await as(sim, beth).post(`${path}/noor.haddad`);
  expect((await as(sim, noor).post(`${path}/cancel`)).status).toBe(403);
  expect((await as(sim, beth).post(`${path}/cancel`)).json.result).toMatchObject({
    transfer_state: 'cancelled',
    assigned_to: before,
  });
});
