import type { AgentNotice } from '../../../src/conversation/content';
import type { LiveChat, RowId } from '../../../src/conversation/types';
import type { Desk, PostRequest } from '../../../src/engine/ports';
import type { FaultRule } from '../../../src/simulator/servicenow/faults/rule';
import type { ServiceNowSimulator } from '../../../src/simulator/servicenow/simulator';
import { closeAll, context, failureOf, oauth, opened, requests, said, started, words } from '../servicenow-side';

afterEach(closeAll);

async function inChat(...given: Parameters<typeof started>) {
  const setting = await started(...given);
  return { ...setting, chat: await opened(setting.desk) };
}

/** Posts words whose answer is lost. */
async function lost(sim: ServiceNowSimulator, desk: Desk, request: PostRequest, how: FaultRule['do']): Promise<void> {
  sim.addFault({ id: 'lost', match: { method: 'POST', path: 'messages$' }, do: how });
  expect(await failureOf(desk.post(request, context))).toMatchObject({ certain: false });
  sim.removeFault('lost');
}

function notice(chat: LiveChat, of: AgentNotice): PostRequest {
  return { chat, words: { from: 'connector', notice: of } };
}

function paneOf(sim: ServiceNowSimulator, chat: LiveChat) {
  return sim.pane(chat.id).slice(1);
}

test.each([200, 201] as const)('words are one row, and its id is answered with a status of %i', async (postStatus) => {
  const { sim, desk, chat } = await inChat({}, { config: { postStatus } });
  const row = await desk.post(words(chat, 'it is still down'), context);
  expect(paneOf(sim, chat)).toMatchObject([{ id: row, text: 'it is still down', author: 'requester' }]);
  expect(requests(sim).at(-1)).toBe('POST /connect/conversations/…/messages');
});

test('words arrive letter by letter, and mark-up in them stays words', async () => {
  const { sim, desk, chat } = await inChat();
  const typed = '<b>&amp;</b> "quoted" \\n\nsecond line\t👩‍💻 مرحبا [code]<script>[/code] @L[https://evil.example|ok]';
  await desk.post(words(chat, typed), context);
  const [row] = paneOf(sim, chat);
  expect(row?.text.replaceAll('\u200b', '')).toBe(typed);
  expect(row?.text).not.toMatch(/\[code\]|@L\[/);
});

test('what the connector says is said in the agents’ language', async () => {
  const { sim, desk, chat } = await inChat({ options: { agentLocale: 'de' } });
  await desk.post(notice(chat, { key: 'words_not_shown', text: 'Hallo' }), context);
  expect(paneOf(sim, chat)[0]?.text).toBe(
    'Diese Nachricht konnte der Person in Microsoft Teams nicht angezeigt werden:\nHallo',
  );
});

test('what the connector quotes is shortened until the notice fits into one row', async () => {
  const { sim, desk, chat } = await inChat({ options: { longestMessage: 300 } });
  await desk.post(notice(chat, { key: 'words_not_shown', text: 'x👩'.repeat(5_000) }), context);
  const text = paneOf(sim, chat)[0]?.text ?? '';
  expect(text.length).toBeLessThanOrEqual(300);
  expect(text).toMatch(/^This message could not be shown.*\n(x👩){10,}x?…$/);
});

test('what was said with the assistant meanwhile is one row with names and times, its newest lines where not all fit', async () => {
  const { sim, desk, chat } = await inChat({ options: { longestMessage: 300 } });
  const short = [said('user', 'how do I print?', 120), said('bot', 'With a @L[printer]', 60)];
  const long = Array.from({ length: 40 }, (_, n) => said('user', `line ${n}`, 60));
  for (const lines of [short, long]) {
    await desk.post(notice(chat, { key: 'said_meanwhile', name: 'Ana Roja', lines }), context);
  }
  const [first, second] = paneOf(sim, chat).map(({ text }) => text.replaceAll('\u200b', ''));
  expect(first).toBe(
    'Said with the assistant while waiting (times in UTC):\n08:58 Ana Roja: how do I print?\n08:59 Assistant: With a @L[printer]',
  );
  expect(second?.length).toBeLessThanOrEqual(300);
  expect(second).toMatch(/\n\(\d+ earlier lines left out\)\n(08:59 Ana Roja: line \d+\n)+08:59 Ana Roja: line 39$/);
});

test.each([
  ['the connection broke', { resetAfter: true }],
  ['the answer was an error', { commitThen: { code: 500 } }],
  ['the answer was broken', { malformed: true }],
  ['the answer was empty', { emptyBody: true }],
] as const)('words are found again when %s, also by a connector that was started anew', async (_, how) => {
  const { sim, desk, chat } = await inChat();
  await lost(sim, desk, words(chat, 'hello'), how);
  expect(await desk.findPosted(words(chat, 'hello'), [], { correlation: 'another' })).toBe(paneOf(sim, chat)[0]?.id);
});

test('words that never arrived are not found', async () => {
  const { sim, desk, chat } = await inChat();
  await lost(sim, desk, words(chat, 'hello'), { resetBefore: true });
  expect(await desk.findPosted(words(chat, 'hello'), [], context)).toBeUndefined();
});

test('the same words twice are two rows, and each is found once', async () => {
  const { sim, desk, chat } = await inChat();
  const first = (await desk.post(words(chat, 'yes'), context)) as RowId;
  const again = words(chat, 'yes');
  expect(await desk.findPosted(again, [first], context)).toBeUndefined();
  await lost(sim, desk, again, { resetAfter: true });
  const second = await desk.findPosted(again, [first], context);
  expect(second).toBe(paneOf(sim, chat)[1]?.id);
  expect(await desk.findPosted(again, [first, second as RowId], context)).toBeUndefined();
});

test('an older row that nobody knows any more is not taken for new words', async () => {
  const { sim, desk, chat } = await inChat();
  await desk.post(words(chat, 'yes'), context);
  sim.clock.advance(5_000);
  const known = (await desk.post(words(chat, 'no'), context)) as RowId;
  expect(await desk.findPosted(words(chat, 'yes'), [known], context)).toBeUndefined();
});

test('blanks, line ends and what is not seen do not tell words apart', async () => {
  const { sim, desk, chat } = await inChat();
  await lost(sim, desk, words(chat, '  one\r\n two @[x:y]  '), { resetAfter: true });
  expect(await desk.findPosted(words(chat, 'one two @[x:y]'), [], context)).toBe(paneOf(sim, chat)[0]?.id);
});

test('an agent who says the same words is not the employee', async () => {
  const { sim, desk, chat } = await inChat();
  sim.accept(chat.id);
  sim.say(chat.id, { text: 'yes' });
  expect(await desk.findPosted(words(chat, 'yes'), [], context)).toBeUndefined();
});

test('words are found behind more rows than a page holds', async () => {
  const { sim, desk, chat } = await inChat();
  await lost(sim, desk, words(chat, 'where is it'), { resetAfter: true });
  for (let n = 0; n < 70; n += 1) {
    sim.clock.advance(1_000);
    sim.say(chat.id, { text: `answer ${n}` });
  }
  expect(await desk.findPosted(words(chat, 'where is it'), [], context)).toBe(paneOf(sim, chat)[0]?.id);
});

test('words are found where only the account’s own rows tell who the connector is', async () => {
  const { sim, desk, chat } = await inChat({ auth: oauth });
  sim.addFault({ match: { path: '/live/profiles/' }, do: { status: { preset: 'missing404' } } });
  await lost(sim, desk, words(chat, 'hello'), { resetAfter: true });
  expect(await desk.findPosted(words(chat, 'hello'), [], { correlation: 'another' })).toBe(paneOf(sim, chat)[0]?.id);
});

test('a page instead of an answer leaves open whether the words arrived', async () => {
  const { sim, desk, chat } = await inChat();
  sim.addFault({ match: { method: 'POST' }, do: { html: { kind: 'login' } } });
  const failure = await failureOf(desk.post(words(chat, 'hello'), context));
  expect(failure).toMatchObject({ kind: 'unreachable', certain: false, status: 200 });
});

test('an answer in an odd shape counts as posted when it is JSON', async () => {
  const { sim, desk, chat } = await inChat();
  const result = { sys_id: 'x1', message: { display_value: 'hello' }, created_by: {}, timestamp: 'now' };
  sim.addFault({ match: { method: 'POST' }, do: { status: { code: 201, body: { result } } } });
  expect(await desk.post(words(chat, 'hello'), context)).toBe('x1');
});

test.each([
  ['403', { kind: 'refused', certain: true, status: 403, words: 'This support session has been closed.' }],
  ['404', { kind: 'not_found', certain: true, status: 404 }],
] as const)('a chat that is over refuses words with %s', async (closedWriteMode, expected) => {
  const { sim, desk, chat } = await inChat({}, { config: { closedWriteMode } });
  sim.accept(chat.id);
  sim.closeChat(chat.id);
  expect(await failureOf(desk.post(words(chat, 'hello'), context))).toMatchObject(expected);
});

test('a quoted text full of mark-up does not make the notice too long', async () => {
  const { sim, desk, chat } = await inChat({ options: { longestMessage: 300 } });
  await desk.post(notice(chat, { key: 'words_in_doubt', text: '@[a:b] '.repeat(500) }), context);
  const text = paneOf(sim, chat)[0]?.text ?? '';
  expect(text.length).toBeLessThanOrEqual(300);
  expect(text).not.toContain('@[');
  expect(text.replaceAll('\u200b', '')).toContain('@[a:b] @[a:b]');
});
