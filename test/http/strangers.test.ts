import http from 'node:http';
import net from 'node:net';
import { makeHealth } from '../../src/http/health';
import { makeMetrics } from '../../src/http/metrics';
import { type RunningServer, startServer } from '../../src/http/server';
import { silentLog } from '../support/world/world';

let server: RunningServer;
const received: unknown[] = [];

beforeEach(async () => {
  received.length = 0;
  server = await startServer({
    reception: {
      checkHeader: async (authorization) => (authorization === 'Bearer good' ? undefined : { status: 401 }),
      receive: async (_, body) => {
        received.push(body);
        return { status: 200 };
      },
    },
    isFull: () => false,
    health: makeHealth(async () => {}),
    metrics: makeMetrics({ live: () => 0, lagMs: () => 0 }),
    log: silentLog,
    host: '127.0.0.1',
    port: 0,
    bounds: { connections: 60, strangers: 20, graceMs: 0 },
  });
});
afterEach(() => server.close());

/** What comes back for these bytes until the connection is closed, or says nothing more. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = net.connect(server.port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (data) => {
      text += data.toString();
      socket.end();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });
}

function genuine(): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: 'Bearer good', 'content-type': 'application/json' };
    const options = {
      host: '127.0.0.1',
      port: server.port,
      path: '/api/messages',
      method: 'POST',
      agent: false,
      headers,
    };
    const request = http.request(options, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    request.on('error', reject);
    request.end('{"type":"message"}');
  });
}

async function held(count: number): Promise<net.Socket[]> {
  const sockets = Array.from({ length: count }, () => net.connect(server.port, '127.0.0.1'));
  await Promise.all(
    sockets.map((socket) => {
      socket.on('error', () => {});
      return new Promise((resolve) => socket.once('connect', resolve));
    }),
  );
  for (const socket of sockets) if (!socket.destroyed) socket.write('POST /api/messages HTTP/1.1\r\nHost: x\r\n');
  return sockets;
}

test('whoever holds many connections open closes their own, and a genuine turn still comes in', async () => {
  const sockets = await held(100);
  expect(await genuine()).toBe(200);
  expect(received).toEqual([{ type: 'message' }]);
  const closed = () => sockets.filter((socket) => socket.closed).length;
  while (closed() < 80) await Promise.race(sockets.filter((one) => !one.closed).map((one) => onceClosed(one)));
  expect(closed()).toBeLessThanOrEqual(81);
  for (const socket of sockets) socket.destroy();
});

function onceClosed(socket: net.Socket): Promise<void> {
  return new Promise((resolve) => void socket.once('close', () => resolve()));
}

const tail = 'Host: x\r\nAuthorization: Bearer forged\r\nContent-Length: 2\r\n\r\n{}';
test.each([
  ['an address that is none', `POST /%E0%A4%A HTTP/1.1\r\n${tail}`],
  ['an address of another host', `POST http://evil.example/api/messages HTTP/1.1\r\n${tail}`],
  ['an address without its host', `POST //[ HTTP/1.1\r\n${tail}`],
  ['a climbing address', `POST /../../api/messages HTTP/1.1\r\n${tail}`],
  ['a method that nobody knows', `BREW /api/messages HTTP/1.1\r\n${tail}`],
  ['no HTTP at all', '\u0016\u0003\u0001\u0002\r\n\r\n'],
  ['two lengths', `POST /api/messages HTTP/1.1\r\nContent-Length: 3\r\n${tail}`],
  ['a length and chunks', `POST /api/messages HTTP/1.1\r\nTransfer-Encoding: chunked\r\n${tail}`],
  ['a length below nothing', 'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
  ['compressed chunks', 'POST /api/messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n'],
  ['headers of 20 KB', `POST /api/messages HTTP/1.1\r\nX-Long: ${'a'.repeat(20_000)}\r\n${tail}`],
  ['an expectation', `POST /api/messages HTTP/1.1\r\nExpect: a miracle\r\n${tail}`],
  ['an upgrade', `GET /api/messages HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${tail}`],
  ['a version of the interface', `POST /api/messages HTTP/1.1\r\nAccept-Version: ~9\r\n${tail}`],
  ['a broken type', `POST /api/messages HTTP/1.1\r\nContent-Type: ;;;\r\n${tail}`],
])('a request with %s is refused without a reason, never with a 500, and the next turn is taken', async (_, bytes) => {
  const answer = await raw(bytes);
  expect(answer === '' ? '401' : answer.slice(9, 12)).toMatch(/^(400|401|403|404|405|413|415|417|431)$/);
  expect((answer.split('\r\n\r\n')[1] ?? '').replace(/^0$/, '')).toBe('');
  expect(received).toEqual([]);
  expect(await genuine()).toBe(200);
});

test('an answer tells no version of what it is made of', async () => {
  for (const bytes of [`POST /api/messages HTTP/1.1\r\n${tail}`, 'GET /nope HTTP/1.1\r\nHost: x\r\n\r\n']) {
    const [head = ''] = (await raw(bytes)).split('\r\n\r\n');
    expect(head).not.toMatch(/x-powered-by|restify|node|express/i);
    expect(head).not.toMatch(/^server:.*\d/im);
  }
});
