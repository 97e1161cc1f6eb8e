import { control, type Json } from '../support';
import { calledBack, closeEverything, kinds, until } from './support';

afterEach(closeEverything);

test.each([
  [{ kind: 'basic', user: 'sn', password: 'pw' } as const, { authorization: `Basic ${btoa('sn:pw')}` }],
  [{ kind: 'bearer', token: 'tok' } as const, { authorization: 'Bearer tok' }],
  [{ kind: 'header', name: 'x-callback-secret', value: 'sec' } as const, { 'x-callback-secret': 'sec' }],
])('callbacks prove who calls: $kind', async (auth, expected) => {
  const { sim, receiver, say } = await calledBack();
  sim.configure({ callback: { url: receiver.url, auth, headers: { 'user-agent': 'sn-test' } } });
  await say('hi');
  await until(() => receiver.got.length === 1);
  expect(receiver.got[0]?.headers).toMatchObject({ ...expected, 'user-agent': 'sn-test' });
  sim.addFault({ do: { 'cb.badAuth': true } });
  await say('again');
  await until(() => receiver.got.length === 2);
  expect(receiver.got[1]?.headers).not.toMatchObject(expected);
});

test('a secret can stand in the address of the callback', async () => {
  const { sim, receiver, say } = await calledBack();
  sim.configure({ callback: { url: receiver.url, auth: { kind: 'query', name: 'secret', value: 's&c' } } });
  await say('hi');
  await until(() => receiver.got.length === 1);
  expect(receiver.got[0]?.url).toBe('/callback?secret=s%26c');
});

test('each item alone, or in groups by chance: all of them come, in order, and the end with the last', async () => {
  const { sim, taken, withAgent } = await calledBack();
  const chat = await withAgent();
  sim.configure({ callbackGrouping: 'perItem' });
  sim.closeChat(chat);
  const callbacks = await taken(2);
  expect(kinds(callbacks)).toEqual([['System'], ['SwitchToVirtualAgent']]);
  expect(callbacks.map((each) => each.completed)).toEqual([undefined, true]);
});

test('groups by chance keep the order', async () => {
  const { sim, receiver, taken, withAgent } = await calledBack();
  const chat = await withAgent();
  sim.configure({ callbackGrouping: 'random' });
  const items = Array.from({ length: 12 }, (_, index) => ({ uiType: 'OutputText', value: String(index) }));
  sim.callBack(chat, { items });
  const all = () => kinds(receiver.got.map((each) => each.json)).flat();
  await until(() => all().length === 12);
  expect(all()).toEqual(items.map(({ value }) => value));
  const count = receiver.got.length;
  expect(count).toBeGreaterThan(1);
  expect(count).toBeLessThan(12);
  await taken(count);
});

test('an older version has no ids', async () => {
  const { taken, send } = await calledBack({ config: { idsInCallbacks: 'off' } });
  await send({ action: 'AGENT', message: { text: 'help' } });
  const [callback] = await taken(1);
  expect(callback.interactionId).toBeUndefined();
  expect(callback.body.map((item: Json) => item.messageId)).toEqual([undefined, undefined, undefined]);
});

test('what no request asked for has a requestId that nobody knows, where that is switched on', async () => {
  const { sim, taken, withAgent } = await calledBack({ config: { requestIdMode: 'fresh' } });
  const chat = await withAgent();
  sim.say(chat, { text: 'a', count: 2 });
  const ids = (await taken(2)).map((each) => each.requestId);
  expect(new Set([...ids, 'open']).size).toBe(3);
});

test('anything at all can be called back with', async () => {
  const { sim, taken, withAgent } = await calledBack();
  const chat = await withAgent();
  const items = [
    { uiType: 'Hologram', value: { nested: [1] } },
    { uiType: 'OutputCard', data: '{"a":1}' },
  ];
  const { status } = await control(sim, 'POST', `/chats/${chat}/callback`, { items, score: 0.5 });
  expect(status).toBe(200);
  expect(await taken(1)).toMatchObject([{ body: items, score: 0.5, agentChat: true }]);
});

test('a receiver that is slow, or fails, is tried once, and each attempt is noted', async () => {
  const { sim, receiver, say } = await calledBack({ config: { callbackTimeoutMs: 50 } });
  receiver.answers = false;
  await say('one');
  await until(() => sim.callbacks().length === 1);
  receiver.answers = true;
  receiver.status = 500;
  await say('two');
  await until(() => sim.callbacks().length === 2);
  sim.configure({ callbackRetries: 1 });
  await say('three');
  await until(() => sim.callbacks().length === 4);
  const { entries } = (await control(sim, 'GET', '/callbacks')).json;
  const seen = entries.map((each: Json) => [JSON.parse(each.body).requestId, each.attempt, each.status]);
  expect(seen).toEqual([
    ['r-1', 1, null],
    ['r-2', 1, 500],
    ['r-3', 1, 500],
    ['r-3', 2, 500],
  ]);
  expect(entries[0].tookMs).toBeGreaterThanOrEqual(45);
});

test('where no callback is configured nothing is called, and requests go on', async () => {
  const { sim, send } = await calledBack();
  sim.configure({ callback: null });
  await send({ action: 'AGENT', message: { text: 'help' } });
  await send({ message: { text: 'more' } });
  expect(sim.botRequests().map(({ outcome }) => outcome)).toEqual(['taken', 'taken']);
});

test('a callback is dropped, doubled, or about nobody', async () => {
  const { sim, receiver, taken, withAgent } = await calledBack();
  const chat = await withAgent();
  const once = (action: object) => sim.addFault({ when: { times: 1 }, do: action });
  once({ 'cb.drop': true });
  sim.say(chat, { text: 'lost' });
  once({ 'cb.dup': { n: 1 } });
  sim.say(chat, { text: 'twice' });
  const [first, second] = await taken(2);
  expect(second).toEqual(first);
  expect(kinds([first])).toEqual([['twice']]);
  once({ 'cb.unknownChat': true });
  sim.say(chat, { text: 'whose?' });
  expect(await taken(1)).toMatchObject([{ clientSessionId: 'nobody', userId: 'nobody', clientVariables: {} }]);
  once({ 'cb.malformed': true });
  sim.say(chat, { text: 'half' });
  await until(() => receiver.got.length === 1);
  expect(receiver.got.splice(0)[0]?.json).toBeUndefined();
  once({ 'cb.oversize': { kb: 100 } });
  sim.say(chat, { text: 'big' });
  await until(() => receiver.got.length === 1);
  expect(receiver.got[0]?.text.length).toBeGreaterThan(100 * 1024);
});

test('a callback comes late, or after the next one', async () => {
  const { sim, receiver, taken, withAgent } = await calledBack();
  const chat = await withAgent();
  const once = (action: object) => sim.addFault({ match: { user: 'u-1' }, when: { times: 1 }, do: action });
  once({ 'cb.delay': { ms: 5_000 } });
  sim.say(chat, { text: 'late' });
  sim.say(chat, { text: 'in time' });
  expect(kinds(await taken(1))).toEqual([['in time']]);
  sim.clock.advance(4_999);
  expect(receiver.got).toEqual([]);
  sim.clock.advance(1);
  expect(kinds(await taken(1))).toEqual([['late']]);
  once({ 'cb.reorder': true });
  sim.say(chat, { text: 'first' });
  sim.say(chat, { text: 'second' });
  expect(kinds(await taken(2))).toEqual([['second'], ['first']]);
});

test('rules for callbacks leave requests alone, and the other way round', async () => {
  const { sim, say, taken } = await calledBack();
  sim.addFault({ id: 'cb', do: { 'cb.dup': { n: 1 } } });
  sim.addFault({ id: 'requests', match: { method: 'PUT' }, do: { status: { preset: 'err500' } } });
  expect((await say('hi')).status).toBe(200);
  await taken(2);
  expect(sim.journal().map(({ fault }) => fault)).toEqual([null]);
  await until(() => sim.callbacks().length === 2);
  expect(sim.callbacks().map(({ fault }) => fault)).toEqual(['cb', 'cb']);
});
