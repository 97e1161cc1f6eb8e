import { z } from 'zod';
import { machineTime, makeClock } from '../../src/engine/clock';
import { makeServiceNowHttp } from '../../src/servicenow/http';
import type { ServiceNowAuth } from '../../src/servicenow/tokens';
import { startServiceNow } from '../../src/simulator/servicenow/simulator';
import {
  closeAll,
  closing,
  failureOf,
  itDesk,
  MovableClock,
  morning,
  oauth,
  type Received,
  type Reply,
  requests,
  startInstance,
} from './servicenow-side';

afterEach(closeAll);

const password: ServiceNowAuth = {
  type: 'password',
  clientId: 'teams-connector',
  clientSecret: 'teams-connector-secret',
  username: 'svc_teams',
  password: 'svc-teams-password',
};

function clientAt(url: string, auth: ServiceNowAuth = oauth, timeoutMs = 2_000) {
  const clock = new MovableClock();
  const tokenUrl = `${url}/oauth_token.do`;
  const http = closing(makeServiceNowHttp({ auth, tokenUrl, timeoutMs, longestAnswer: 100_000, clock }));
  const address = `${url}/api/now/connect/support/queues/${itDesk}`;
  const ask = () =>
    http.read({ method: 'GET', url: address, result: z.looseObject({ sys_id: z.string() }), operation: 'the call' });
  return { clock, ask };
}

async function instance(auth: ServiceNowAuth = oauth) {
  const sim = closing(await startServiceNow({ clock: { mode: 'manual', now: morning } }));
  const client = clientAt(sim.url, auth);
  const tokensAsked = () => requests(sim).filter((line) => line.includes('oauth_token')).length;
  return { sim, ...client, tokensAsked };
}

/** An instance of which only the token endpoint matters: every token is another one. */
async function tokenServer(token: (n: number) => Reply, call: (received: Received) => Reply = () => ok) {
  let n = 0;
  const server = await startInstance((received) => {
    if (received.path !== '/oauth_token.do') return call(received);
    n += 1;
    return token(n);
  });
  const tokens = () => server.received.filter(({ path }) => path === '/oauth_token.do');
  return { ...server, tokens };
}

const ok: Reply = { json: { result: { sys_id: 'x' } } };
const given = (n: number, expires_in: unknown = 1_800): Reply => ({ json: { access_token: `token-${n}`, expires_in } });

test.each([oauth, password])('a token is asked for once and used for every call ($type)', async (auth) => {
  const { ask, tokensAsked, sim } = await instance(auth);
  await ask();
  await ask();
  await Promise.all([ask(), ask(), ask()]);
  expect(tokensAsked()).toBe(1);
  expect(requests(sim)).toHaveLength(6);
});

test('calls that start together ask for one token', async () => {
  const { ask, tokensAsked } = await instance();
  await Promise.all(Array.from({ length: 10 }, ask));
  expect(tokensAsked()).toBe(1);
});

test('the request is a form, with the credentials in its body and nowhere else', async () => {
  const server = await tokenServer(given);
  await clientAt(server.url, password).ask();
  const [request] = server.tokens();
  expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(request?.headers.authorization).toBeUndefined();
  expect(request?.query.size).toBe(0);
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
    grant_type: 'password',
    client_id: 'teams-connector',
    client_secret: 'teams-connector-secret',
    username: 'svc_teams',
    password: 'svc-teams-password',
  });
  expect(server.received.at(-1)?.headers.authorization).toBe('Bearer token-1');
});

test('a token is replaced before it runs out', async () => {
  const { ask, clock, sim, tokensAsked } = await instance();
  await ask();
  clock.move(1_769_000);
  sim.clock.advance(1_769_000);
  await ask();
  expect(tokensAsked()).toBe(1);
  clock.move(2_000);
  sim.clock.advance(2_000);
  await ask();
  expect(tokensAsked()).toBe(2);
});

test('the same token with the rest of its life does not lead to a request for every call', async () => {
  const server = await tokenServer(() => given(1, 20));
  const { ask, clock } = clientAt(server.url);
  await ask();
  clock.move(9_000);
  await ask();
  expect(server.tokens()).toHaveLength(1);
  clock.move(2_000);
  await ask();
  expect(server.tokens()).toHaveLength(2);
});

test('a token that expired under way is renewed once, for all calls that were refused (row 17)', async () => {
  const { ask, sim, tokensAsked } = await instance();
  await ask();
  sim.clock.advance(1_801_000);
  const answers = await Promise.all(Array.from({ length: 5 }, ask));
  expect(answers.map(({ sys_id }) => sys_id)).toEqual(Array(5).fill(itDesk));
  expect(tokensAsked()).toBe(2);
});

test('a call is repeated exactly once after a 401 (row 18)', async () => {
  const server = await tokenServer(given, () => ({ status: 401, json: { error: {} } }));
  const { ask } = clientAt(server.url);
  expect(await failureOf(ask())).toMatchObject({ kind: 'unauthorized', certain: true, status: 401 });
  expect(server.received.map(({ path }) => path.slice(0, 8))).toEqual(['/oauth_t', '/connect', '/oauth_t', '/connect']);
});

test('a single 401 is cured even where the token stays the same', async () => {
  const { ask, sim } = await instance();
  sim.addFault({ match: { path: '/queues/' }, when: { nth: 1 }, do: { status: { preset: 'auth401' } } });
  expect((await ask()).sys_id).toBe(itDesk);
});

test.each<[string, Reply, object]>([
  ['401', { status: 401, json: { error: 'server_error' } }, { kind: 'unauthorized', status: 401 }],
  ['400', { status: 400, json: { error: 'unsupported_grant_type' } }, { kind: 'unauthorized', status: 400 }],
  ['403', { status: 403, json: {} }, { kind: 'unauthorized', status: 403 }],
  ['404', { status: 404, json: {} }, { kind: 'unauthorized', status: 404 }],
  ['a redirect', { status: 302, headers: { location: '/login.do' }, text: '' }, { kind: 'unauthorized', status: 302 }],
  ['429', { status: 429, headers: { 'retry-after': '4' }, json: {} }, { kind: 'throttled', retryAfterMs: 4_000 }],
  ['202', { status: 202, json: {} }, { kind: 'unreachable' }],
  ['500', { status: 500, json: {} }, { kind: 'unreachable', status: 500 }],
  ['503 with a page', { status: 503, text: '<html></html>' }, { kind: 'unreachable', status: 503 }],
  ['a login page', { text: '<html>secret</html>', headers: { 'content-type': 'text/html' } }, { kind: 'unreachable' }],
  ['no token', { json: { token_type: 'Bearer' } }, { kind: 'unreachable' }],
])('a token request that is answered %s: nothing was sent that could have had an effect', async (_, reply, failure) => {
  const server = await tokenServer(() => reply);
  const came = await failureOf(clientAt(server.url).ask());
  expect(came).toMatchObject({ ...failure, certain: true });
  expect(came.message).not.toContain('secret');
  expect(server.received).toHaveLength(1);
});

test('a token that was not given is asked for again by the next call', async () => {
  const server = await tokenServer((n) => (n === 1 ? { status: 500, json: {} } : given(n)));
  const { ask } = clientAt(server.url);
  expect(await failureOf(ask())).toMatchObject({ kind: 'unreachable' });
  await ask();
  expect(server.received.at(-1)?.headers.authorization).toBe('Bearer token-2');
});

test('a life that nobody states is taken for half an hour', async () => {
  const server = await tokenServer((n) => ({ json: { access_token: `token-${n}` } }));
  const { ask, clock } = clientAt(server.url);
  await ask();
  clock.move(1_700_000);
  await ask();
  expect(server.tokens()).toHaveLength(1);
});

test('a token that does not come in time fails the call in time, and was sent nowhere', async () => {
  const sim = closing(await startServiceNow({ clock: { mode: 'manual', now: morning } }));
  sim.addFault({ match: { path: 'oauth_token' }, do: { hang: true } });
  const started = performance.now();
  const failure = await failureOf(clientAt(sim.url, oauth, 200).ask());
  expect(failure).toMatchObject({ kind: 'unreachable', certain: true });
  expect(performance.now() - started).toBeLessThan(1_500);
  expect(requests(sim)).toHaveLength(1);
});

test.each([null, 'soon', {}, -5])('a life of %p is taken for half an hour, too', async (expires_in) => {
  const server = await tokenServer((n) => given(n, expires_in));
  const { ask, clock } = clientAt(server.url);
  await ask();
  clock.move(1_700_000);
  await ask();
  expect(server.tokens()).toHaveLength(1);
});

test('twenty calls that are refused together with a token that stays the same ask for few tokens', async () => {
  const server = await tokenServer(
    () => given(1),
    () => ({ status: 401, json: {} }),
  );
  const { ask } = clientAt(server.url);
  const failures = await Promise.all(Array.from({ length: 20 }, () => failureOf(ask())));
  expect(new Set(failures.map(({ kind }) => kind))).toEqual(new Set(['unauthorized']));
  expect(server.tokens().length).toBeLessThan(21);
  expect(server.received.length).toBeLessThanOrEqual(20 + 20 + server.tokens().length);
});

test('an instance that denies tokens is asked for nothing else', async () => {
  const { ask, sim } = await instance();
  sim.addFault({ do: { 'token.deny': true } });
  expect(await failureOf(ask())).toMatchObject({ kind: 'unauthorized', certain: true, status: 401 });
  expect(requests(sim)).toEqual(['POST /oauth_token.do']);
});

test('a slow token, a refused call and a slow second attempt share one deadline', async () => {
  const sim = closing(await startServiceNow());
  const settings = { auth: oauth, timeoutMs: 900, longestAnswer: 100_000, clock: makeClock(machineTime) };
  const http = closing(makeServiceNowHttp({ ...settings, tokenUrl: `${sim.url}/oauth_token.do` }));
  sim.addFault({ match: { path: 'oauth' }, do: { 'token.slow': { ms: 400 } } });
  sim.addFault({ match: { path: 'queues' }, when: { nth: 1 }, do: { status: { preset: 'auth401' } } });
  sim.addFault({ match: { path: 'queues' }, do: { hang: true } });
  const url = `${sim.url}/api/now/connect/support/queues/${itDesk}/sessions`;
  const body = { message: 'hi' };
  const began = performance.now();
  const call = http.write({ method: 'POST', url, body, result: z.unknown(), operation: 'the call' });
  expect(await failureOf(call)).toMatchObject({ kind: 'unreachable', certain: false });
  expect(performance.now() - began).toBeLessThan(1_500);
});
