import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PushFault } from '../../../src/simulator/rasa/http/callback-channel';
import { api, call, rasa } from './support/rasa';

interface Receiver {
  readonly url: string;
  readonly bodies: { recipient_id: string; text: string }[];
  readonly secrets: unknown[];
  mostAtOnce: number;
}

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve).closeAllConnections())),
  );
});

/** Takes deliveries, and answers none before so many are there at once. */
async function receiver(status = 200, atOnce = 1): Promise<Receiver> {
  const received: Omit<Receiver, 'url'> = { bodies: [], secrets: [], mostAtOnce: 0 };
  let open = 0;
  let gather: () => void = () => undefined;
  const gathered = new Promise<void>((resolve) => {
    gather = resolve;
  });
  const server = createServer(async (request, response) => {
    open += 1;
    received.mostAtOnce = Math.max(received.mostAtOnce, open);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
    received.secrets.push(request.headers['x-secret']);
    if (open >= atOnce) gather();
    await gathered;
    open -= 1;
    response.writeHead(status).end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cb`;
  return Object.assign(received, { url });
}

async function talking(to: { url: string }) {
  const simulator = await rasa({ callback: { url: to.url, headers: { 'x-secret': 's' } } });
  simulator.script([{ when: { text: 'count' }, reply: [{ text: 'one' }, { text: 'two' }, { text: 'three' }] }]);
  const send = () => call(`${simulator.url}/webhooks/callback/webhook`, 'POST', { sender: 'ann', message: 'count' });
  return { simulator, send };
}

const inOrder = ['one', 'two', 'three'];

test('each message is delivered as one object, one after the other, before the call is answered', async () => {
  const target = await receiver();
  const { simulator, send } = await talking(target);
  const reply = await send();
  expect([reply.status, reply.text]).toEqual([200, 'success']);
  expect(target.bodies).toEqual(inOrder.map((text) => ({ recipient_id: 'ann', text })));
  expect([target.mostAtOnce, target.secrets]).toEqual([1, ['s', 's', 's']]);
  expect(simulator.tracker('ann')).toMatchObject({ latest_input_channel: 'callback' });
});

test('a receiver that says no is not minded', async () => {
  const target = await receiver(500);
  const { send } = await talking(target);
  expect((await send()).status).toBe(200);
  expect(target.bodies).toHaveLength(3);
});

test('a receiver that cannot be reached fails the call', async () => {
  const { simulator, send } = await talking({ url: 'http://127.0.0.1:1/cb' });
  const reply = await send();
  expect([reply.status, reply.body]).toEqual([500, expect.objectContaining({ description: 'Internal Server Error' })]);
  expect(simulator.tracker('ann')).toBeUndefined();
});

test('its health is told', async () => {
  const simulator = await rasa();
  expect((await api(simulator, 'GET', '/webhooks/callback/')).body).toEqual({ status: 'ok' });
});

test('the bot can speak first', async () => {
  const target = await receiver();
  const { simulator } = await talking(target);
  await simulator.push('ann', [{ text: 'Reminder' }]);
  expect(target.bodies).toEqual([{ recipient_id: 'ann', text: 'Reminder' }]);
});

test('posted bot events and external intents reach the channel when asked to', async () => {
  const target = await receiver();
  const { simulator, send } = await talking(target);
  await send();
  const events = '/conversations/ann/tracker/events?output_channel=latest&execute_side_effects=true';
  await api(simulator, 'POST', events, { event: 'bot', text: 'From outside' });
  const trigger = '/conversations/ann/trigger_intent?output_channel=callback';
  const { body } = await api(simulator, 'POST', trigger, { name: 'greet' });
  expect(body).not.toHaveProperty('messages');
  expect(target.bodies.slice(3).map(({ text }) => text)).toEqual(['From outside', 'Hello! How can I help?']);
});

describe('bad deliveries', () => {
  const delivered = async (how: PushFault, atOnce = 1) => {
    const target = await receiver(200, atOnce);
    const { simulator, send } = await talking(target);
    simulator.faults([{ area: 'callback', fault: { kind: 'push', how } }]);
    await send();
    return target;
  };
  const texts = ({ bodies }: Receiver) => bodies.map(({ text }) => text);

  test('twice each', async () => {
    expect(texts(await delivered('duplicated'))).toEqual(inOrder.flatMap((text) => [text, text]));
  });

  test('in another order', async () => {
    expect(texts(await delivered('reordered'))).toEqual(inOrder.toReversed());
  });

  test('all at once', async () => {
    const target = await delivered('concurrent', 3);
    expect(target.mostAtOnce).toBe(3);
    expect(texts(target).sort()).toEqual([...inOrder].sort());
  });

  test('without the secret', async () => {
    expect((await delivered('unauthenticated')).secrets).toEqual([undefined, undefined, undefined]);
  });

  test('as a list', async () => {
    expect((await delivered('array')).bodies).toEqual([inOrder.map((text) => ({ recipient_id: 'ann', text }))]);
  });
});
