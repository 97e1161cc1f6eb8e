import { z } from 'zod';
import { makeServiceNowHttp, type ServiceNowHttp } from '../../src/servicenow/http';
import type { ServiceNowSimulator } from '../../src/simulator/servicenow/simulator';
import { startServiceNow } from '../../src/simulator/servicenow/simulator';
import {
  basic,
  closeAll,
  closing,
  failureOf,
  itDesk,
  MovableClock,
  morning,
  requests,
  startInstance,
} from './servicenow-side';

afterEach(closeAll);

const queueShape = z.looseObject({ sys_id: z.string() });
const path = `/api/now/connect/support/queues/${itDesk}`;

function httpAt(url: string, given: { auth?: typeof basic; timeoutMs?: number; longestAnswer?: number } = {}) {
  const settings = { auth: basic, timeoutMs: 2_000, longestAnswer: 100_000, clock: new MovableClock(), ...given };
  const http = closing(makeServiceNowHttp({ ...settings, tokenUrl: `${url}/oauth_token.do` }));
  const operation = 'the call';
  return {
    http,
    read: () => http.read({ method: 'GET', url: url + path, result: queueShape, operation }),
    write: () =>
      http.write({
        method: 'POST',
        url: `${url + path}/sessions`,
        body: { message: 'hi' },
        result: queueShape,
        operation,
      }),
  };
}

async function instance(given: Parameters<typeof httpAt>[1] = {}) {
  const sim = closing(await startServiceNow({ clock: { mode: 'manual', now: morning } }));
  return { sim, ...httpAt(sim.url, given) };
}

type Fault = Parameters<ServiceNowSimulator['addFault']>[0]['do'];

/** What a read and a write come to under this fault. */
async function under(fault: Fault, given: Parameters<typeof httpAt>[1] = {}) {
  const { sim, read, write } = await instance(given);
  sim.addFault({ do: fault });
  return { read: await failureOf(read()), write: await failureOf(write()), chats: sim.chats().length, sim };
}

test('a read and a write carry what ServiceNow wants, and nothing else', async () => {
  const server = await startInstance(() => ({
    json: { result: { sys_id: 'x' } },
    headers: { 'set-cookie': 'JSESSIONID=1' },
  }));
  const { read, write } = httpAt(server.url);
  await read();
  await write();
  await write();
  const [first, second, third] = server.received;
  expect(first?.headers).toMatchObject({ accept: 'application/json', 'content-type': 'application/json' });
  expect(second?.headers).toMatchObject({ accept: 'application/json', 'content-type': 'application/json' });
  expect(first?.headers.authorization).toBe(`Basic ${btoa('svc_teams:svc-teams-password')}`);
  expect(third?.headers.authorization).toBe(first?.headers.authorization);
  expect(server.received.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined, undefined]);
  expect(JSON.parse(second?.body ?? '')).toEqual({ message: 'hi' });
});

test('a read and a write work at the simulated instance, which minds headers and cookies', async () => {
  const { read, write } = await instance();
  expect((await read()).sys_id).toBe(itDesk);
  await write();
  await write();
});

test.each<[string, Fault, object]>([
  ['400', { status: { code: 400 } }, { kind: 'rejected', certain: true, status: 400 }],
  ['401', { status: { preset: 'auth401' } }, { kind: 'unauthorized', certain: true, status: 401 }],
  ['403 by access rules', { status: { preset: 'acl403' } }, { kind: 'refused', certain: true, words: undefined }],
  [
    '403 of Connect',
    { status: { preset: 'connect403' } },
    { kind: 'refused', words: 'You cannot take part in this conversation.' },
  ],
  ['404', { status: { preset: 'missing404' } }, { kind: 'not_found', certain: true, status: 404 }],
  ['405', { status: { preset: 'bad405' } }, { kind: 'rejected', certain: true, status: 405 }],
  ['409', { status: { code: 409 } }, { kind: 'conflict', certain: true }],
  ['413', { status: { code: 413 } }, { kind: 'too_large', certain: true }],
  [
    'a redirect (row 24)',
    { redirect: { location: '/login.do' } },
    { kind: 'unauthorized', certain: true, status: 302 },
  ],
  ['202 of a crowded session (row 22)', { status: { code: 202 } }, { kind: 'unreachable', certain: true, status: 202 }],
  [
    '429 (row 21)',
    { status: { preset: 'rate429', retryAfter: 7 } },
    { kind: 'throttled', certain: true, retryAfterMs: 7_000 },
  ],
  ['500 (row 23)', { status: { preset: 'err500' } }, { kind: 'unreachable', certain: false, status: 500 }],
  ['502 with a page', { status: { preset: 'gw502' } }, { kind: 'unreachable', certain: false, status: 502 }],
  ['503 with a page (row 23)', { status: { preset: 'down503' } }, { kind: 'unreachable', certain: false, status: 503 }],
  ['504 with a page', { status: { preset: 'timeout504' } }, { kind: 'unreachable', certain: false, status: 504 }],
  [
    'a hibernating instance with 503',
    { html: { kind: 'hibernating', code: 503 } },
    { kind: 'unreachable', certain: false },
  ],
])('%s comes to the same for a read and a write', async (_, fault, failure) => {
  const came = await under(fault);
  expect(came.read).toMatchObject(failure);
  expect(came.write).toMatchObject(failure);
  expect(came.chats).toBe(0);
});

test.each(['hibernating', 'login', 'maintenance'] as const)('a %s page is no answer (row 24)', async (kind) => {
  const { read, write } = await under({ html: { kind } });
  expect(read).toMatchObject({ kind: 'unreachable', certain: true, status: 200 });
  expect(write).toMatchObject({ kind: 'unreachable', certain: false, status: 200 });
});

test.each<[string, Fault, string]>([
  ['half an answer (row 26)', { malformed: {} }, 'malformed'],
  ['a truncated answer (row 27)', { truncated: { bytes: 10 } }, 'malformed'],
  ['an empty answer', { emptyBody: {} }, 'malformed'],
  ['a connection that breaks after the effect (row 25)', { resetAfter: {} }, 'unreachable'],
  ['an error after the effect', { commitThen: { code: 500 } }, 'unreachable'],
  ['an answer that comes too late (row 25)', { delay: { ms: 400 } }, 'unreachable'],
  ['an answer that never ends (row 29)', { slowDrip: { bytesPerSec: 40 } }, 'unreachable'],
])('%s leaves open whether a write took effect', async (_, fault, kind) => {
  const came = await under(fault, { timeoutMs: 200 });
  expect(came.read.kind).toBe(kind);
  expect(came.write).toMatchObject({ kind, certain: false });
  expect(came.chats).toBe(1);
});

test.each<[string, Fault]>([
  ['a connection that breaks before', { resetBefore: {} }],
  ['no answer at all (row 28)', { hang: true }],
])('%s: nobody knows whether the write took effect', async (_, fault) => {
  const came = await under(fault, { timeoutMs: 200 });
  expect(came.write).toMatchObject({ kind: 'unreachable', certain: false });
});

test('a call has one deadline, from connect to the last byte', async () => {
  const { sim, read } = await instance({ timeoutMs: 250 });
  sim.addFault({ do: { slowDrip: { bytesPerSec: 20 } } });
  const started = performance.now();
  expect(await failureOf(read())).toMatchObject({ kind: 'unreachable' });
  expect(performance.now() - started).toBeLessThan(1_500);
});

test('an instance that is not there did certainly not do anything', async () => {
  const server = await startInstance(() => ({}));
  await server.close();
  const { read, write } = httpAt(server.url);
  expect(await failureOf(read())).toMatchObject({ kind: 'unreachable', certain: true });
  expect(await failureOf(write())).toMatchObject({ kind: 'unreachable', certain: true });
});

test('an answer beyond the limit is not taken in (row 30)', async () => {
  const server = await startInstance(() => ({ json: { result: { sys_id: 'x'.repeat(200_000) } } }));
  const { read } = httpAt(server.url);
  expect(await failureOf(read())).toMatchObject({ kind: 'unreachable', certain: false });
});

test('data under another content type is data', async () => {
  const { sim, read } = await instance();
  sim.addFault({ do: { wrongContentType: {} } });
  expect((await read()).sys_id).toBe(itDesk);
});

test('an answer of another shape is named by its paths, never by its content', async () => {
  const server = await startInstance(() => ({ json: { result: { sys_id: 42, name: 'Ana' } } }));
  const failure = await failureOf(httpAt(server.url).read());
  expect(failure).toMatchObject({ kind: 'malformed', message: expect.stringContaining('result.sys_id') });
  expect(failure.message).not.toContain('Ana');
});

test('an answer without content is enough where nothing is read from it', async () => {
  const server = await startInstance(() => ({ status: 204, text: '' }));
  const { http, write } = httpAt(server.url);
  const call = { method: 'POST', url: server.url, body: {}, operation: 'leaving' } as const;
  await http.write({ ...call, result: z.unknown().optional() });
  expect(await failureOf(write())).toMatchObject({ kind: 'malformed', certain: false });
});

test.each([
  ['seconds', { 'retry-after': '3' }, 3_000],
  [
    'a date, by their own clock',
    { 'retry-after': 'Wed, 18 Nov 2026 12:00:30 GMT', date: 'Wed, 18 Nov 2026 12:00:00 GMT' },
    30_000,
  ],
  [
    'the end of the window, by their own clock',
    { 'x-ratelimit-reset': String(Date.UTC(2026, 10, 18, 13) / 1_000), date: 'Wed, 18 Nov 2026 12:59:00 GMT' },
    60_000,
  ],
  ['nothing', {}, undefined],
  ['nonsense', { 'retry-after': 'soon', 'x-ratelimit-reset': 'later' }, undefined],
])('a 429 that says %s (row 21)', async (_, headers: Record<string, string>, retryAfterMs) => {
  const server = await startInstance(() => ({ status: 429, headers, json: { error: {} } }));
  expect(await failureOf(httpAt(server.url).read())).toMatchObject({ kind: 'throttled', retryAfterMs });
});

test.each([
  ['as it is', 'We are closed.', 'We are closed.'],
  [
    'without its mark-up',
    '<p>We&nbsp;are <b>closed</b>.</p>Back at 8 &amp; later, if x &lt; y&#33;',
    'We are closed.\nBack at 8 & later, if x < y!',
  ],
  ['not at all when it is empty', '  ', undefined],
])('what Connect says to the employee is handed on %s', async (_, result, words) => {
  const server = await startInstance(() => ({ status: 403, json: { result } }));
  const failure = await failureOf(httpAt(server.url).write());
  expect(failure).toMatchObject({ kind: 'refused', words });
  expect(failure.message).not.toContain('closed');
});

test('a 403 of another shape has no words for the employee', async () => {
  for (const reply of [{ json: { result: { error: 'x' } } }, { text: '<html>no</html>' }, { json: [] }]) {
    const server = await startInstance(() => ({ status: 403, ...reply }));
    expect((await failureOf(httpAt(server.url).read())).words).toBeUndefined();
  }
});

test('a wrong password is tried once, so that the account is not locked', async () => {
  const { sim, read } = await instance({ auth: { ...basic, password: 'wrong' } as typeof basic });
  expect(await failureOf(read())).toMatchObject({ kind: 'unauthorized', certain: true });
  expect(requests(sim)).toHaveLength(1);
});

test('words do not wait behind reads that hang', async () => {
  const { sim, http, write } = await instance({ timeoutMs: 1_500 });
  sim.addFault({ match: { method: 'GET' }, do: { hang: true } });
  const hanging = Array.from({ length: 60 }, () => failureOf(reading(http, sim.url)));
  const started = performance.now();
  await write();
  expect(performance.now() - started).toBeLessThan(1_000);
  const failures = await Promise.all(hanging);
  expect(new Set(failures.map(({ kind }) => kind))).toEqual(new Set(['unreachable']));
});

function reading(http: ServiceNowHttp, url: string) {
  return http.read({ method: 'GET', url: url + path, result: queueShape, operation: 'a read' });
}
