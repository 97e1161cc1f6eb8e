import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault } from './faults';
import { type Exchange, misbehave } from './misbehave';

/** One call as it came to the proxy; path and query decoded. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** Milliseconds. */
  readonly at: number;
}

export interface Order {
  readonly fault: Fault;
  /** Which calls are meant. */
  readonly calls: (call: Call) => boolean;
  /** The next such call alone, or every one until it is healed. */
  readonly lasts: 'once' | 'for good';
  /** The struck calls are held up until then. */
  readonly notBefore?: Promise<void>;
}

/** An order in force. */
export interface Strike {
  /** The calls that were struck. */
  readonly struck: readonly Call[];
  /** Resolves when so many were. */
  hit(times?: number): Promise<void>;
  heal(): void;
}

/** Stands between the connector and one far side, hands on what nobody has ordered otherwise, and remembers every call. */
export interface FaultProxy {
  readonly url: string;
  readonly calls: readonly Call[];
  strike(order: Order): Strike;
  close(): Promise<void>;
}

interface Active {
  readonly order: Order;
  readonly struck: Call[];
  readonly waiters: { readonly times: number; readonly resolve: () => void }[];
}

/** Starts a proxy in front of a server on this machine. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  // No connection is used twice on the far side of it, and none is closed on this side that may be used again.
  const agent = new http.Agent({ keepAlive: false });
  const calls: Call[] = [];
  const active: Active[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const exchange: Exchange = { target: new URL(target), agent, request, response, body };
      const [method, path] = [request.method ?? '', decodeURIComponent(request.url ?? '')];
      const call = { method, path, body: body.toString(), at: performance.now() };
      calls.push(call);
      carry(exchange, struckBy(active, call)).catch(() => response.destroy());
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    strike: (order) => strikeWith(active, order),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        agent.destroy();
      }),
  };
}

async function carry(exchange: Exchange, order: Order | undefined): Promise<void> {
  await order?.notBefore;
  await misbehave(exchange, order?.fault);
}

function struckBy(active: Active[], call: Call): Order | undefined {
  const found = active.find(({ order }) => order.calls(call));
  if (!found) return undefined;
  found.struck.push(call);
  for (const { times, resolve } of found.waiters) if (found.struck.length >= times) resolve();
  if (found.order.lasts === 'once') heal(active, found);
  return found.order;
}

function strikeWith(active: Active[], order: Order): Strike {
  const one: Active = { order, struck: [], waiters: [] };
  active.push(one);
  return {
    struck: one.struck,
    hit: (times = 1) =>
      one.struck.length >= times ? Promise.resolve() : new Promise((resolve) => one.waiters.push({ times, resolve })),
    heal: () => heal(active, one),
  };
}

function heal(active: Active[], one: Active): void {
  const place = active.indexOf(one);
  if (place >= 0) active.splice(place, 1);
}
