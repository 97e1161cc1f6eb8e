import type { LiveChat } from '../../../src/conversation/types';
import { closeAll, context, deskAt, failureOf, startInstance } from '../servicenow-side';

afterEach(closeAll);

const entry = 'e54f0abf0a0a0b452db84664f409c79c';
const chat = { id: 'c54f0abf0a0a0b452db84664f409c79c', entry } as LiveChat;

test('a rating is written into the field that the admin has named, and the same again is the same call', async () => {
  const server = await startInstance(() => ({ json: { result: {} } }));
  const { desk } = deskAt(server.url, { options: { ratingField: 'u_rating' } });
  expect([await desk.rate(chat, 4, context), await desk.rate(chat, 4, context)]).toEqual(['kept', 'kept']);
  const call = { method: 'PUT', path: `/table/chat_queue_entry/${entry}`, body: '{"u_rating":4}' };
  expect(server.received).toMatchObject([call, call]);
});

test.each([
  ['no field is named', {}, chat],
  ['the chat has no queue entry', { ratingField: 'u_rating' }, { ...chat, entry: undefined } as unknown as LiveChat],
])('nothing is called where %s', async (_, options, rated) => {
  const server = await startInstance(() => ({ json: { result: {} } }));
  expect(await deskAt(server.url, { options }).desk.rate(rated, 4, context)).toBe('none');
  expect(server.received).toEqual([]);
});

test('a rating that is not taken is a failure', async () => {
  const server = await startInstance(() => ({ status: 403, json: { error: { message: 'no' } } }));
  const { desk } = deskAt(server.url, { options: { ratingField: 'u_rating' } });
  expect(await failureOf(desk.rate(chat, 4, context))).toMatchObject({ kind: 'refused', certain: true });
});
