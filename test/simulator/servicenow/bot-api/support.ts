import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServiceNowSimulator, SimulatorOptions } from '../../../../src/simulator/servicenow/simulator';
import { basic, closeAll, type Json, type Reply, request, service, started } from '../support';

/** One request that the receiver of callbacks got. */
export interface Got {
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  readonly json: Json;
}

/** Where callbacks arrive in a test. */
export interface Receiver {
  readonly url: string;
  readonly got: Got[];
  status: number;
  /** False: nothing is answered until {@link Receiver.answerAll}. */
  answers: boolean;
  answerAll(): void;
  close(): Promise<void>;
}

const receivers: Receiver[] = [];

/** A receiver of callbacks; it is closed after the test. */
export async function receiving(): Promise<Receiver> {
  const open: http.ServerResponse[] = [];
  const server = http.createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    found.got.push({ url: incoming.url ?? '', headers: incoming.headers, text, json: parsed(text) });
    if (found.answers) response.writeHead(found.status).end();
    else open.push(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const found: Receiver = {
    url: `http://127.0.0.1:${port}/callback`,
    got: [],
    status: 200,
    answers: true,
    answerAll: () => {
      for (const response of open.splice(0)) response.writeHead(found.status).end();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  receivers.push(found);
  return found;
}

/** Ends what the tests of this API began. */
export async function closeEverything(): Promise<void> {
  await closeAll();
  await Promise.all(receivers.splice(0).map((each) => each.close()));
}

/** An instance that calls a receiver back, and a client of it. */
export async function calledBack(options: SimulatorOptions = {}) {
  const receiver = await receiving();
  const sim = await started({ ...options, config: { callback: { url: receiver.url }, ...options.config } });
  for (const { id } of Object.values(sim.state().queues)) sim.setQueue({ id, initialAgentResponse: '' });
  const client = clientOf(sim);
  /** Waits until so many callbacks came, and takes them. */
  const taken = async (count: number): Promise<Json[]> => {
    await until(() => receiver.got.length >= count);
    return receiver.got.splice(0).map((each) => each.json);
  };
  /** Asks for an agent, who comes; the callbacks of that are taken. */
  const withAgent = async (given: Json = {}): Promise<string> => {
    await client.send({ action: 'AGENT', requestId: 'open', message: { text: 'VPN is down' }, ...given });
    await taken(1);
    const chat = sim.chats().at(-1)?.id ?? '';
    sim.accept(chat, 'beth.anglin');
    await taken(1);
    return chat;
  };
  return { sim, receiver, ...client, taken, withAgent };
}

/** Requests of one employee's client. */
export function clientOf(sim: ServiceNowSimulator) {
  let count = 0;
  const post = (body: string, headers: Record<string, string> = {}): Promise<Reply> =>
    request(sim, {
      method: 'POST',
      path: '/api/sn_va_as_service/bot/integration',
      headers: {
        authorization: basic(service),
        accept: 'application/json',
        'content-type': 'application/json',
        ...headers,
      },
      body,
    });
  const send = (given: Json, headers: Record<string, string> = {}): Promise<Reply> => {
    count += 1;
    const common = { requestId: `r-${count}`, clientSessionId: 's-1', userId: 'u-1' };
    return post(JSON.stringify({ ...common, ...given }), headers);
  };
  const say = (text: string, given: Json = {}) => send({ message: { text, typed: true }, ...given });
  return { post, send, say };
}

/** What the items of callbacks are, in a few words each. */
export function kinds(callbacks: readonly Json[]): string[][] {
  return callbacks.map(({ body }) =>
    body.map((item: Json) => item.actionType ?? item.value?.action ?? item.value ?? item.uiType),
  );
}

/** Waits for something that comes over a socket. */
export async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!holds() && Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
  expect(holds()).toBe(true);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
