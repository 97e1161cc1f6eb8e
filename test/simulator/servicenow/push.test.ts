import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { as, closeAll, control, itDesk, type Json, started } from './support';

let receiver: Awaited<ReturnType<typeof receiving>>;

beforeEach(async () => {
  receiver = await receiving();
});

afterEach(async () => {
  await closeAll();
  await receiver.close();
});

test('rows that the requester did not write are pushed, signed', async () => {
  const secret = `whsec_${Buffer.from('a secret of some length').toString('base64')}`;
  const { sim, group } = await chatWith({ url: receiver.url, secret });
  await as(sim).post1(group, 'mine');
  const [id] = sim.say(group, { text: 'theirs' });
  await until(() => sim.pushes().length === 1);
  const [got] = receiver.got;
  expect(receiver.got).toHaveLength(1);
  const body = JSON.parse(got?.body ?? '');
  expect(body).toEqual({
    eventId: id,
    group,
    sys_id: id,
    created_by: 'beth.anglin',
    created_on: '2026-11-18 09:00:00',
    formatted_message: 'theirs',
  });
  const signed = `${got?.headers['webhook-id']}.${got?.headers['webhook-timestamp']}.${got?.body}`;
  const expected = createHmac('sha256', 'a secret of some length').update(signed).digest('base64');
  expect(got?.headers['webhook-signature']).toBe(`v1,${expected}`);
  expect(got?.headers['webhook-timestamp']).toBe(String(sim.clock.now() / 1000));
  expect(sim.pushes()).toMatchObject([{ chat: group, row: id, attempt: 1, status: 200 }]);
});

test('a secret of another kind is sent in a header, and what fails is tried as often as the switch says', async () => {
  receiver.status = 500;
  const { sim, group } = await chatWith({ url: receiver.url, secret: 'plain', retries: 2 });
  sim.say(group, { text: 'x' });
  await until(() => sim.pushes().length === 3);
  expect(receiver.got.map((each) => each.headers['x-callback-secret'])).toEqual(['plain', 'plain', 'plain']);
  const { entries } = (await control(sim, 'GET', '/callbacks')).json;
  expect(entries.map((each: Json) => [each.attempt, each.status])).toEqual([
    [1, 500],
    [2, 500],
    [3, 500],
  ]);
});

test('a receiver that is not there is noted, and the chat goes on', async () => {
  await receiver.close();
  const { sim, group } = await chatWith({ url: receiver.url, secret: 'plain' });
  sim.say(group, { text: 'x' });
  await until(() => sim.pushes().length === 1);
  expect(sim.pushes()[0]?.status).toBeNull();
  expect((await as(sim).thread(group))[0]?.message).toBe('x');
});

async function chatWith(push: { url: string; secret: string; retries?: number }) {
  const sim = await started();
  sim.setQueue({ id: itDesk, initialAgentResponse: '' });
  sim.configure({ push });
  const { group } = await as(sim).open();
  sim.accept(group, 'beth.anglin');
  return { sim, group: group as string };
}

async function receiving() {
  const got: { headers: http.IncomingHttpHeaders; body: string }[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    got.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
    response.writeHead(found.status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const found = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`, got, status: 200, close };
  return found;
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!holds() && Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
  expect(holds()).toBe(true);
}
