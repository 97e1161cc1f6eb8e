import http from 'node:http';
import net from 'node:net';
import { gzipSync } from 'node:zlib';
import { makeHealth } from '../../src/http/health';
import { makeMetrics } from '../../src/http/metrics';
import { type RunningServer, type ServerParts, startServer } from '../../src/http/server';
import { silentLog } from '../support/world/world';

let server: RunningServer | undefined;
afterEach(() => server?.close());

const received: unknown[] = [];
beforeEach(() => {
  received.length = 0;
});

async function start(more: Partial<ServerParts> = {}): Promise<number> {
  server = await startServer({
    reception: {
      checkHeader: async (authorization) => (authorization === 'Bearer forged' ? { status: 401 } : undefined),
      receive: async (_authorization, body) => {
        received.push(body);
        return { status: 200 };
      },
    },
    isFull: () => false,
    health: makeHealth(async () => {}),
    metrics: makeMetrics({ live: () => 3, lagMs: () => 0 }),
    log: silentLog,
    host: '127.0.0.1',
    port: 0,
    ...more,
  });
  return server.port;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

function send(port: number, path: string, options: http.RequestOptions = {}, body?: string | Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path, agent: false, ...options }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const post = (port: number, body: string | Buffer, headers: http.OutgoingHttpHeaders = {}) =>
  send(port, '/api/messages', { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }, body);

test('a turn is handed on and answered with its status and an empty body', async () => {
  const port = await start();
  expect(await post(port, '{"type":"message"}')).toEqual({ status: 200, text: '' });
  expect(received).toEqual([{ type: 'message' }]);
});

test('the answer to an invoke has its body', async () => {
  const reception = {
    checkHeader: async () => undefined,
    receive: async () => ({ status: 200, body: { statusCode: 200 } }),
  };
  const port = await start({ reception });
  expect(await post(port, '{}')).toEqual({ status: 200, text: '{"statusCode":200}' });
});

test.each([
  ['compressed', () => gzipSync('{}'), { 'content-encoding': 'gzip' }, 415],
  ['said to be compressed and not', () => '{}', { 'content-encoding': 'gzip' }, 415],
  ['announced as larger than a megabyte', () => 'x'.repeat(1_000_001), {}, 413],
  ['no JSON', () => '{"type":', {}, 400],
  ['empty', () => '', {}, 400],
])('a body that is %s is refused without a word', async (_title, body, headers, status) => {
  const port = await start();
  expect(await post(port, body(), headers)).toEqual({ status, text: '' });
  expect(received).toEqual([]);
});

test('a body that grows beyond a megabyte without saying so is refused', async () => {
  const port = await start();
  const answer = await post(port, 'x'.repeat(1_200_000), { 'transfer-encoding': 'chunked' });
  expect(answer.status).toBe(413);
});

test('a forged token is refused before the body is read', async () => {
  const port = await start();
  const answer = await new Promise<string>((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.write(
        'POST /api/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer forged\r\nContent-Length: 500000\r\n\r\n{',
      );
    });
    let text = '';
    socket.on('data', (data) => {
      text += data.toString();
    });
    socket.on('close', () => resolve(text));
    socket.on('error', () => {});
    setTimeout(() => socket.end(), 1_000).unref();
  });
  expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  expect(received).toEqual([]);
});

test('a body with a compressed head on another route does not bring the process down', async () => {
  const port = await start();
  const answer = await send(port, '/healthz', { headers: { 'content-encoding': 'gzip' } });
  expect(answer.status).toBe(200);
});

test.each([
  ['GET', '/nope', 404],
  ['GET', '/api/messages', 405],
  ['POST', '/api/servicenow/events', 404],
  ['POST', '/api/servicenow/callback', 404],
])('%s %s is answered %i with an empty body', async (method, path, status) => {
  const port = await start();
  expect(await send(port, path, { method })).toEqual({ status, text: '' });
});

test('healthz, readyz and metrics tell how things are', async () => {
  const port = await start();
  expect((await send(port, '/healthz')).status).toBe(200);
  const ready = await send(port, '/readyz');
  expect(JSON.parse(ready.text)).toEqual({
    status: 'ok',
    checks: { store: 'ok', servicenow: 'ok', rasa: 'ok', teams: 'ok' },
  });
  expect((await send(port, '/metrics')).text).toMatch(/connector_live_chats 3/);
});

test('readyz: a far side that fails is degraded, a store that fails is down (row 43)', async () => {
  let broken = false;
  const health = makeHealth(async () => {
    if (broken) throw new Error('away');
  });
  const port = await start({ health });
  health.log.warn('effect_failed', { effect: 'ask', kind: 'unreachable' });
  const degraded = await send(port, '/readyz');
  expect([degraded.status, JSON.parse(degraded.text).checks.rasa]).toEqual([200, 'down']);
  health.log.info('effect_settled', { effect: 'ask', outcome: 'done' });
  expect(JSON.parse((await send(port, '/readyz')).text).status).toBe('ok');
  broken = true;
  expect((await send(port, '/readyz')).status).toBe(503);
});

test('with a port of their own, metrics and readiness are gone from the main one', async () => {
  const port = await start({ adminPort: 0 });
  const adminPort = server?.adminPort ?? 0;
  expect((await send(port, '/metrics')).status).toBe(404);
  expect((await send(port, '/readyz')).status).toBe(404);
  expect((await send(port, '/healthz')).status).toBe(200);
  expect((await send(adminPort, '/metrics')).status).toBe(200);
  expect((await send(adminPort, '/readyz')).status).toBe(200);
});

test('a process that cannot take another turn says 503 before it does anything for it (row 60)', async () => {
  const port = await start({ isFull: () => true });
  const { status } = await fetch(`http://127.0.0.1:${port}/api/messages`, { method: 'POST', body: '{}' });
  expect([status, received.length]).toEqual([503, 0]);
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
});

test('a request that is never finished is closed within fifteen seconds', async () => {
  const port = await start();
  const started = Date.now();
  const closes = [
    'POST /api/messages HTTP/1.1\r\nHost: x\r\n',
    'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{',
  ].map(
    (beginning) =>
      new Promise<void>((resolve) => {
        const socket = net.connect(port, '127.0.0.1', () => socket.write(beginning));
        socket.on('close', () => resolve());
        socket.on('error', () => {});
      }),
  );
  await Promise.all(closes);
  expect(Date.now() - started).toBeLessThan(15_900);
}, 20_000);
