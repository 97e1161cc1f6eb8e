import { senderFor } from '../../src/rasa/sender';
import { assistantFor, context, failureOf, key, type Reaction, startServer } from './rasa-side';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function rasa(records: Reaction, tracker = true) {
  const server = await startServer(() => records);
  const side = assistantFor(server.url, { tracker });
  closers.push(server.close, () => side.assistant.close());
  return { ...side, received: server.received };
}

const ran = (name: string) => ({ event: 'action', name });
const slots = {
  location: 'Berlin',
  asset: 4711,
  is_urgent: true,
  is_remote: false,
  empty: ' ',
  nothing: null,
  list: ['a'],
  requested_slot: 'location',
  handoff_active: true,
  live_chat_id: 'c',
  long: 'x'.repeat(500),
};
const events = [
  ran('action_before'),
  { event: 'session_started' },
  ran('action_listen'),
  ran('vpn_form'),
  ran('utter_hello'),
  ran('validate_vpn_form'),
  ran('action_restart_tunnel'),
  ran('vpn_form'),
];

test('what the bot ran in this session and what it knows is told, without its own', async () => {
  const { assistant, received } = await rasa({ json: { sender_id: 'x', slots, paused: false, events } });
  expect(await assistant.recall(key, context)).toEqual({
    actions: ['vpn_form', 'action_restart_tunnel'],
    slots: [
      { name: 'asset', value: '4711' },
      { name: 'is_urgent', value: 'true' },
      { name: 'location', value: 'Berlin' },
      { name: 'long', value: 'x'.repeat(120) },
    ],
  });
  expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `GET /conversations/${senderFor(key)}/tracker`,
  ]);
});

test('without its records nothing is asked', async () => {
  const { assistant, received } = await rasa({ json: {} }, false);
  expect([await assistant.recall(key, context), received]).toEqual([undefined, []]);
});

test('records that cannot be read are a failure', async () => {
  const { assistant } = await rasa({ status: 500, json: {} });
  expect(await failureOf(assistant.recall(key, context))).toMatchObject({ upstream: 'rasa', kind: 'unreachable' });
});
