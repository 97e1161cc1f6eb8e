import type { ServiceNowSimulator } from '../../../src/simulator/servicenow/simulator';
import { as, closeAll, request, started } from './support';

afterEach(closeAll);

const client = { client_id: 'teams-connector', client_secret: 'teams-connector-secret' };
const person = { username: 'svc_teams', password: 'svc-teams-password' };

function token(sim: ServiceNowSimulator, form: Record<string, string>) {
  return request(sim, {
    method: 'POST',
    path: '/oauth_token.do',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...client, ...form }).toString(),
  });
}

const queues = '/connect/support/queues';

test('client credentials give a token that works, without one to refresh it', async () => {
  const sim = await started();
  const { status, json } = await token(sim, { grant_type: 'client_credentials' });
  expect(status).toBe(200);
  expect(json).toMatchObject({ scope: 'useraccount', token_type: 'Bearer', expires_in: 1800 });
  expect(json).not.toHaveProperty('refresh_token');
  expect((await as(sim, `Bearer ${json.access_token}`).get(queues)).status).toBe(200);
  expect((await as(sim, 'Bearer something-else').get(queues)).status).toBe(401);
});

test('within its life the same token is given again, with what is left of it; then another', async () => {
  const sim = await started();
  const first = (await token(sim, { grant_type: 'client_credentials' })).json;
  sim.clock.advance(600_000);
  const second = (await token(sim, { grant_type: 'client_credentials' })).json;
  expect(second).toMatchObject({ access_token: first.access_token, expires_in: 1200 });
  sim.clock.advance(1_200_000);
  expect((await as(sim, `Bearer ${first.access_token}`).get(queues)).status).toBe(401);
  const third = (await token(sim, { grant_type: 'client_credentials' })).json;
  expect(third.expires_in).toBe(1800);
  expect(third.access_token).not.toBe(first.access_token);
  expect((await as(sim, `Bearer ${first.access_token}`).get(queues)).status).toBe(401);
  expect((await as(sim, `Bearer ${third.access_token}`).get(queues)).status).toBe(200);
});

test('a password gives a token and one to refresh it with, as long as that lives', async () => {
  const sim = await started({ config: { tokenSeconds: 10, refreshSeconds: 100 } });
  const first = (await token(sim, { grant_type: 'password', ...person })).json;
  sim.clock.advance(11_000);
  const again = await token(sim, { grant_type: 'refresh_token', refresh_token: first.refresh_token });
  expect(again.json.expires_in).toBe(10);
  expect((await as(sim, `Bearer ${again.json.access_token}`).get(queues)).status).toBe(200);
  sim.clock.advance(100_000);
  expect((await token(sim, { grant_type: 'refresh_token', refresh_token: first.refresh_token })).status).toBe(401);
});

test.each([
  ['a wrong client secret', { grant_type: 'client_credentials', client_secret: 'wrong' }],
  ['an unknown client', { grant_type: 'client_credentials', client_id: 'nobody' }],
  ['a wrong password', { grant_type: 'password', username: 'svc_teams', password: 'wrong' }],
  ['a made-up refresh token', { grant_type: 'refresh_token', refresh_token: 'wrong' }],
])('%s is denied', async (_, form) => {
  const refused = await token(await started(), form);
  expect(refused.status).toBe(401);
  expect(refused.json).toEqual({ error: 'server_error', error_description: 'access_denied' });
});

test('an unknown grant, a body that is no form and another method are refused', async () => {
  const sim = await started();
  expect((await token(sim, { grant_type: 'magic' })).status).toBe(400);
  const headers = { 'content-type': 'application/json' };
  const json = await request(sim, { method: 'POST', path: '/oauth_token.do', headers, body: JSON.stringify(client) });
  expect(json.status).toBe(400);
  expect((await request(sim, { path: '/oauth_token.do' })).status).toBe(405);
});

test('token.deny refuses tokens', async () => {
  const sim = await started();
  sim.addFault({ match: { path: 'oauth_token' }, do: { 'token.deny': true } });
  expect((await token(sim, { grant_type: 'client_credentials' })).status).toBe(401);
});

test('token.expireNow makes the token of the call worthless; a new one works', async () => {
  const sim = await started();
  const old = (await token(sim, { grant_type: 'client_credentials' })).json.access_token;
  sim.addFault({ match: { path: '/queues' }, when: { times: 1 }, do: { 'token.expireNow': true } });
  expect((await as(sim, `Bearer ${old}`).get(queues)).status).toBe(401);
  expect((await as(sim, `Bearer ${old}`).get(queues)).status).toBe(401);
  const fresh = (await token(sim, { grant_type: 'client_credentials' })).json.access_token;
  expect(fresh).not.toBe(old);
  expect((await as(sim, `Bearer ${fresh}`).get(queues)).status).toBe(200);
});

test('token.sameTokenShortLife gives the same token with a short rest of life', async () => {
  const sim = await started();
  const first = (await token(sim, { grant_type: 'client_credentials' })).json;
  sim.addFault({ match: { path: 'oauth_token' }, do: { 'token.sameTokenShortLife': { seconds: 2 } } });
  const short = (await token(sim, { grant_type: 'client_credentials' })).json;
  expect(short).toMatchObject({ access_token: first.access_token, expires_in: 2 });
  sim.clock.advance(2_000);
  expect((await as(sim, `Bearer ${first.access_token}`).get(queues)).status).toBe(401);
});

test('token.slow makes the token late', async () => {
  const sim = await started();
  sim.addFault({ match: { path: 'oauth_token' }, do: { 'token.slow': { ms: 120 } } });
  const before = performance.now();
  expect((await token(sim, { grant_type: 'client_credentials' })).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThan(110);
});
