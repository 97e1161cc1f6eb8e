import { deskOptions } from '../../src/servicenow/options';

test('nothing needs to be said about an ordinary instance', () => {
  const options = deskOptions.parse({});
  expect(options).toMatchObject({ pageSize: 30, listCall: 'auto', leaveMethod: 'POST', longestMessage: 4_000 });
  expect(options.states).toEqual({ waiting: [1], inProgress: [2], ended: [3, 4, 7, 8] });
  expect(options.paths.leave).toBe('/api/now/connect/support/sessions/{chat}/leave');
});

test('one path can differ and the others stay', () => {
  const options = deskOptions.parse({ paths: { leave: '/api/acme/leave/{chat}' } });
  expect(options.paths.leave).toBe('/api/acme/leave/{chat}');
  expect(options.paths.messages).toBe('/api/now/connect/conversations/{chat}/messages');
});

test.each([
  ['an unknown option', { page_size: 10 }],
  ['an unknown path', { paths: { leav: '/x' } }],
  ['a path on another host', { paths: { leave: 'https://evil.example/' } }],
  ['a path with a query', { paths: { leave: '/x?y' } }],
  ['a path with a name that is never filled', { paths: { leave: '/x/{group}' } }],
  ['a path that leads to the same place for every chat', { paths: { messages: '/x/messages' } }],
  ['a leave that names no chat', { paths: { leave: '/x/leave' } }],
  ['a path that climbs', { paths: { open: '/x/../../{queue}' } }],
  ['an id pattern that is none', { idPattern: '[' }],
  ['a page without rows', { pageSize: 0 }],
  ['a message with no room for words', { longestMessage: 10 }],
  ['an empty user name', { ownUser: '' }],
])('%s is a mistake that is noticed', (_, given) => {
  expect(deskOptions.safeParse(given).success).toBe(false);
});
