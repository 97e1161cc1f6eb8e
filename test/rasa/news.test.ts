import type { AssistantNews } from '../../src/conversation/effects';
import type { ChatId, HandoffId } from '../../src/conversation/types';
import { senderFor } from '../../src/rasa/sender';
import { assistantFor, context, failureOf, key, type Reaction, type Received, sentAt, startServer } from './rasa-side';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function rasa(react: (received: Received) => Reaction, more: Parameters<typeof assistantFor>[1] = {}) {
  const server = await startServer(react);
  const side = assistantFor(server.url, { tracker: true, now: () => sentAt, ...more });
  closers.push(server.close, () => side.assistant.close());
  return { ...side, received: server.received };
}

/** Keeps slots as a domain that declares these does. */
function domain(declared: readonly string[]) {
  const slots: Record<string, unknown> = {};
  return ({ body }: Received): Reaction => {
    for (const { event, name, value } of body as { event: string; name: string; value: unknown }[]) {
      if (event === 'slot' && declared.includes(name)) slots[name] = value;
    }
    return { json: { sender_id: 'x', slots, paused: true, events: [] } };
  };
}

const names = ['handoff_active', 'live_chat_id', 'live_chat_user', 'live_chat_last_updated'];
const started: AssistantNews = {
  event: 'chat_started',
  chat: 'chat-1' as ChatId,
  user: 'user-1',
  handoff: 'activity-1' as HandoffId,
};
const ended: AssistantNews = { event: 'chat_ended', chat: 'chat-1' as ChatId, reason: 'agent' };
const slot = (name: string, value: unknown) => ({ event: 'slot', name, value });

test('S4, S5: the start of a chat sets the slots and pauses the bot, in one request without times', async () => {
  const { assistant, received, lines } = await rasa(domain(names));
  await assistant.tell(key, started, context);
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({ method: 'POST', path: `/conversations/${senderFor(key)}/tracker/events` });
  expect(received[0]?.body).toEqual([
    slot('handoff_active', true),
    slot('live_chat_id', 'chat-1'),
    slot('live_chat_user', 'user-1'),
    slot('live_chat_last_updated', '2027-01-15T08:00:00.000Z'),
    { event: 'pause' },
  ]);
  expect(lines).toEqual([]);
});

test('S9: the end of a chat sets the slots to None and lets the bot speak again', async () => {
  const { assistant, received } = await rasa(domain(names));
  await assistant.tell(key, ended, context);
  expect(received.map(({ body }) => body)).toEqual([[...names.map((name) => slot(name, null)), { event: 'resume' }]]);
});

test('to be told twice is to be told once', async () => {
  const { assistant, received } = await rasa(domain(names));
  await assistant.tell(key, started, context);
  await assistant.tell(key, started, context);
  expect(received[0]?.body).toEqual(received[1]?.body);
});

test('slots that the domain does not declare are named once', async () => {
  const { assistant, lines } = await rasa(domain(['handoff_active', 'live_chat_id']));
  await assistant.tell(key, started, context);
  await assistant.tell(key, started, context);
  expect(lines).toEqual(['rasa_slots_not_declared {"slots":["live_chat_user","live_chat_last_updated"]}']);
});

test('a chat without a user of its own has none in the slots, and nobody is warned of that', async () => {
  const { assistant, received, lines } = await rasa(domain(names));
  const { user: _, ...rest } = started;
  await assistant.tell(key, rest as AssistantNews, context);
  expect(received[0]?.body).toContainEqual(slot('live_chat_user', null));
  expect(lines).toEqual([]);
});

test('without the tracker API nothing is told', async () => {
  const { assistant, received } = await rasa(domain(names), { tracker: false, endIntent: 'EXTERNAL_live_chat_ended' });
  await assistant.tell(key, started, context);
  await assistant.tell(key, ended, context);
  expect(received).toEqual([]);
});

test.each<[string, Reaction, string, boolean]>([
  ['refuses', { status: 401, json: {} }, 'unauthorized', true],
  ['has lost its lock', { status: 500, json: { reason: 'ConversationError' } }, 'unreachable', false],
  ['hangs behind a running turn', 'silence', 'unreachable', false],
])('a tracker that %s is a failure that can be tried again', async (_what, reaction, kind, certain) => {
  const { assistant } = await rasa(() => reaction, { timeoutMs: 100 });
  expect(await failureOf(assistant.tell(key, ended, context))).toMatchObject({ upstream: 'rasa', kind, certain });
});

describe('the intent of the end', () => {
  const endIntent = 'EXTERNAL_live_chat_ended';
  const goodbye: AssistantNews = {
    event: 'goodbye_said',
    chat: 'chat-1' as ChatId,
    reason: 'agent',
    answered: true,
  };

  test('is triggered where it is named, and what the bot says comes back', async () => {
    const messages = [{ recipient_id: 'x', text: 'Did Beth help?' }, { recipient_id: 'x' }];
    const { assistant, received } = await rasa(() => ({ json: { tracker: {}, messages } }), { endIntent });
    expect(await assistant.tell(key, goodbye, context)).toEqual([{ text: 'Did Beth help?' }]);
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ method: 'POST', path: `/conversations/${senderFor(key)}/trigger_intent` });
    expect(received[0]?.body).toEqual({ name: endIntent, entities: { reason: 'agent', answered: true } });
  });

  test('may be missing from the domain, and the bot may say nothing', async () => {
    const replies: Reaction[] = [{ status: 404, json: { reason: 'NotFound' } }, { json: { tracker: {} } }];
    const { assistant, lines } = await rasa(() => replies.shift() ?? { status: 500, json: {} }, { endIntent });
    expect(await assistant.tell(key, goodbye, context)).toEqual([]);
    expect(await assistant.tell(key, goodbye, context)).toEqual([]);
    expect(lines).toEqual(['rasa_end_intent_not_taken {"correlation":"c-1","kind":"not_found"}']);
  });

  test('is triggered by the goodbye alone', async () => {
    const { assistant, received } = await rasa(domain(names), { endIntent });
    await assistant.tell(key, started, context);
    await assistant.tell(key, ended, context);
    expect(received.filter(({ path }) => path.endsWith('trigger_intent'))).toEqual([]);
  });
});

test('a bot that is wanted while the employee waits may speak again, and its slots say that no agent is there', async () => {
  const { assistant, received } = await rasa(domain(names));
  await assistant.tell(key, { event: 'asked_meanwhile', chat: 'chat-1' as ChatId }, context);
  expect(received.map(({ body }) => body)).toEqual([[slot('handoff_active', null), { event: 'resume' }]]);
});
