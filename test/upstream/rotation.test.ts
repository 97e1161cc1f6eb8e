import { makeClient } from '../../src/rasa/client';
import { makeAuthorization } from '../../src/servicenow/tokens';
import { makeLiveCredentials } from '../../src/teams/credentials';
import type { Caller, OutgoingCall } from '../../src/upstream/call';
import { FakeClock } from '../support/world/fake-clock';

const calls: OutgoingCall[] = [];
const call: Caller = async (outgoing) => {
  calls.push(outgoing);
  const text = JSON.stringify({ access_token: 't', token_type: 'Bearer', expires_in: 3_600 });
  return { status: 200, headers: { 'content-type': 'application/json' }, text };
};
beforeEach(() => void calls.splice(0));

test('the password of ServiceNow that was replaced goes with the next call, and a 401 meets it', async () => {
  const auth = { type: 'basic' as const, username: 'svc', password: 'old' };
  const authorization = makeAuthorization({ auth, call, tokenUrl: 'https://x', timeoutMs: 1, clock: new FakeClock() });
  const old = await authorization.current();
  expect(await authorization.renew(old)).toBeUndefined();
  auth.password = 'new';
  expect(await authorization.renew(old)).toBe(`Basic ${Buffer.from('svc:new').toString('base64')}`);
});

test("the bot's secret that was replaced goes with the next request for a token", async () => {
  let password = 'old';
  const settings = () => ({ appId: 'app', tenantId: 'tenant', type: 'secret' as const, password });
  const credentials = makeLiveCredentials(settings, call);
  await credentials.fetch();
  password = 'new';
  await credentials.fetch();
  const secrets = calls.map(({ body }) => new URLSearchParams(String(body)).get('client_secret'));
  expect(secrets).toEqual(['old', 'new']);
});

test("the assistant's token and headers that were replaced go with the next turn", async () => {
  let token = 'old';
  const secrets = () => ({ token, headers: { 'x-key': token } });
  const client = makeClient({ url: 'https://rasa.example', timeoutMs: 1_000, call, recordsCall: call, secrets });
  const turn = { sender: 's', message: 'hello', metadata: {} };
  await client.say(turn);
  token = 'new';
  await client.say(turn);
  expect(calls.map(({ url, headers }) => [new URL(url).searchParams.get('token'), headers?.['x-key']])).toEqual([
    ['old', 'old'],
    ['new', 'new'],
  ]);
});
