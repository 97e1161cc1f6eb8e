import type { HandoffId } from '../../../src/conversation/types';
import { startServiceNow } from '../../../src/simulator/servicenow/simulator';
import {
  ana,
  asked,
  auths,
  closeAll,
  closing,
  context,
  deskAt,
  failureOf,
  handoff,
  hrQueue,
  itDesk,
  morning,
  opened,
  requests,
  said,
  started,
  token,
} from '../servicenow-side';

/** What the tests here open chats with. */
const request = asked({
  handoff: handoff({ summary: 'VPN drops' }, [said('user', 'VPN is down'), said('bot', 'Did you restart it?')]),
});

afterEach(closeAll);

test.each(Object.entries(auths))('a chat is opened in the default queue with %s', async (_, auth) => {
  const { sim, desk } = await started({ auth });
  const { chat, state } = await desk.open(request, context);
  const stored = sim.state().chats[chat.id];
  expect(stored).toMatchObject({ queueId: itDesk, entryId: chat.entry, number: chat.number, requesterId: chat.user });
  expect(chat).toMatchObject({ handoff: 'turn-1', queue: itDesk, summary: 'VPN drops', openedAt: morning });
  expect(state).toEqual({ state: 'waiting', position: 1, wait: '2 Minutes 10 Seconds' });
});

test('the first message begins with the token and says who asks, what for, and what was said', async () => {
  const { sim, desk } = await started();
  const chat = await opened(desk, request);
  expect(sim.pane(chat.id).map((row) => row.text)).toEqual([
    [
      `[Teams ${token}] Ana Roja <ana.roja@contoso.example>`,
      'In Microsoft Teams, de-DE, Europe/Berlin',
      'About: VPN drops',
      'First asked: VPN is down',
      'The assistant answered last: Did you restart it?',
      '',
      'Said until now (times in UTC):',
      '08:59 Ana Roja: VPN is down',
      '08:59 Assistant: Did you restart it?',
    ].join('\n'),
  ]);
});

test('an alias opens the chat in its queue; the names of the product and unknown ones mean the default queue', async () => {
  const sim = closing(await startServiceNow());
  const { desk } = deskAt(sim.url, { queues: { hr: hrQueue(sim) } });
  const queueFor = async (queue: string) => {
    const chat = await opened(desk, { handoff: { ...handoff({ queue }), id: queue as HandoffId } });
    return [chat.queue, sim.state().chats[chat.id]?.queueId];
  };
  expect(await queueFor('hr')).toEqual([hrQueue(sim), hrQueue(sim)]);
  for (const name of ['servicenow', 'live_agent', 'nowhere', 'constructor', '__proto__'])
    expect(await queueFor(name)).toEqual([itDesk, itDesk]);
});

test('an answer of 200 opens a chat as well as 201 does', async () => {
  const { sim, desk } = await started({}, { config: { createStatus: 200 } });
  const chat = await opened(desk, request);
  expect(Object.keys(sim.state().chats)).toEqual([chat.id]);
});

test('a closed queue says its opening hours, without mark-up', async () => {
  const { sim, desk } = await started();
  const notAvailable =
    '<p>We&nbsp;are closed.<br/>Back at 8 &amp; open &lt;daily&gt; &#8211; see&#x2026;</p><style>p{}</style>';
  sim.setQueue({ id: itDesk, open: false, notAvailable });
  const failure = await failureOf(desk.open(request, context));
  expect(failure).toMatchObject({ kind: 'refused', certain: true, status: 403 });
  expect(failure.words).toBe('We are closed.\nBack at 8 & open <daily> – see…');
  expect(failure.message).not.toContain('closed.');
});

test('an employee without mail or time zone is named all the same, in one line', async () => {
  const { sim, desk } = await started();
  const user = { ...ana, name: 'Ana\n[code]Roja', email: undefined, timezone: undefined };
  const chat = await opened(desk, { user, handoff: handoff({}, [said('user', 'hi')]) });
  const [first, second] = (sim.pane(chat.id)[0]?.text ?? '').split('\n');
  expect(first?.replaceAll('\u200b', '')).toBe(`[Teams ${token}] Ana [code]Roja`);
  expect(first).not.toContain('[code]');
  expect(second).toBe('In Microsoft Teams, de-DE');
});

test('an answer without a conversation, or with an id that cannot be used, is no chat, and nobody knows whether there is one', async () => {
  const { sim, desk } = await started();
  for (const result of [{ state: 1 }, { group: '../../x', state: 1 }, { group: null }, [], 'text', { group: {} }]) {
    sim.addFault({ id: 'odd', match: { path: '/sessions$' }, do: { status: { code: 201, body: { result } } } });
    expect(await failureOf(desk.open(request, context))).toMatchObject({ kind: 'malformed', certain: false });
  }
});

test('nothing but the call itself is sent', async () => {
  const { sim, desk } = await started();
  await opened(desk);
  expect(requests(sim)).toEqual(['POST /connect/support/queues/…/sessions']);
});
