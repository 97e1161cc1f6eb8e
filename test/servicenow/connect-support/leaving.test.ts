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

test.each([
  ['waits', false, 'closed_abandoned'],
  ['was accepted', true, 'closed_by_client'],
])('a chat that %s is left', async (_, accepted, state) => {
  const { sim, desk } = await started();
  const chat = await opened(desk);
  if (accepted) sim.accept(chat.id, 'beth.anglin');
  expect(await desk.leave(chat, context)).toBe('left');
  expect(sim.chats()[0]?.state).toBe(state);
  expect(requests(sim).at(-1)).toBe('POST /connect/support/sessions/…/leave');
});

test.each(['same', '404'] as const)(
  'leaving twice does no harm where the second leave gets %s (row 8)',
  async (secondLeave) => {
    const { desk } = await started({}, { config: { secondLeave } });
    const chat = await opened(desk);
    await desk.leave(chat, context);
    expect(await desk.leave(chat, context)).toBe(secondLeave === '404' ? 'gone' : 'left');
  },
);

test('a chat that ServiceNow does not know needs no leaving (row 20)', async () => {
  const { desk } = await started();
  expect(await desk.leave(liveChat(), context)).toBe('gone');
});

test('409 says that there is nothing to leave', async () => {
  const { sim, desk } = await started();
  const chat = await opened(desk);
  sim.addFault({ match: { path: '/leave$' }, do: { status: { code: 409 } } });
  expect(await desk.leave(chat, context)).toBe('gone');
});

test('403 for a chat that is over: the queue says so, and it is gone', async () => {
  const { sim, desk } = await started();
  const chat = await opened(desk);
  sim.closeChat(chat.id);
  sim.addFault({ match: { path: '/leave$' }, do: { status: { preset: 'connect403' } } });
  expect(await desk.leave(chat, context)).toBe('gone');
});

test('403 for a chat that goes on is a failure: the agent still waits there (row 19)', async () => {
  const { sim, desk } = await started();
  const chat = await opened(desk);
  sim.addFault({ match: { path: '/leave$' }, do: { status: { preset: 'connect403' } } });
  expect(await failureOf(desk.leave(chat, context))).toMatchObject({ kind: 'refused', certain: true });
});

test('403 where the queue cannot be asked is a failure', async () => {
  const { sim, desk } = await started();
  const chat = await opened(desk);
  sim.addFault({ do: { status: { preset: 'acl403' } } });
  expect(await failureOf(desk.leave(chat, context))).toMatchObject({ kind: 'refused' });
});

test('a leave whose answer is lost happened perhaps', async () => {
  const { sim, desk } = await started();
  const chat = await opened(desk);
  sim.addFault({ match: { path: '/leave$' }, when: { times: 1 }, do: { resetAfter: {} } });
  expect(await failureOf(desk.leave(chat, context))).toMatchObject({ kind: 'unreachable', certain: false });
  expect(await desk.leave(chat, context)).toBe('left');
});

test('whatever a successful leave is answered with, it is left', async () => {
  for (const reply of [{ json: { result: {} } }, { json: {} }, { json: { result: null } }, { status: 204, text: '' }]) {
    const server = await startInstance(() => reply);
    expect(await deskAt(server.url).desk.leave(liveChat(), context)).toBe('left');
  }
});

test('another method and path can be configured', async () => {
  const server = await startInstance(() => ({ json: { result: {} } }));
  const options = { leaveMethod: 'DELETE', paths: { leave: '/api/acme/chats/{chat}' } };
  await deskAt(server.url, { options }).desk.leave(liveChat(), context);
  expect(server.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `DELETE /api/acme/chats/${liveChat().id}`,
  ]);
});

test('a chat id that is none leads to no call', async () => {
  const { sim, desk } = await started();
  const chat = liveChat({ id: '../../table/sys_user' as ReturnType<typeof liveChat>['id'] });
  expect(await failureOf(desk.leave(chat, context))).toMatchObject({ kind: 'rejected', certain: true });
  expect(requests(sim)).toEqual([]);
});
