import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';
import { loadConfig } from '../../src/config/config';
import { teamsRegistration } from '../../src/doctor/checks/teams-registration';
import type { DoctorParts } from '../../src/doctor/parts';
import { send } from '../support/token-authority';
import { onlyTroubleOf, type SetUp, startSetUp, troubles } from './set-up';

let setUp: SetUp;
const servers: Server[] = [];
beforeEach(async () => {
  setUp = await startSetUp();
});
afterEach(async () => {
  await setUp.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const onlyTrouble = (env?: NodeJS.ProcessEnv) => onlyTroubleOf(setUp, env);

/** A server that answers every request in one way. */
async function answering(status: number, body: unknown = {}, headers: Record<string, string> = {}): Promise<string> {
  const server = createServer((_request, response) => send(response, status, body, headers));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the registration', () => {
  test('a wrong secret', async () => {
    const { code, findings } = await setUp.doctor({ MicrosoftAppPassword: 'wrong' });
    expect(code).toBe(1);
    expect(findings[0]).toEqual({
      check: 'teams.registration',
      area: 'Microsoft Teams',
      verdict: 'broken',
      what: 'Microsoft gives the bot no token: the client secret is wrong (AADSTS7000215).',
      why: 'The bot hears what employees write, but cannot answer anything.',
      who: 'Azure administrator',
      step: expect.stringContaining('Certificates & secrets'),
    });
  });

  test.each([
    ['7000222', 'the client secret has expired'],
    ['700016', 'the application is not known in this tenant'],
    ['90002', 'there is no such tenant'],
    ['7000229', 'the application has no service principal in this tenant'],
    ['53003', 'a conditional access policy forbids it'],
    ['999999', 'it does not accept the credentials'],
  ])('AADSTS%s: %s', async (code, words) => {
    const refusal = { error: 'invalid_client', error_description: `AADSTS${code}: said at length.` };
    const found = await onlyTrouble({ TEAMS_LOGIN_URL: await answering(401, refusal) });
    expect(found).toBe(`teams.registration broken: Microsoft gives the bot no token: ${words} (AADSTS${code}).`);
  });

  test('the login service is down', async () => {
    expect(await onlyTrouble({ TEAMS_LOGIN_URL: await answering(503) })).toContain('gives no token: it answers 503');
  });

  test('the login service cannot be reached', async () => {
    const closed = await answering(200);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await onlyTrouble({ TEAMS_LOGIN_URL: closed })).toContain('gives no token: nothing listens at this address');
  });

  test('a token for another application', async () => {
    const token = jwt.sign({ appid: '00000000-0000-0000-0000-000000000000' }, 'any');
    const answer = { token_type: 'Bearer', expires_in: 3_600, access_token: token };
    expect(await onlyTrouble({ TEAMS_LOGIN_URL: await answering(200, answer) })).toBe(
      'teams.registration broken: The token is for another application or tenant than the configured one.',
    );
  });

  test('the own tenant is not among those that are allowed', async () => {
    expect(await onlyTrouble({ TEAMS_ALLOWED_TENANTS: 'another' })).toContain(
      'TEAMS_ALLOWED_TENANTS does not name the tenant of the registration.',
    );
  });

  test('a machine without its managed identity', async () => {
    const env = { ...setUp.env, MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppPassword: '' };
    const config = loadConfig(env, () => '');
    const botToken = () => Promise.reject(new Error('no identity here'));
    const found = await teamsRegistration.look({ config, botToken } as unknown as DoctorParts);
    expect(found.map(({ verdict, what }) => `${verdict}: ${what}`)).toEqual([
      'broken: This machine has no managed identity that gives the bot a token.',
    ]);
  });

  test('there is none in development', async () => {
    const none = { MicrosoftAppId: '', MicrosoftAppPassword: '', MicrosoftAppTenantId: '' };
    const { code, findings } = await setUp.doctor(none);
    expect(code).toBe(0);
    expect(findings[0]).toMatchObject({ check: 'teams.registration', verdict: 'unseen' });
  });
});

describe('the signing keys', () => {
  test('cannot be fetched', async () => {
    setUp.channel.authority.outage = 500;
    const found = troubles(await setUp.doctor());
    expect(found).toContainEqual(
      expect.stringMatching(/^teams\.signing_keys broken: .* does not answer with .* signing keys \(500\)/),
    );
  });

  test('something else answers in their place', async () => {
    expect(await onlyTrouble({ TEAMS_OPENID_METADATA_URL: await answering(200, { hello: 'world' }) })).toContain(
      'teams.signing_keys broken',
    );
  });

  test('no key is among them', async () => {
    const empty = await answering(200, { keys: [] });
    const metadata = await answering(200, { jwks_uri: `${empty}/keys` });
    expect(await onlyTrouble({ TEAMS_OPENID_METADATA_URL: metadata })).toContain('teams.signing_keys broken');
  });
});

describe('the messaging endpoint', () => {
  /** What is said of an endpoint. */
  async function saidOf(endpoint: string): Promise<string[]> {
    const { findings } = await setUp.doctor({}, ['--endpoint', endpoint]);
    return findings.filter(({ check }) => check === 'teams.endpoint').map(({ verdict, what }) => `${verdict}: ${what}`);
  }

  test('is not known', async () => {
    const { findings } = await setUp.doctor();
    expect(findings.find(({ check }) => check === 'teams.endpoint')).toMatchObject({ verdict: 'unseen' });
  });

  test('answers as the connector does, but by http and on this machine', async () => {
    const base = await answering(405);
    expect(await saidOf(`${base}/api/messages`)).toEqual([
      'broken: The messaging endpoint is not an https address.',
      'unseen: 127.0.0.1 leads to an address that is not on the internet.',
      `good: The messaging endpoint at ${new URL(base).host} answers as the connector does.`,
    ]);
  });

  test('has another path', async () => {
    expect(await saidOf(`${await answering(404)}/api/message`)).toContain(
      'broken: The messaging endpoint ends with /api/message, where the connector does not listen.',
    );
  });

  test.each([
    [200, 'is answered by something else than the connector'],
    [302, 'sends callers elsewhere'],
    [403, 'wants a sign-in before the connector is reached'],
    [404, 'does not know this path'],
    [502, 'has a gateway with no connector behind it'],
  ])('answers %d', async (status, words) => {
    const base = await answering(status, {}, status === 302 ? { location: 'https://other.example/' } : {});
    expect((await saidOf(`${base}/api/messages`)).at(-1)).toBe(
      `broken: The messaging endpoint at ${new URL(base).host} ${words} (${status}).`,
    );
  });

  test('does not answer', async () => {
    const base = await answering(200);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect((await saidOf(`${base}/api/messages`)).at(-1)).toContain('cannot be reached: nothing listens');
  });

  test('is no address', async () => {
    expect(await saidOf('chat.contoso')).toEqual(['broken: The messaging endpoint is not an address.']);
  });

  test('is known by PUBLIC_DOMAIN', async () => {
    const { findings } = await setUp.doctor({ PUBLIC_DOMAIN: 'no-such-host.invalid' });
    expect(findings.filter(({ check }) => check === 'teams.endpoint').map(({ what }) => what)).toEqual([
      expect.stringMatching(/^The messaging endpoint at no-such-host\.invalid cannot be reached:/),
    ]);
  });
});

describe('the app package', () => {
  const ours = () => ({ botId: setUp.channel.appId.toUpperCase(), scopes: ['personal'] });

  test('is for another bot', async () => {
    await setUp.packageApp({ version: '2.0.0', bots: [{ botId: 'another-bot', scopes: ['personal'] }] });
    expect(await onlyTrouble()).toBe(
      `teams.app broken: The app package is for the bot another-bot, and MicrosoftAppId is ${setUp.channel.appId}.`,
    );
  });

  test('has no personal scope', async () => {
    await setUp.packageApp({ bots: [{ ...ours(), scopes: ['team'] }] });
    expect(await onlyTrouble()).toBe('teams.app broken: The bot of the app package has no personal scope.');
  });

  test('does not name the host', async () => {
    await setUp.packageApp({ bots: [ours()], validDomains: ['other.example'] });
    const found = troubles(await setUp.doctor({ PUBLIC_DOMAIN: 'no-such-host.invalid' }));
    expect(found).toContainEqual(
      expect.stringContaining('teams.app risk: The app package does not name PUBLIC_DOMAIN'),
    );
  });

  test('is no archive', async () => {
    const { findings } = await setUp.doctor({}, ['--app-package', __filename]);
    expect(findings.filter(({ check, verdict }) => check === 'teams.app' && verdict === 'broken')).toHaveLength(1);
  });

  test('is not there', async () => {
    const { code, findings } = await setUp.doctor({}, ['--app-package', 'nowhere.zip']);
    expect(findings.find(({ check }) => check === 'teams.app')).toMatchObject({ verdict: 'unseen' });
    expect(code).toBe(0);
  });

  test('cannot be made', async () => {
    expect(await onlyTrouble({ TEAMS_APP_VERSION: 'one' })).toContain(
      'teams.app broken: The app package cannot be made: TEAMS_APP_VERSION',
    );
  });

  test('is made with placeholders', async () => {
    expect(await onlyTrouble({ TEAMS_APP_DEVELOPER_NAME: '' })).toContain('a placeholder for TEAMS_APP_DEVELOPER_NAME');
  });
});
