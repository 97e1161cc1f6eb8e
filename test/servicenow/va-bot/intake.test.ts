import type { KeptItem } from '../../../src/engine/inbox';
import type { Log } from '../../../src/engine/ports';
import { makeIntake } from '../../../src/servicenow/va-bot/intake';
import { MemoryInbox } from '../../../src/store/memory-inbox';
import { FakeClock } from '../../support/world/fake-clock';

const chat = 'TC-0123456789AB';
let clock: FakeClock;
let inbox: MemoryInbox;
let logged: [string, unknown][];
let typed: [string, boolean][];

beforeEach(() => {
  clock = new FakeClock();
  inbox = new MemoryInbox();
  logged = [];
  typed = [];
});

function intake() {
  const note = (event: string, fields?: unknown) => void logged.push([event, fields]);
  const log: Log = { info: note, warn: note, error: note };
  return makeIntake({
    inbox,
    clock,
    log,
    options: { repeatedWithinMs: 2_000 },
    chatOf: async (user) => (user === 'teams-ana' ? chat : undefined),
    typing: (one, on) => void typed.push([one, on]),
  });
}

const words = (text: string, messageId?: string) => ({
  uiType: 'OutputText',
  group: 'DefaultText',
  value: text,
  ...(messageId ? { messageId } : {}),
});
const action = (actionType: string, more: object = {}) => ({ uiType: 'ActionMsg', actionType, ...more });
const from = (body: unknown, more: object = {}) => ({
  requestId: 'r-1',
  clientSessionId: chat,
  userId: 'teams-ana',
  clientVariables: { chat },
  body,
  ...more,
});
const kept = async (): Promise<unknown[]> =>
  (await inbox.after(chat, 0)).map(({ body }: KeptItem) => {
    const { item, ...rest } = JSON.parse(body);
    return item ? (item.value ?? item.actionType) : rest;
  });

test('what a callback says is kept in its order, however it is grouped', async () => {
  const take = intake();
  expect(await take(from([action('SwitchToLiveAgent'), words('one', 'm1'), words('two', 'm2')]))).toBe('kept');
  expect(await take(from([words('three', 'm3')]))).toBe('kept');
  expect(await take(from(words('as an object', 'm4')))).toBe('kept');
  expect(await kept()).toEqual(['SwitchToLiveAgent', 'one', 'two', 'three', 'as an object']);
});

test('what comes again is kept once, also in another grouping and a day later', async () => {
  const take = intake();
  await take(from([words('one', 'm1'), words('two', 'm2')]));
  expect(await take(from([words('one', 'm1'), words('two', 'm2')]))).toBe('repeated');
  clock.step(clock.now() + 86_400_000);
  expect(await take(from([words('two', 'm2')]))).toBe('repeated');
  expect(await kept()).toEqual(['one', 'two']);
});

test('without ids of the platform the same is the same only for a moment: an agent may say ok twice', async () => {
  const take = intake();
  expect(await take(from([words('ok')]))).toBe('kept');
  expect(await take(from([words('ok')]))).toBe('repeated');
  clock.step(clock.now() + 2_001);
  expect(await take(from([words('ok')]))).toBe('kept');
  expect(await kept()).toEqual(['ok', 'ok']);
});

test('it is known whose it is by our own variable, then by the session, then by the employee', async () => {
  const other = 'TC-BA9876543210';
  const take = intake();
  await take(from([words('one', 'm1')], { clientSessionId: other, userId: 'teams-ben' }));
  await take(from([words('two', 'm2')], { clientVariables: undefined, userId: 'teams-ben' }));
  await take(from([words('three', 'm3')], { clientVariables: { chat: 'x' }, clientSessionId: undefined }));
  expect(await kept()).toEqual(['one', 'two', 'three']);
  expect(await inbox.after(other, 0)).toEqual([]);
});

test('a callback of a chat that is not ours is told, and changes nothing', async () => {
  const take = intake();
  const stranger = { clientSessionId: "1'; DROP TABLE inbox", clientVariables: {}, userId: 'somebody' };
  expect(await take(from([words('secret words', 'm1')], stranger))).toBe('unknown_chat');
  expect(logged).toEqual([['callback_of_unknown_chat', { items: 1 }]]);
});

test.each([
  ['a list', []],
  ['a text', 'callback'],
  ['nothing', null],
  ['a body of numbers', { clientSessionId: chat, body: [1, 2] }],
])('%s is no callback', async (_title, body) => {
  expect(await intake()(body)).toBe('malformed');
  expect(await kept()).toEqual([]);
});

test('the end that an envelope tells of comes after its words', async () => {
  const take = intake();
  await take(from([words('bye', 'm1')], { completed: true }));
  await take(from([], { takeControl: 'true', score: '0' }));
  expect(await kept()).toEqual(['bye', { request: 'r-1', completed: true }, { request: 'r-1', takeControl: true }]);
});

test('a callback without a word is kept as an answer all the same', async () => {
  expect(await intake()(from([]))).toBe('kept');
  expect(await kept()).toEqual([{ request: 'r-1' }]);
});

test('typing is passed on and not kept', async () => {
  const take = intake();
  await take(from([action('StartTypingIndicator')]));
  await take(from([action('EndTypingIndicatorActionMsg'), words('one', 'm1')]));
  expect(typed).toEqual([
    [chat, true],
    [chat, false],
  ]);
  expect(await kept()).toEqual(['one']);
});

test('a kind that nobody knows is kept and told, without a word of it in the log', async () => {
  await intake()(from([{ uiType: 'HologramOutput', secret: 'secret words' }]));
  expect(logged).toEqual([
    ['callback_item_unknown', { live_chat_id: chat, ui_type: 'HologramOutput', action: 'other' }],
  ]);
});
