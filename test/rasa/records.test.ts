import type { Instant } from '../../src/conversation/types';
import { senderFor } from '../../src/rasa/sender';
import {
  assistantFor,
  context,
  failureOf,
  key,
  type Reaction,
  type Received,
  sentAt,
  startServer,
  turnOf,
} from './rasa-side';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const said = (activity_id: string, text = 'hello') => ({
  event: 'user',
  text,
  timestamp: 1,
  metadata: { activity_id },
});
const raised = { event: 'slot', name: 'handoff_active', value: true };
const listen = { event: 'action', name: 'action_listen' };

/** A bot that answers every turn alike and has these records. */
async function rasa(
  records: Reaction | ((received: Received) => Reaction),
  options: { reply?: unknown; more?: Parameters<typeof assistantFor>[1] } = {},
) {
  const react = (received: Received) => {
    if (received.path === '/webhooks/rest/webhook') return { json: options.reply ?? [{ text: 'hi' }] };
    return typeof records === 'function' ? records(received) : records;
  };
  const server = await startServer(react);
  const side = assistantFor(server.url, { tracker: true, now: () => sentAt, ...options.more });
  closers.push(server.close, () => side.assistant.close());
  return { ...side, received: server.received };
}

const tracker = (events: unknown[], more: Record<string, unknown> = {}) => ({
  json: { sender_id: 'x', slots: {}, paused: false, events, ...more },
});

describe('after a turn the records are looked at', () => {
  test.each([
    ['T4: the slot turned true', raised, 'slot'],
    ['T5: the bot paused', { event: 'pause' }, 'pause'],
    ['T6: a named action ran', { event: 'action', name: 'action_live_agent' }, 'action'],
  ])('%s', async (_what, event, form) => {
    const { assistant, received, lines } = await rasa(tracker([said('activity-1'), event, listen]), {
      more: { token: 't' },
    });
    expect(await assistant.ask(turnOf('hello'), context)).toEqual({ items: [{ text: 'hi' }], handoff: {} });
    expect(lines).toEqual([`handoff_triggered {"correlation":"c-1","form":"${form}"}`]);
    expect(received[1]).toMatchObject({ method: 'GET', path: `/conversations/${senderFor(key)}/tracker` });
    expect(received[1]?.query.get('token')).toBe('t');
  });

  test('what an earlier turn changed means nothing now', async () => {
    const events = [said('activity-0'), raised, { event: 'pause' }, said('activity-1'), listen];
    const { assistant } = await rasa(tracker(events, { slots: { handoff_active: true }, paused: true }));
    expect(await assistant.ask(turnOf('hello'), context)).toEqual({ items: [{ text: 'hi' }] });
  });

  test('a bot that keeps no activities is understood by words and time', async () => {
    const user = { event: 'user', text: 'hello', timestamp: sentAt / 1000 + 0.2, metadata: null };
    const { assistant } = await rasa(tracker([user, raised]));
    expect((await assistant.ask(turnOf('hello'), context)).handoff).toEqual({});
  });

  test('not at all where the answer says it all, or the assistant starts afresh', async () => {
    const all = tracker([said('activity-1'), raised]);
    const told = await rasa(all, { reply: [{ custom: { handoff: { reason: 'told' } } }] });
    expect((await told.assistant.ask(turnOf('hello'), context)).handoff).toEqual({ reason: 'told' });
    expect(told.received).toHaveLength(1);
    const restarted = await rasa(all);
    expect((await restarted.assistant.ask(turnOf('/restart'), context)).handoff).toBeUndefined();
    expect(restarted.received).toHaveLength(1);
  });

  test('not at all where the tracker API is not enabled', async () => {
    const { assistant, received } = await rasa(tracker([said('activity-1'), raised]), { more: { tracker: false } });
    expect((await assistant.ask(turnOf('hello'), context)).handoff).toBeUndefined();
    expect(received).toHaveLength(1);
  });

  test('not at all where a name cannot stand in an address unescaped', async () => {
    const odd = turnOf('hello', { key: 'tenant/chat/a%2Fb' as typeof key });
    const { assistant, received } = await rasa(tracker([]), { more: { senderFrom: 'from.id' } });
    expect(await assistant.ask(odd, context)).toEqual({ items: [{ text: 'hi' }] });
    await assistant.tell(odd.key, { event: 'chat_ended', chat: 'c' as never, reason: 'user' }, context);
    expect(await assistant.lookUp(odd, sentAt, context)).toEqual({ outcome: 'unknown' });
    expect(received.map(({ path }) => path)).toEqual(['/webhooks/rest/webhook']);
  });

  test.each<[string, Reaction]>([
    ['404', { status: 404, json: {} }],
    ['401', { status: 401, json: { reason: 'NotAuthenticated' } }],
    ['500', { status: 500, json: {} }],
    ['a page', { text: '<html>' }],
    ['a reset', 'reset'],
    ['nothing', 'silence'],
  ])('records that answer %s do not spoil the answer', async (_what, reaction) => {
    const { assistant, lines } = await rasa(reaction, { more: { timeoutMs: 150 } });
    expect(await assistant.ask(turnOf('hello'), context)).toEqual({ items: [{ text: 'hi' }] });
    expect(lines).toEqual([expect.stringContaining('rasa_records_unreadable {"correlation":"c-1"')]);
  });

  test('a bot that was left silent by an earlier chat gets its voice back', async () => {
    const stale = tracker([said('activity-1')], { slots: { handoff_active: true }, paused: true });
    const { assistant, received, lines } = await rasa(stale, { reply: [] });
    expect(await assistant.ask(turnOf('hello'), context)).toEqual({ items: [] });
    expect(received[2]).toMatchObject({ method: 'POST', path: `/conversations/${senderFor(key)}/tracker/events` });
    expect(received[2]?.body).toContainEqual({ event: 'resume' });
    expect(lines).toEqual(['rasa_left_silent {"correlation":"c-1"}']);
  });

  test('a bot that is silent for reasons of its own stays so', async () => {
    const { assistant, received } = await rasa(tracker([said('activity-1')], { paused: true }), { reply: [] });
    await assistant.ask(turnOf('hello'), context);
    expect(received).toHaveLength(2);
  });
});

describe('a turn whose outcome nobody knows', () => {
  const lookUp = async (records: Reaction, more: Parameters<typeof assistantFor>[1] = {}) => {
    const { assistant, received } = await rasa(records, { more });
    return { found: await assistant.lookUp(turnOf('hello'), sentAt as Instant, context), received };
  };

  test('was processed when its activity is in the records, and its answer is there too', async () => {
    const bot = (text: string, data = {}) => ({ event: 'bot', text, data });
    const events = [
      said('activity-0'),
      bot('old'),
      said('activity-1'),
      bot('one\n\ntwo'),
      listen,
      said('later'),
      bot('new'),
    ];
    const { found, received } = await lookUp(tracker(events));
    expect(found).toEqual({ outcome: 'answered', answer: { items: [{ text: 'one' }, { text: 'two' }] } });
    expect(received).toHaveLength(1);
    expect(received[0]?.query.get('include_events')).toBe('ALL');
  });

  test('is a hand-off when the answer or the records say so', async () => {
    const custom = { handoff: { reason: 'lost' } };
    const bot = { event: 'bot', text: null, data: { custom } };
    const byAnswer = await lookUp(tracker([said('activity-1'), bot]));
    expect(byAnswer.found).toEqual({ outcome: 'answered', answer: { items: [], handoff: { reason: 'lost' } } });
    const bySlot = await lookUp(tracker([said('activity-1'), raised]));
    expect(bySlot.found).toEqual({ outcome: 'answered', answer: { items: [], handoff: {} } });
  });

  test('was not processed when the records hold others but not this one', async () => {
    expect((await lookUp(tracker([said('activity-0')]))).found).toEqual({ outcome: 'not_processed' });
    expect((await lookUp(tracker([]))).found).toEqual({ outcome: 'not_processed' });
  });

  test('stays unknown where the same words are from just before and clocks may differ', async () => {
    const user = { event: 'user', text: 'hello', timestamp: sentAt / 1000 - 100, metadata: {} };
    expect((await lookUp(tracker([user]))).found).toEqual({ outcome: 'unknown' });
  });

  test.each<[string, Reaction]>([
    ['refuse', { status: 403, json: {} }],
    ['do not exist', { status: 404, json: {} }],
    ['have no model', { status: 409, json: {} }],
    ['are a page', { text: '<html>' }],
    ['hold no events', { json: { slots: {}, events: null } }],
  ])('stays unknown where the records %s', async (_what, reaction) => {
    expect((await lookUp(reaction)).found).toEqual({ outcome: 'unknown' });
  });

  test('stays unknown where there is no tracker API, and nobody is asked', async () => {
    const { found, received } = await lookUp(tracker([said('activity-1')]), { tracker: false });
    expect(found).toEqual({ outcome: 'unknown' });
    expect(received).toEqual([]);
  });

  test('is looked up later where the records are away for a while, and is in doubt until then', async () => {
    const { assistant } = await rasa({ status: 502, text: '<html>' });
    const failure = await failureOf(assistant.lookUp(turnOf('hello'), sentAt, context));
    expect(failure).toMatchObject({ kind: 'unreachable', certain: false });
  });
});
