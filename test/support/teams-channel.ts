import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeConnector } from './fake-connector';
import { TokenAuthority } from './token-authority';

type Json = Readonly<Record<string, unknown>>;

/** Bot Framework and Microsoft's login on this machine: what Teams sends, and what it takes. */
export interface TeamsChannel {
  readonly appId: string;
  readonly tenantId: string;
  readonly password: string;
  /** Where the bot sends its messages, as every activity names it. */
  readonly serviceUrl: string;
  readonly authority: TokenAuthority;
  readonly connector: FakeConnector;
  /** The environment of a connector that works with this channel, authentication on. */
  readonly environment: Readonly<Record<string, string>>;
  /** An activity as Teams sends it: a personal message, where nothing else is said. Every call makes a new id. */
  activity(overrides?: Json): Record<string, unknown>;
  /** A good token for this channel's messages. */
  token(): string;
  /** Delivers an activity to a bot. `token`: `null` for none at all. */
  sendTo(url: string, activity: unknown, token?: string | null): Promise<{ status: number; body: string }>;
  close(): Promise<void>;
}

export interface ChannelOptions {
  /** Messages without a token that this channel's authority gave are answered 401; on by default. */
  readonly requireToken?: boolean;
  /** Messages over Teams' rate limits are answered 429; on by default. */
  readonly enforceRates?: boolean;
}

let lastId = 1_700_000_000_000;

/** Starts a channel of its own on a free port of this machine. */
export async function startTeamsChannel(options: ChannelOptions = {}): Promise<TeamsChannel> {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const app = { id: randomUUID(), password: `pw-${randomUUID()}`, tenant: randomUUID() };
  const authority = new TokenAuthority(base, app);
  const { requireToken = true, enforceRates = true } = options;
  const connector = new FakeConnector(authority, { requireToken, enforceRates });
  server.on('request', (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = (request.url ?? '/').split('?')[0] as string;
      const body = Buffer.concat(chunks).toString();
      if (authority.answer(path, body, response)) return;
      connector.answer(request, path, body, response).catch((error: Error) => {
        response.destroy(error);
      });
    });
  });
  const serviceUrl = `${base}/teams/`;
  return {
    appId: app.id,
    tenantId: app.tenant,
    password: app.password,
    serviceUrl,
    authority,
    connector,
    environment: {
      DEV_INSECURE: '1',
      MicrosoftAppId: app.id,
      MicrosoftAppPassword: app.password,
      MicrosoftAppTenantId: app.tenant,
      TEAMS_OPENID_METADATA_URL: authority.metadataUrl,
      TEAMS_TOKEN_ISSUER: authority.issuer,
      TEAMS_LOGIN_URL: authority.loginUrl,
    },
    activity: (overrides = {}) => makeActivity(app, serviceUrl, overrides),
    token: () => authority.sign(serviceUrl),
    sendTo: (url, activity, token = authority.sign(serviceUrl)) => deliver(url, activity, token),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function makeActivity(
  app: { id: string; tenant: string },
  serviceUrl: string,
  overrides: Json,
): Record<string, unknown> {
  lastId += 1;
  return {
    type: 'message',
    id: String(lastId),
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl,
    from: { id: '29:ada', name: 'Ada Lovelace', aadObjectId: '7f3c1b1e-0000-4000-8000-00000000ada0' },
    recipient: { id: `28:${app.id}`, name: 'Help desk' },
    conversation: { id: 'a:ada-and-the-bot', conversationType: 'personal', tenantId: app.tenant },
    channelData: { tenant: { id: app.tenant } },
    entities: [{ type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/London' }],
    locale: 'en-GB',
    localTimezone: 'Europe/London',
    textFormat: 'plain',
    text: 'hello',
    ...overrides,
  };
}

/** One plain request on a connection of its own. */
function deliver(url: string, activity: unknown, token: string | null): Promise<{ status: number; body: string }> {
  const body = typeof activity === 'string' ? activity : JSON.stringify(activity);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
    });
    request.on('error', reject);
    request.end(body);
  });
}
