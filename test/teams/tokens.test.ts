import { generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { makeCredentials } from '../../src/teams/credentials';
import { makeTokenSource } from '../../src/teams/tokens';
import { makeCaller } from '../../src/upstream/call';
import { anywhere } from '../support/anywhere';
import { startTeamsChannel, type TeamsChannel } from '../support/teams-channel';

const minute = 60_000;

function source(fetch: () => Promise<{ accessToken: string; expiresOn: Date }>) {
  const time = { now: 0 };
  return { time, tokens: makeTokenSource({ credentials: { fetch }, now: () => time.now, timeoutMs: 50 }) };
}

function numbered() {
  const made = { count: 0 };
  const fetch = async () => {
    made.count += 1;
    return { accessToken: `token ${made.count}`, expiresOn: new Date(60 * minute * made.count) };
  };
  return { made, fetch };
}

describe('one token', () => {
  test('serves until five minutes before its end', async () => {
    const { made, fetch } = numbered();
    const { time, tokens } = source(fetch);
    expect(await Promise.all([tokens.current(), tokens.current()])).toEqual(['token 1', 'token 1']);
    time.now = 54 * minute;
    expect(await tokens.current()).toBe('token 1');
    time.now = 56 * minute;
    expect(await tokens.current()).toBe('token 2');
    expect(made.count).toBe(2);
  });

  test('serves to its end when there is no other, and not longer', async () => {
    const first = numbered().fetch;
    let isDown = false;
    const { time, tokens } = source(() => (isDown ? Promise.reject(new Error('down')) : first()));
    await tokens.current();
    isDown = true;
    time.now = 58 * minute;
    expect(await tokens.current()).toBe('token 1');
    time.now = 60 * minute;
    await expect(tokens.current()).rejects.toMatchObject({ kind: 'unreachable', certain: true });
  });

  test('that was refused by many calls at once is replaced by one', async () => {
    const { made, fetch } = numbered();
    const { tokens } = source(fetch);
    const stale = await tokens.current();
    expect(await Promise.all([tokens.renew(stale), tokens.renew(stale)])).toEqual(['token 2', 'token 2']);
    expect(await tokens.renew(stale)).toBe('token 2');
    expect(made.count).toBe(2);
  });

  test('is not waited for without end', async () => {
    const { tokens } = source(() => new Promise(() => {}));
    await expect(tokens.current()).rejects.toMatchObject({ kind: 'unreachable', certain: true });
  });
});

describe('the login service', () => {
  let channel: TeamsChannel;
  const caller = makeCaller('teams', { reach: anywhere });
  beforeAll(async () => {
    channel = await startTeamsChannel();
  });
  afterAll(async () => {
    caller.close();
    await channel.close();
  });

  test('gets a proof that is signed with the certificate, for its own address', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { appId, tenantId, authority } = channel;
    const credentials = makeCredentials(
      {
        type: 'certificate',
        appId,
        tenantId,
        thumbprint: 'AB'.repeat(20),
        privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        loginUrl: `${authority.loginUrl}/`,
      },
      caller,
    );
    const { accessToken, expiresOn } = await credentials.fetch();
    expect(authority.accepts(`Bearer ${accessToken}`)).toBe(true);
    expect(expiresOn.getTime()).toBeGreaterThan(Date.now() + 50 * minute);
    const proof = authority.lastTokenRequest.get('client_assertion') ?? '';
    expect(jwt.verify(proof, publicKey, { clockTolerance: 10 })).toMatchObject({
      iss: appId,
      sub: appId,
      aud: `${authority.loginUrl}/${tenantId}/oauth2/v2.0/token`,
    });
  });

  test('is told the scope of another cloud', async () => {
    const { appId, tenantId, password, authority } = channel;
    const settings = { type: 'secret', appId, tenantId, password, loginUrl: authority.loginUrl } as const;
    await makeCredentials({ ...settings, scope: 'https://api.botframework.us' }, caller).fetch();
    expect(authority.lastTokenRequest.get('scope')).toBe('https://api.botframework.us/.default');
  });

  test('that does not know us is told apart from one that is down', async () => {
    const { appId, tenantId, authority } = channel;
    const settings = { type: 'secret', appId, tenantId, password: 'wrong', loginUrl: authority.loginUrl } as const;
    const tokens = makeTokenSource({ credentials: makeCredentials(settings, caller), now: Date.now });
    await expect(tokens.current()).rejects.toMatchObject({ kind: 'unauthorized', certain: true });
  });

  test('is asked again at once after an outage', async () => {
    const { appId, tenantId, password, authority } = channel;
    const settings = { type: 'secret', appId, tenantId, password, loginUrl: authority.loginUrl } as const;
    const tokens = makeTokenSource({ credentials: makeCredentials(settings, caller), now: Date.now });
    for (const status of [500, 503, 429]) {
      authority.outage = status;
      await expect(tokens.current()).rejects.toMatchObject({ kind: 'unreachable', certain: true });
    }
    authority.outage = undefined;
    expect(authority.accepts(`Bearer ${await tokens.current()}`)).toBe(true);
  });
});
