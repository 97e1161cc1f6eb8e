import { asked, auths, closeAll, context, failureOf, itDesk, opened, startedScripted, words } from '../servicenow-side';

afterEach(closeAll);

test.each(Object.entries(auths))('a chat is opened, talked in and left (%s)', async (_, auth) => {
  const { desk, sim } = await startedScripted({ auth });
  const { chat, state } = await desk.open(asked(), context);
  expect(state).toEqual({ state: 'waiting' });
  expect(chat).toMatchObject({ queue: itDesk, number: 'IMS0000001', handoff: 'turn-1' });
  await desk.post({ ...words(chat, 'hello'), id: '1' }, context);
  expect(sim.pane(chat.id).map((row) => row.text)).toEqual([expect.stringMatching(/^\[Teams TC-/), 'hello']);
  expect(await desk.leave(chat, context)).toBe('left');
  expect(await desk.state(chat, context)).toEqual({ state: 'ended' });
});

test('however often a hand-off is opened it is one chat, and it is found again', async () => {
  const { desk, sim } = await startedScripted();
  expect(await desk.findOpened(asked(), context)).toBeUndefined();
  sim.addFault({ match: { method: 'POST' }, when: { times: 1 }, do: { resetAfter: true } });
  expect(await failureOf(desk.open(asked(), context))).toMatchObject({ kind: 'unreachable', certain: false });
  const found = await desk.findOpened(asked(), context);
  const { chat } = await desk.open(asked(), context);
  expect(found?.chat.id).toBe(chat.id);
  expect(sim.chats()).toHaveLength(1);
});

test('an opening that the platform leaves half done goes on where it stopped', async () => {
  const { desk, sim } = await startedScripted();
  sim.addFault({ when: { times: 1 }, do: { appFails: { at: 'update awa_work_item' } } });
  expect(await failureOf(desk.open(asked(), context))).toMatchObject({ kind: 'unreachable', status: 500 });
  await desk.open(asked(), context);
  expect(sim.chats()).toHaveLength(1);
});

test('words whose answer was lost are there once, whether they are looked for or said again', async () => {
  const { desk, sim } = await startedScripted();
  const chat = await opened(desk);
  sim.addFault({ match: { path: 'messages$', method: 'POST' }, when: { every: 2 }, do: { commitThen: { code: 502 } } });
  const bound: string[] = [];
  for (let index = 0; index < 10; index += 1) {
    const request = { ...words(chat, 'the same'), id: String(index) };
    const row = await desk.post(request, context).catch(async () => {
      const found = await desk.findPosted(request, bound as never, context);
      expect(await desk.post(request, context).catch(() => found)).toBe(found);
      return found;
    });
    bound.push(String(row));
  }
  expect(sim.pane(chat.id).filter((row) => row.text === 'the same')).toHaveLength(10);
  expect(new Set(bound).size).toBe(10);
});

test('words that were given up and are wanted again are found by what they say', async () => {
  const { desk } = await startedScripted();
  const chat = await opened(desk);
  const first = await desk.post({ ...words(chat, 'hello'), id: '1' }, context);
  const wanted = { ...words(chat, 'hello'), id: '7' };
  expect(await desk.findPosted(wanted, [], context)).toBe(first);
  expect(await desk.findPosted(wanted, [first as never], context)).toBeUndefined();
});

test('a number that stands for other words after a backup was put back does not swallow them', async () => {
  const { desk, sim } = await startedScripted();
  const chat = await opened(desk);
  await desk.post({ ...words(chat, 'before'), id: '3' }, context);
  await desk.post({ ...words(chat, 'after'), id: '3' }, context);
  expect(
    sim
      .pane(chat.id)
      .map((row) => row.text)
      .slice(1),
  ).toEqual(['before', 'after']);
});

test('a chat that is over takes no words, and the state says why', async () => {
  const { desk, sim } = await startedScripted();
  const chat = await opened(desk);
  sim.accept(chat.id);
  sim.closeChat(chat.id);
  expect(await failureOf(desk.post({ ...words(chat, 'too late'), id: '1' }, context))).toMatchObject({
    kind: 'conflict',
    certain: true,
  });
  expect(await desk.state(chat, context)).toEqual({ state: 'ended' });
});

test('a chat that the instance does not know is not there, and needs no leaving', async () => {
  const { desk } = await startedScripted();
  const chat = { ...(await opened(desk)), id: 'f'.repeat(32) as never };
  expect(await desk.state(chat, context)).toBeUndefined();
  expect(await desk.leave(chat, context)).toBe('gone');
  expect(await failureOf(desk.post({ ...words(chat, 'x'), id: '1' }, context))).toMatchObject({ kind: 'not_found' });
});

test('a closed queue is known before a chat is opened, in its own words', async () => {
  const { desk, sim } = await startedScripted();
  expect(await desk.unavailable(asked(), context)).toBeUndefined();
  sim.setQueue({ id: itDesk, open: false, notAvailable: 'Back at <b>eight</b>.' });
  expect(await desk.unavailable(asked(), context)).toEqual({ words: 'Back at eight.' });
  expect(await failureOf(desk.open(asked(), context))).toMatchObject({ kind: 'refused', words: 'Back at eight.' });
});

test('a rating is kept with the chat', async () => {
  const { desk, sim } = await startedScripted();
  const chat = await opened(desk);
  await desk.leave(chat, context);
  expect(await desk.rate(chat, 4, context)).toBe('kept');
  expect(Object.values(sim.state().tables.x_tlc_chat ?? {})).toMatchObject([{ rating: '4' }]);
});
