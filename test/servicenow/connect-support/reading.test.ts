import { plainOf } from '../../../src/conversation/marks';
import type { LiveChat } from '../../../src/conversation/types';
import type { Config } from '../../../src/simulator/servicenow/model/config';
import type { ServiceNowSimulator } from '../../../src/simulator/servicenow/simulator';
import {
  closeAll,
  context,
  cursorAt,
  deskAt,
  failureOf,
  fromStart,
  heard,
  liveChat,
  morning,
  opened,
  requests,
  started,
  startInstance,
  words,
} from '../servicenow-side';

afterEach(closeAll);

/** A chat with an agent who has not said anything yet. */
async function inChat(...given: Parameters<typeof started>) {
  const setting = await started(...given);
  for (const { id } of Object.values(setting.sim.state().queues))
    setting.sim.setQueue({ id, initialAgentResponse: '' });
  const chat = await opened(setting.desk);
  setting.sim.accept(chat.id);
  return { ...setting, chat };
}

/** The agent says so many things, one each so many milliseconds; what was said is answered. */
function agentSays(sim: ServiceNowSimulator, chat: LiveChat, count: number, everyMs: number): string[] {
  return Array.from({ length: count }, (_, n) => {
    sim.clock.advance(everyMs);
    sim.say(chat.id, { text: `answer ${n}` });
    return `answer ${n}`;
  });
}

test('rows come oldest first, told apart by who wrote them', async () => {
  const { sim, desk, chat } = await inChat({}, { config: { joinWording: '{name} has joined' } });
  await desk.post(words(chat, 'hello'), context);
  sim.say(chat.id, { text: 'see @L[https://kb.example/vpn|the guide]' });
  sim.say(chat.id, { text: 'not for you', workNote: true });
  const { rows, state } = await desk.read(chat, fromStart, context);
  expect(
    rows.map(({ author, name, text, workNote }) => [author, name, plainOf(text.split('\n')[0] ?? ''), workNote]),
  ).toEqual([
    ['self', 'Teams Connector', '[Teams TC-0123456789AB] Ana Roja <ana.roja@contoso.example>', false],
    ['system', 'System', 'Beth Anglin has joined', false],
    ['self', 'Teams Connector', 'hello', false],
    ['agent', 'Beth Anglin', 'see the guide (https://kb.example/vpn)', false],
    ['agent', 'Beth Anglin', 'not for you', true],
  ]);
  expect(state).toMatchObject({ state: 'in_progress' });
  expect(rows.map((row) => row.id)).toEqual(sim.pane(chat.id).map((row) => row.id));
});

test.each(['both', 'message', 'formatted_message'] as const)(
  'words are read where rows carry %s',
  async (messageText) => {
    const { sim, desk, chat } = await inChat({}, { config: { messageText } });
    sim.say(chat.id, { text: 'one' });
    expect(await heard(desk, chat)).toEqual(['one']);
  },
);

const switches: [string, Partial<Config>][] = [
  ['newest first', { order: 'desc' }],
  ['oldest first', { order: 'asc' }],
  ['in no order', { order: 'shuffled' }],
  ['with an inclusive `before`', { beforeInclusive: true }],
  ['with an inclusive `before`, shuffled', { beforeInclusive: true, order: 'shuffled' }],
  ['with milliseconds', { timestampMode: 'ms' }],
  ['with milliseconds and an inclusive `before`', { timestampMode: 'ms', beforeInclusive: true, order: 'asc' }],
  ['with numbers for ids', { messageId: 'number', order: 'shuffled' }],
];

describe.each(switches)('threads %s', (_, config) => {
  test.each([20, 31, 75])('%i rows are all read, each once', async (count) => {
    const { sim, desk, chat } = await inChat({}, { config });
    const said = agentSays(sim, chat, count, 700);
    expect(await heard(desk, chat)).toEqual(said);
  });

  test('bursts of 25 rows in one second are all read', async () => {
    const { sim, desk, chat } = await inChat({}, { config });
    for (let burst = 0; burst < 4; burst += 1) {
      sim.clock.advance(1_500);
      sim.say(chat.id, { text: `burst ${burst} of`, count: 25, sameSecond: true });
    }
    const said = sim
      .pane(chat.id)
      .slice(1)
      .map((row) => row.text);
    expect(said).toHaveLength(100);
    expect(await heard(desk, chat)).toEqual(said);
  });

  test('pages that leave rows out do not end a read', async () => {
    const { sim, desk, chat } = await inChat({}, { config });
    const said = agentSays(sim, chat, 65, 1_100);
    sim.addFault({ match: { path: 'messages$' }, when: { times: 2 }, do: { shortPage: { drop: 3 } } });
    expect(await heard(desk, chat)).toEqual(said);
  });
});

test('where one page holds all that is newer than the cursor less the overlap, only that page is read, and all of it (rows 14, 30)', async () => {
  const { sim, desk, chat } = await inChat();
  agentSays(sim, chat, 40, 1_000);
  const before = requests(sim).length;
  expect(await heard(desk, chat, cursorAt(sim.clock.now()))).toEqual(
    Array.from({ length: 30 }, (_, n) => `answer ${n + 10}`),
  );
  const asked = requests(sim).slice(before);
  expect(asked.filter((one) => one.includes('messages'))).toEqual(['GET /connect/conversations/…/messages']);
});

test('in a chat in which rows were late, pages are followed back by as much (row 14)', async () => {
  const { sim, desk, chat } = await inChat();
  const said = agentSays(sim, chat, 40, 1_000);
  const before = requests(sim).length;
  expect(await heard(desk, chat, { ...cursorAt(sim.clock.now()), lagMs: 25_000 })).toEqual(said);
  expect(
    requests(sim)
      .slice(before)
      .filter((one) => one.includes('messages')),
  ).toHaveLength(2);
});

test('a row that appears late with its own time is read while it lies in the overlap', async () => {
  const { sim, desk, chat } = await inChat();
  sim.addFault({ id: 'late', match: { body: 'late' }, do: { lateRow: { ms: 8_000 } } });
  sim.say(chat.id, { text: 'late' });
  sim.clock.advance(1_000);
  sim.say(chat.id, { text: 'early' });
  const read = cursorAt(sim.clock.now());
  expect(await heard(desk, chat, read)).toEqual(['early']);
  sim.clock.advance(7_500);
  expect(await heard(desk, chat, read)).toEqual(['late', 'early']);
});

test('more rows in one second than fit into a page are logged', async () => {
  const { sim, desk, chat, logged } = await inChat();
  sim.clock.advance(2_000);
  sim.say(chat.id, { text: 'row', count: 40, sameSecond: true });
  await heard(desk, chat);
  expect(logged).toContainEqual(['servicenow_rows_out_of_reach', { live_chat_id: chat.id, why: 'crowded_second' }]);
});

test('a thread without end is read back so many pages and no more (row 30)', async () => {
  const { sim, desk, chat, logged } = await inChat({ options: { mostPages: 2 } });
  agentSays(sim, chat, 100, 1_100);
  expect((await heard(desk, chat)).at(-1)).toBe('answer 99');
  expect(requests(sim).filter((one) => one.includes('messages'))).toHaveLength(2);
  expect(logged).toContainEqual(['servicenow_rows_out_of_reach', { live_chat_id: chat.id, why: 'too_many_pages' }]);
});

test('a row that cannot be read is left out and logged once; the others are shown', async () => {
  const good = { sys_id: 'r1', message: 'good', created_by: 'beth', timestamp: morning + 1_000 };
  const bad = [null, 'row', {}, { ...good, sys_id: {} }, { sys_id: 'r2', timestamp: 'soon' }, { ...good, message: {} }];
  const instance = await startInstance(({ path }) =>
    path.endsWith('/messages') ? { json: { result: [...bad, good] } } : { json: { result: [] } },
  );
  const { desk, logged } = deskAt(instance.url);
  expect(await heard(desk, liveChat())).toEqual(['good']);
  expect(await heard(desk, liveChat())).toEqual(['good']);
  expect(logged).toEqual([
    ['servicenow_unreadable', { operation: 'reading a thread', unreadable: bad.length, wrong_at: '(whole)' }],
  ]);
});

test('an older page of unreadable rows does not hide the newer ones', async () => {
  const good = (n: number) => ({ sys_id: `r${n}`, message: `row ${n}`, created_by: 'beth', timestamp: morning + n });
  const rows = [{ sys_id: 'bad', timestamp: null, created_on: {} }, ...Array.from({ length: 30 }, (_, n) => good(n))];
  const instance = await startInstance(({ path, query }) => {
    if (!path.endsWith('/messages')) return { json: { result: [] } };
    const before = Number(query.get('before') ?? Number.POSITIVE_INFINITY);
    return { json: { result: rows.filter((row) => (row.timestamp ?? 0) < before).slice(-30) } };
  });
  const { desk } = deskAt(instance.url);
  expect(await heard(desk, liveChat())).toHaveLength(30);
});

test('nothing but unreadable rows is a thread of another shape', async () => {
  const instance = await startInstance(() => ({ json: { result: [{ id_of_row: 1 }, { id_of_row: 2 }] } }));
  const { desk } = deskAt(instance.url);
  expect(await failureOf(desk.read(liveChat(), fromStart, context))).toMatchObject({
    kind: 'malformed',
    message: expect.stringMatching(/another shape at sys_id/),
  });
});

test.each([
  ['an error', { status: { preset: 'err500' } }],
  ['a page', { html: { kind: 'hibernating' } }],
  ['a broken answer', { malformed: true }],
  ['a broken connection', { resetBefore: true }],
] as const)('the thread is read although the queue answers with %s', async (_, how) => {
  const { sim, desk, chat } = await inChat();
  sim.say(chat.id, { text: 'hello' });
  sim.addFault({ match: { path: 'sessions$' }, do: how });
  const { rows, state } = await desk.read(chat, fromStart, context);
  expect(rows.at(-1)?.text).toBe('hello');
  expect(state).toEqual({ state: 'unanswered' });
});

test('a queue that asks for patience is left in peace, and the thread is read all the same', async () => {
  const { sim, desk, chat, clock } = await inChat();
  sim.addFault({ id: 'rate', match: { path: 'sessions$' }, do: { status: { preset: 'rate429', retryAfter: 60 } } });
  const asked = () => requests(sim).filter((one) => one.startsWith('GET /connect/support/sessions')).length;
  for (let n = 0; n < 3; n += 1) expect((await desk.read(chat, fromStart, context)).state.state).toBe('unanswered');
  expect(asked()).toBe(1);
  expect(await failureOf(desk.state(chat, context))).toMatchObject({ kind: 'throttled', retryAfterMs: 60_000 });
  expect(asked()).toBe(1);
  sim.removeFault('rate');
  clock.move(60_000);
  expect((await desk.read(chat, fromStart, context)).state.state).toBe('in_progress');
});

test('the agent’s words do not wait for a queue that hangs, however often it is asked', async () => {
  const { sim, desk, chat } = await inChat();
  const others = await Promise.all(Array.from({ length: 30 }, () => opened(desk)));
  sim.say(chat.id, { text: 'hello' });
  sim.addFault({ match: { path: 'sessions$' }, do: { hang: true } });
  const hanging = () => requests(sim).filter((one) => one.startsWith('GET /connect/support/sessions')).length;
  const started = performance.now();
  const readings = await Promise.all([...others, chat, chat].map((each) => desk.read(each, fromStart, context)));
  expect(performance.now() - started).toBeLessThan(4_000);
  expect(readings.map(({ state }) => state.state)).toEqual(Array(32).fill('unanswered'));
  expect(readings.at(-1)?.rows.at(-1)?.text).toBe('hello');
  expect(hanging()).toBeLessThanOrEqual(31);
});

test('a thread that may not be read fails, whatever the queue says', async () => {
  const { sim, desk, chat } = await inChat();
  sim.addFault({ match: { path: 'messages$' }, do: { status: { preset: 'acl403' } } });
  expect(await failureOf(desk.read(chat, fromStart, context))).toMatchObject({ kind: 'refused', certain: true });
});

test('what an agent writes just before closing is in the reading that says the chat is over', async () => {
  const { sim, desk, chat } = await inChat();
  sim.addFault({ when: { nth: 1 }, match: { path: 'messages$' }, do: { staleRead: { ms: 60_000 } } });
  sim.say(chat.id, { text: 'goodbye' });
  sim.closeChat(chat.id);
  const { rows, state } = await desk.read(chat, fromStart, context);
  expect(state.state).toBe('ended');
  expect(rows.map((row) => row.text).slice(1)).toEqual(['goodbye', 'Beth Anglin has closed the support session']);
});

test('what was read is kept where a chat that is over may not be read again', async () => {
  const { sim, desk, chat } = await inChat();
  sim.say(chat.id, { text: 'goodbye' });
  sim.closeChat(chat.id);
  sim.addFault({ when: { nth: 2 }, match: { path: 'messages$' }, do: { status: { preset: 'acl403' } } });
  const { rows, state } = await desk.read(chat, fromStart, context);
  expect(state.state).toBe('ended');
  expect(rows.map((row) => row.text)).toContain('goodbye');
});

test('a file without words is named, where files are not carried', async () => {
  const { sim, desk, chat } = await inChat({ options: { files: 'off' } });
  sim.say(chat.id, { text: '', files: [{ name: 'reset.png', contentType: 'image/png', sizeBytes: 10 }] });
  expect(await heard(desk, chat)).toEqual(['File: reset.png']);
});

test('a file comes with its row; the caption that the platform writes for it is no words', async () => {
  const { sim, desk, chat } = await inChat();
  const files = [{ name: 'reset.png', contentType: 'image/png', sizeBytes: 10 }];
  sim.say(chat.id, { text: 'File: reset.png', files });
  sim.say(chat.id, { text: 'as promised\nFile: reset.png\nFile: other.png', files });
  const { rows } = await desk.read(chat, fromStart, context);
  const facts = { id: expect.stringMatching(/^[0-9a-f]{32}$/), name: 'reset.png', type: 'image/png', size: 10 };
  expect(rows.slice(-2)).toMatchObject([
    { text: '', files: [facts] },
    { text: 'as promised\nFile: other.png', files: [facts] },
  ]);
});

test('the user name may be written in other letters than in threads', async () => {
  const { desk, chat } = await inChat({ options: { ownUser: 'SVC_Teams' } });
  expect(await heard(desk, chat)).toEqual([]);
});
