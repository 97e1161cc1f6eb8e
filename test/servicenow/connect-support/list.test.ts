import type { LiveChat } from '../../../src/conversation/types';
import {
  closeAll,
  context,
  deskAt,
  failureOf,
  fromStart,
  liveChat,
  opened,
  requests,
  started,
  startInstance,
} from '../servicenow-side';

afterEach(closeAll);

const lists = (sim: Parameters<typeof requests>[0]) =>
  requests(sim).filter((line) => line === 'GET /connect/support/queues/…/sessions').length;

/** A desk over an instance whose list of chats answers this. */
async function listing(result: (queue: string) => unknown, options: object = {}) {
  const server = await startInstance(({ path }) => ({ json: { result: result(path.split('/')[4] ?? '') } }));
  return { server, ...deskAt(server.url, { options }) };
}

test('one call shows all chats of a queue, each with its newest row and its state', async () => {
  const { sim, desk } = await started();
  const [one, other] = [await opened(desk), await opened(desk)];
  sim.accept(other.id, 'beth.anglin');
  const [row] = sim.say(other.id, { text: 'hello' });
  const before = requests(sim).length;
  const glances = await desk.glance([one, other], context);
  expect(requests(sim)).toHaveLength(before + 1);
  expect(glances?.get(other.id)).toMatchObject({ mark: row, state: { state: 'in_progress' } });
  expect(glances?.get(one.id)).toMatchObject({
    mark: sim.pane(one.id)[0]?.id,
    state: { state: 'waiting', position: 1 },
  });
});

test('the mark of a chat changes with every row and with nothing else', async () => {
  const { sim, desk } = await started();
  const chat = await opened(desk);
  const mark = async () => (await desk.glance([chat], context))?.get(chat.id)?.mark;
  const first = await mark();
  expect(await mark()).toBe(first);
  sim.accept(chat.id, 'beth.anglin');
  sim.say(chat.id, { text: 'one', sameSecond: true });
  const second = await mark();
  sim.say(chat.id, { text: 'two', sameSecond: true });
  expect(new Set([first, second, await mark()]).size).toBe(3);
});

test('each queue with live chats is listed once', async () => {
  const queues = ['1', '2', '3'].map((digit) => digit.repeat(32));
  const { server, desk } = await listing(() => []);
  const chats = [queues[0], queues[1], queues[0]].map((queue) => liveChat({ queue }));
  await desk.glance(chats, context);
  expect(server.received.map(({ path }) => path.split('/')[4]).sort()).toEqual([queues[0], queues[1]]);
});

test('a chat that ended drops out of the list and is read by itself', async () => {
  const { sim, desk } = await started();
  const [one, other] = [await opened(desk), await opened(desk)];
  sim.closeChat(one.id);
  const glances = await desk.glance([one, other], context);
  expect([...(glances ?? []).keys()]).toEqual([other.id]);
});

test('chats of others in the list are nobody’s business', async () => {
  const { sim, desk } = await started();
  const [one] = [await opened(desk), await opened(desk)];
  expect([...((await desk.glance([one], context)) ?? new Map()).keys()]).toEqual([one.id]);
  expect(sim.chats()).toHaveLength(2);
});

test.each([
  ['does not have the call', { listCall: 'off' as const }],
  ['leaves the last message out', { listCall: 'withoutLastMessage' as const }],
])('an instance that %s is not asked again for a while, and the log says so once', async (_, config) => {
  const { sim, desk, clock, logged } = await started({}, { config });
  const chat = await opened(desk);
  for (let n = 0; n < 5; n += 1) expect(await desk.glance([chat], context)).toBeUndefined();
  expect(lists(sim)).toBe(1);
  clock.move(600_000);
  expect(await desk.glance([chat], context)).toBeUndefined();
  expect(lists(sim)).toBe(2);
  expect(logged).toEqual([['servicenow_cannot_list', { queue: chat.queue, again_in_ms: 600_000 }]]);
});

test('an instance that can list again is taken at its word', async () => {
  const { sim, desk, clock, logged } = await started({}, { config: { listCall: 'off' } });
  const chat = await opened(desk);
  await desk.glance([chat], context);
  sim.configure({ listCall: 'on' });
  clock.move(600_000);
  expect((await desk.glance([chat], context))?.has(chat.id)).toBe(true);
  sim.configure({ listCall: 'off' });
  await desk.glance([chat], context);
  expect(logged.map(([event]) => event)).toEqual(['servicenow_cannot_list', 'servicenow_cannot_list']);
});

test('a list that never holds our chats is given up after three looks', async () => {
  const { server, desk } = await listing(() => []);
  const chat = liveChat();
  const looks: unknown[] = [];
  for (let n = 0; n < 5; n += 1) looks.push((await desk.glance([chat], context))?.size);
  expect(looks).toEqual([0, 0, undefined, undefined, undefined]);
  expect(server.received).toHaveLength(3);
});

test('a queue that cannot be listed does not take the others with it', async () => {
  const good = liveChat({ queue: '1'.repeat(32), id: 'c'.repeat(32) as LiveChat['id'] });
  const bad = liveChat({ queue: '2'.repeat(32) });
  const { desk } = await listing((queue) =>
    queue === good.queue ? [{ sys_id: good.id, last_message: { sys_id: 'row' }, queueEntry: { state: 2 } }] : 'nothing',
  );
  for (let n = 0; n < 3; n += 1) {
    const glances = await desk.glance([good, bad], context);
    expect([...(glances ?? [])]).toEqual([[good.id, { mark: 'row', state: { state: 'in_progress' } }]]);
  }
});

test.each(['err500', 'rate429', 'auth401'] as const)(
  'a list that fails with %s is tried again with the next look',
  async (preset) => {
    const { sim, desk } = await started();
    const chat = await opened(desk);
    sim.addFault({ match: { method: 'GET' }, when: { times: 1 }, do: { status: { preset } } });
    await failureOf(desk.glance([chat], context));
    expect((await desk.glance([chat], context))?.has(chat.id)).toBe(true);
  },
);

test('the list can be switched off and on', async () => {
  const off = await started({ options: { listCall: 'off' } });
  expect(await off.desk.glance([await opened(off.desk)], context)).toBeUndefined();
  expect(lists(off.sim)).toBe(0);
  const on = await started({ options: { listCall: 'on' } }, { config: { listCall: 'off' } });
  const chat = await opened(on.desk);
  expect(await failureOf(on.desk.glance([chat], context))).toMatchObject({ kind: 'not_found' });
  expect(await failureOf(on.desk.glance([chat], context))).toMatchObject({ kind: 'not_found' });
});

test('a list that has shown our chats may be without them: they are transferred, or over', async () => {
  const { sim, desk, logged } = await started();
  const chat = await opened(desk);
  await desk.glance([chat], context);
  const hr = Object.values(sim.state().queues).find((queue) => queue.id !== chat.queue)?.id ?? '';
  sim.accept(chat.id);
  sim.transfer(chat.id, { queue: hr });
  for (let n = 0; n < 5; n += 1) expect((await desk.glance([chat], context))?.size).toBe(0);
  expect((await desk.read(chat, fromStart, context)).state).toMatchObject({ state: 'waiting' });
  const next = await opened(desk);
  expect((await desk.glance([chat, next], context))?.has(next.id)).toBe(true);
  expect(logged).toEqual([]);
});
