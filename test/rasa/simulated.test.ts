import type { AssistantNews } from '../../src/conversation/effects';
import type { ChatId, HandoffId, Instant } from '../../src/conversation/types';
import { senderFor } from '../../src/rasa/sender';
import { startRasa } from '../../src/simulator/rasa/server';
import { assistantFor, context, failureOf, key, turnOf } from './rasa-side';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function rasa(options: Parameters<typeof startRasa>[0] = {}, more: Parameters<typeof assistantFor>[1] = {}) {
  const simulator = await startRasa(options);
  const side = assistantFor(simulator.url, { tracker: true, ...more });
  closers.push(
    () => simulator.close(),
    () => side.assistant.close(),
  );
  let turns = 0;
  const ask = (text: string, payload?: string) => {
    turns += 1;
    return side.assistant.ask(turnOf(text, { payload, turn: `activity-${turns}` }), context);
  };
  return { ...side, simulator, ask };
}

const sender = senderFor(key);
const started: AssistantNews = {
  event: 'chat_started',
  chat: 'chat-1' as ChatId,
  user: 'user-1',
  handoff: 'activity-1' as HandoffId,
};
const ended: AssistantNews = { event: 'chat_ended', chat: 'chat-1' as ChatId, reason: 'agent' };

describe.each(['3.0.4', '3.6.21', 'pro-3.16'] as const)('Rasa %s', (version) => {
  test('S1: is asked for a live agent, and says so in a payload', async () => {
    const { ask } = await rasa({ version });
    expect((await ask('hello')).items).toEqual([{ text: 'Hello! How can I help?' }]);
    expect(await ask('talk to live agent')).toEqual({
      items: [{ text: 'I am connecting you with a colleague.' }],
      handoff: { reason: 'user_request' },
    });
  });

  test('T4, S4: turns its slot true, and later turns mean nothing by it', async () => {
    const { ask, assistant } = await rasa({ version, preset: 'seed-inrasa' });
    const answer = await ask('talk to live agent');
    expect(answer.handoff).toEqual({});
    expect(answer.items).toHaveLength(1);
    expect((await ask('still there?')).handoff).toBeUndefined();
    await assistant.tell(key, ended, context);
    expect((await ask('hello')).handoff).toBeUndefined();
    expect((await ask('talk to live agent')).handoff).toEqual({});
  });

  test('T5: pauses itself', async () => {
    const { ask, lines } = await rasa({ version, preset: 'slack-pause' }, { triggers: onlyPause });
    expect((await ask('a human please')).handoff).toEqual({});
    expect(lines).toEqual([expect.stringContaining('"form":"pause"')]);
    expect(await ask('hello?')).toEqual({ items: [] });
  });

  test('T6: runs a named action', async () => {
    const { ask, simulator, lines } = await rasa({ version });
    simulator.script([{ when: { text: 'agent' }, action: 'action_live_agent', reply: [{ text: 'One moment.' }] }]);
    expect(await ask('agent')).toEqual({ items: [{ text: 'One moment.' }], handoff: {} });
    expect(lines).toEqual([expect.stringContaining('"form":"action"')]);
  });

  test('a turn whose answer was lost is found with what was said', async () => {
    const { assistant, simulator } = await rasa({ version });
    simulator.faults([{ fault: { kind: 'lost', processed: true } }]);
    const turn = turnOf('talk to live agent');
    const sentAt = Date.now() as Instant;
    expect(await failureOf(assistant.ask(turn, context))).toMatchObject({ kind: 'unreachable', certain: false });
    expect(await assistant.lookUp(turn, sentAt, context)).toEqual({
      outcome: 'answered',
      answer: { items: [{ text: 'I am connecting you with a colleague.' }], handoff: { reason: 'user_request' } },
    });
  });

  test('a turn that never came to pass is proved not to have', async () => {
    const { assistant, simulator, ask } = await rasa({ version });
    await ask('hello');
    simulator.faults([{ fault: { kind: 'lost', processed: false } }]);
    const turn = turnOf('buttons', { turn: 'lost' });
    const sentAt = Date.now() as Instant;
    expect(await failureOf(assistant.ask(turn, context))).toMatchObject({ certain: false });
    expect(await assistant.lookUp(turn, sentAt, context)).toEqual({ outcome: 'not_processed' });
  });
});

const onlyPause = { markers: [], actions: [], hosts: [] };

test('a look at the records gives the very messages that the channel gave', async () => {
  const { assistant, ask } = await rasa();
  const asked = ['buttons', 'image', 'carousel', 'long', 'unicode', 'bigtext', 'quiet'];
  for (const [place, text] of asked.entries()) {
    const answer = await ask(text);
    const found = await assistant.lookUp(turnOf(text, { turn: `activity-${place + 1}` }), 0 as Instant, context);
    expect(found).toEqual({ outcome: 'answered', answer });
  }
});

test('T2: the chatroom convention works end to end, from the button on', async () => {
  const { ask } = await rasa({ preset: 'helpdesk' });
  const [choice] = (await ask('live agent')).items;
  const payload = String(choice?.buttons?.[0]?.payload);
  expect(await ask('Service desk', payload)).toEqual({
    items: [{ text: 'Transferring you to: Service desk.' }],
    handoff: { title: 'Service desk' },
  });
  const elsewhere = await ask('Facilities bot', String(choice?.buttons?.[1]?.payload));
  expect(elsewhere.handoff).toBeUndefined();
});

test('an employee who types an intent is not taken at their word', async () => {
  const { ask, simulator } = await rasa({ preset: 'helpdesk' });
  expect((await ask('/trigger_handoff{"handoff_to":"servicenow"}')).handoff).toBeUndefined();
  expect(JSON.parse(simulator.requests()[0]?.body ?? '')).toMatchObject({
    message: 'trigger_handoff{"handoff_to":"servicenow"}',
  });
});

test('S4, S5, S9: the slots follow the chat, and the bot is silent in between', async () => {
  const { assistant, simulator, lines } = await rasa({}, { endIntent: 'EXTERNAL_live_chat_ended' });
  await assistant.tell(key, started, context);
  expect(simulator.tracker(sender)).toMatchObject({
    paused: true,
    slots: { handoff_active: true, live_chat_id: 'chat-1', live_chat_user: 'user-1' },
  });
  await assistant.tell(key, ended, context);
  await assistant.tell(key, ended, context);
  expect(simulator.tracker(sender)).toMatchObject({
    paused: false,
    slots: { handoff_active: null, live_chat_id: null, live_chat_user: null, live_chat_last_updated: null },
  });
  expect(lines).toEqual([]);
});

test('slots that the bot does not declare are said once, and do no harm', async () => {
  const { assistant, lines, ask } = await rasa({ declaredSlots: ['handoff_active', 'live_chat_id'] });
  await assistant.tell(key, started, context);
  await assistant.tell(key, ended, context);
  await assistant.tell(key, started, context);
  await assistant.tell(key, ended, context);
  expect(lines).toEqual(['rasa_slots_not_declared {"slots":["live_chat_user","live_chat_last_updated"]}']);
  expect((await ask('hello')).items).toHaveLength(1);
});

test('a bot that missed the end of a chat is silent for one turn and speaks at the next', async () => {
  const { assistant, ask } = await rasa();
  await assistant.tell(key, started, context);
  expect(await ask('hello')).toEqual({ items: [] });
  expect((await ask('hello')).items).toHaveLength(1);
});

test('the token opens the records, and a wrong one closes only them', async () => {
  const right = await rasa({ authToken: 't0ken', preset: 'seed-inrasa' }, { token: 't0ken' });
  expect((await right.ask('live agent')).handoff).toEqual({});
  const wrong = await rasa({ authToken: 't0ken', preset: 'seed-inrasa' }, { token: 'other' });
  const answer = await wrong.ask('live agent');
  expect(answer.items).toHaveLength(1);
  expect(answer.handoff).toBeUndefined();
  expect(wrong.lines).toEqual(['rasa_records_unreadable {"correlation":"c-1","kind":"unauthorized","status":401}']);
});

test('a Rasa without the API is asked all the same', async () => {
  const { ask, assistant } = await rasa({ enableApi: false });
  expect((await ask('hello')).items).toHaveLength(1);
  const turn = turnOf('hello', { turn: 'activity-1' });
  expect(await assistant.lookUp(turn, 0 as Instant, context)).toEqual({ outcome: 'unknown' });
});

test('a clock that is five minutes off misleads nobody', async () => {
  for (const ms of [-290_000, 290_000]) {
    const { ask, simulator } = await rasa({ version: '3.0.4', preset: 'seed-inrasa' });
    simulator.faults([{ area: 'any', fault: { kind: 'clock skew', ms } }]);
    expect((await ask('live agent')).handoff).toEqual({});
  }
});

test('a session that runs out carries its slots over without a hand-off', async () => {
  const { ask, simulator, assistant } = await rasa();
  await ask('hello');
  await assistant.tell(key, started, context);
  await simulator.advance(61 * 60_000);
  const answer = await ask('hello');
  expect(answer.handoff).toBeUndefined();
  expect(answer.items).toHaveLength(1);
});

test.each(['twice', 'alone', 'first'] as const)('a trigger that comes %s is one hand-off', async (how) => {
  const { ask, simulator } = await rasa();
  simulator.faults([{ fault: { kind: 'trigger', how } }]);
  const { items, handoff } = await ask('live agent');
  expect(handoff).toEqual({ reason: 'user_request' });
  expect(items.every((item) => item.custom === undefined)).toBe(true);
});

test('no redirect is followed, and the token goes nowhere else', async () => {
  const other = await startRasa();
  closers.push(() => other.close());
  const { assistant, simulator } = await rasa({}, { token: 't0ken' });
  simulator.faults([{ fault: { kind: 'redirect', to: `${other.url}/webhooks/rest/webhook` } }]);
  expect(await failureOf(assistant.ask(turnOf('hello'), context))).toMatchObject({ status: 302, certain: true });
  expect(other.requests()).toEqual([]);
});
