import http from 'node:http';
import type { AdminDesk } from '../../src/admin/desk';
import { makeAdminRoutes } from '../../src/admin/routes';
import type { Log } from '../../src/engine/ports';
import { makeHealth } from '../../src/http/health';
import { makeMetrics } from '../../src/http/metrics';
import { type RunningServer, startServer } from '../../src/http/server';
import { silentLog } from '../support/world/world';

const token = 'a-token-that-nobody-guesses-1';
const lines: string[] = [];
const note = (event: string, fields: object = {}) => lines.push(`${event} ${JSON.stringify(fields)}`);
const log: Log = { info: note, warn: note, error: note };
const done: string[] = [];
const desk: AdminDesk = {
  overview: async () => ({ live: [], ended: [], waiting: [], givenUp: [] }) as never,
  trail: async (id) => {
    if (id === 'fault') throw new Error('the database is away');
    return { received: [], effects: [] };
  },
  end: async (key, chat) => {
    done.push(`end ${key} ${chat}`);
    return { outcome: 'ended' };
  },
  redrive: async (key, seq) => {
    done.push(`redrive ${key} ${seq}`);
    return { outcome: 'refused', reason: 'chat_over' };
  },
};

let server: RunningServer;
let wanted: string | undefined;
beforeAll(async () => {
  server = await startServer({
    reception: { checkHeader: async () => undefined, receive: async () => ({ status: 200 }) },
    isFull: () => false,
    health: makeHealth(async () => {}),
    metrics: makeMetrics({ live: () => 0, lagMs: () => 0 }),
    log: silentLog,
    host: '0.0.0.0',
    port: 0,
    adminPort: 0,
    adminPage: makeAdminRoutes({ desk, token: () => wanted, log }),
  });
});
afterAll(() => server.close());
beforeEach(() => {
  wanted = undefined;
  lines.length = 0;
  done.length = 0;
});

interface Asked {
  readonly method?: string;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: string;
  readonly port?: number;
}

function ask(path: string, { method = 'POST', headers = {}, body = '{}', port }: Asked = {}) {
  const target = { host: '127.0.0.1', port: port ?? server.adminPort, path, method, agent: false };
  return new Promise<{ status: number; text: string; headers: http.IncomingHttpHeaders }>((resolve, reject) => {
    const all = Object.entries({ 'x-connector-admin': '1', ...headers }).filter(([, value]) => value !== undefined);
    const request = http.request({ ...target, headers: Object.fromEntries(all) }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
    });
    request.on('error', reject);
    request.end(method === 'GET' ? undefined : body);
  });
}

const end = JSON.stringify({ key: 'contoso|a:ana|ana', chat: 'c1' });

test('the page and its parts come from its own port, take nothing from elsewhere and lie in no frame', async () => {
  for (const [path, type] of [
    ['/admin', 'text/html'],
    ['/admin/', 'text/html'],
    ['/admin/page.css', 'text/css'],
    ['/admin/page.js', 'text/javascript'],
    ['/admin/dom.js', 'text/javascript'],
    ['/admin/words.js', 'text/javascript'],
  ] as const) {
    const answer = await ask(path, { method: 'GET' });
    expect([path, answer.status, answer.headers['content-type']]).toEqual([path, 200, `${type}; charset=utf-8`]);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(answer.headers['cache-control']).toBe('no-store');
  }
  expect((await ask('/', { method: 'GET' })).headers.location).toBe('/admin/');
});

test('the port that Teams calls knows nothing of the page', async () => {
  for (const path of ['/admin', '/admin/', '/admin/overview', '/admin/end']) {
    expect((await ask(path, { port: server.port, body: end })).status).toBe(404);
  }
  expect(done).toEqual([]);
});

test('on this machine the page works without a token, and each action leaves an audit line', async () => {
  expect(JSON.parse((await ask('/admin/overview')).text)).toMatchObject({ live: [] });
  expect(JSON.parse((await ask('/admin/end', { body: end })).text)).toEqual({ outcome: 'ended' });
  const redrive = JSON.stringify({ key: 'contoso|a:ana|ana', seq: 3 });
  expect(JSON.parse((await ask('/admin/redrive', { body: redrive })).text)).toMatchObject({ reason: 'chat_over' });
  expect(done).toEqual(['end contoso|a:ana|ana c1', 'redrive contoso|a:ana|ana 3']);
  expect(lines).toEqual([
    'operator_action {"action":"end","chat":"c1","outcome":"ended","from":"127.0.0.1"}',
    'operator_action {"action":"redrive","seq":3,"outcome":"refused","reason":"chat_over","from":"127.0.0.1"}',
  ]);
});

test.each<[string, http.OutgoingHttpHeaders, number, string]>([
  ['a form of another site', { 'x-connector-admin': undefined }, 403, 'not_from_the_page'],
  ['a script of another site', { origin: 'https://evil.example' }, 403, 'origin'],
  ['a page without an origin', { origin: 'null' }, 403, 'origin'],
  ['a name that was bent to this machine', { host: 'evil.example' }, 403, 'host'],
  ['a name that only begins like this machine', { host: 'localhost.evil.example' }, 403, 'host'],
  ['somebody behind a proxy on this machine', { 'x-forwarded-for': '203.0.113.9' }, 403, 'forwarded'],
  ['somebody behind another proxy', { forwarded: 'for=203.0.113.9' }, 403, 'forwarded'],
])('%s ends no chat', async (_title, headers, status, reason) => {
  const answer = await ask('/admin/end', { body: end, headers });
  expect([answer.status, answer.text]).toEqual([status, JSON.stringify({ error: reason })]);
  expect(done).toEqual([]);
  expect(lines).toEqual([`admin_refused {"status":${status},"reason":"${reason}"}`]);
});

test('with a token it is the token that counts, wherever the request comes from', async () => {
  wanted = token;
  const attempts = [undefined, 'Bearer', `Bearer ${token}x`, `Bearer ${token.slice(1)}`, `Basic ${token}`, token];
  for (const authorization of attempts) {
    expect((await ask('/admin/end', { body: end, headers: { authorization } })).status).toBe(401);
  }
  expect(done).toEqual([]);
  expect(lines.join()).not.toContain(token.slice(2));
  const headers = { authorization: `Bearer ${token}`, host: 'connector.example' };
  expect((await ask('/admin/end', { body: end, headers })).status).toBe(200);
  expect((await ask('/admin/', { method: 'GET', headers: { host: 'connector.example' } })).status).toBe(200);
  const foreign = { ...headers, origin: 'https://evil.example' };
  expect((await ask('/admin/end', { body: end, headers: foreign })).status).toBe(403);
  expect(done).toHaveLength(1);
});

test.each([
  ['no JSON', 'end', 400],
  ['{"key":"k"}', 'end', 400],
  ['{"key":"k","chat":"c","more":1}', 'end', 400],
  ['{"key":"k","seq":0}', 'redrive', 400],
  ['{}', 'unknown', 404],
  ['{}', 'constructor', 404],
  ['{"id":"fault"}', 'trail', 503],
])('%s to %s is answered with %i and does nothing', async (body, name, status) => {
  expect((await ask(`/admin/${name}`, { body })).status).toBe(status);
  expect(done).toEqual([]);
});

test('what is asked for by GET does nothing', async () => {
  for (const name of ['overview', 'end', 'redrive', 'trail'])
    expect((await ask(`/admin/${name}`, { method: 'GET' })).status).toBe(404);
  expect(done).toEqual([]);
});
