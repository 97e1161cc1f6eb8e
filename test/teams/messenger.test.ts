import type { Content } from '../../src/conversation/content';
import type { RowId, TurnId } from '../../src/conversation/types';
import type { Recipient } from '../../src/engine/ports';
import { makeCredentials } from '../../src/teams/credentials';
import { TeamsMessenger } from '../../src/teams/messenger';
import { makeServiceHosts } from '../../src/teams/service-hosts';
import { makeTokenSource } from '../../src/teams/tokens';
import { makeTexts } from '../../src/texts/texts';
import { makeCaller } from '../../src/upstream/call';
import { anywhere } from '../support/anywhere';
import type { Fault } from '../support/fake-connector';
import { startTeamsChannel, type TeamsChannel } from '../support/teams-channel';

let channel: TeamsChannel;
const caller = makeCaller('teams', { reach: anywhere });
const context = { correlation: 'test' };
const words: Content = { kind: 'agent', name: 'Jo', text: 'hello', row: 'r1' as RowId };

beforeEach(async () => {
  channel = await startTeamsChannel();
});
afterEach(() => channel.close());
afterAll(() => caller.close());

function messenger(timeoutMs = 10_000): TeamsMessenger {
  const { appId, tenantId, password, authority } = channel;
  const settings = { type: 'secret', appId, tenantId, password, loginUrl: authority.loginUrl } as const;
  const tokens = makeTokenSource({ credentials: makeCredentials(settings, caller), now: Date.now });
  const hosts = makeServiceHosts({ extra: [], dev: true });
  return new TeamsMessenger({ call: caller, tokens, hosts, timeoutMs, texts: makeTexts() });
}

function ada(overrides: Partial<Recipient['reference']> = {}): Recipient {
  return {
    reference: {
      tenantId: channel.tenantId,
      conversationId: 'a:1/../x?y#z',
      channelId: 'msteams',
      serviceUrl: channel.serviceUrl,
      bot: { id: '28:bot' },
      user: { id: '29:ada', name: 'Ada' },
      ...overrides,
    },
    user: { id: '29:ada', name: 'Ada', locale: 'en-GB' },
  };
}

test('what is about one message of the employee is a reply to it', async () => {
  const about: Content = {
    kind: 'notice',
    notice: { key: 'not_delivered', texts: ['one'] },
    replyTo: 'activity-1' as TurnId,
  };
  await messenger().show(ada(), about, { repeat: false }, context);
  await messenger().show(ada(), { ...about, replyTo: undefined }, { repeat: false }, context);
  expect(channel.connector.calls.map(({ body }) => body?.replyToId)).toEqual(['activity-1', undefined]);
});

test('a message is one POST with a token, ids encoded, to the address that the employee last wrote from', async () => {
  await messenger().show(ada(), words, { repeat: false }, context);
  expect(channel.connector.calls).toHaveLength(1);
  expect(channel.connector.calls[0]).toMatchObject({
    method: 'POST',
    path: '/teams/v3/conversations/a%3A1%2F..%2Fx%3Fy%23z/activities',
    status: 201,
    body: {
      type: 'message',
      text: '**Jo**\n\nhello',
      textFormat: 'markdown',
      channelId: 'msteams',
      from: { id: '28:bot' },
      recipient: { id: '29:ada', name: 'Ada' },
      conversation: { id: 'a:1/../x?y#z', tenantId: channel.tenantId },
      locale: 'en-GB',
      channelData: { notification: { alert: true } },
    },
  });
  expect(channel.connector.texts('a:1/../x?y#z')).toEqual(['Jo\n\nhello']);
});

test('the token is asked for once, as Bot Framework wants it', async () => {
  const teams = messenger();
  await Promise.all([1, 2, 3].map(() => teams.show(ada(), words, { repeat: false }, context)));
  expect(channel.authority.asked.token).toBe(1);
  expect(Object.fromEntries(channel.authority.lastTokenRequest)).toMatchObject({
    client_id: channel.appId,
    client_secret: channel.password,
    grant_type: 'client_credentials',
    scope: 'https://api.botframework.com/.default',
  });
});

const html = '<html>Bad gateway</html>';
const blocked = { errorCode: 209, message: '{"subCode":"MessageWritesBlocked","details":null,"errorCode":209}' };
const modern = (code: string) => ({ error: { code, message: 'words of the far side' } });
const matrix: [string, Fault, Record<string, unknown>][] = [
  ['400', { status: 400, body: modern('BadSyntax') }, { kind: 'rejected', certain: true, status: 400 }],
  ['403', { status: 403, body: modern('BotNotInConversationRoster') }, { kind: 'refused', certain: true }],
  ['403 in the old form', { status: 403, body: blocked }, { kind: 'refused', certain: true, status: 403 }],
  ['a block that comes as 400', { status: 400, body: blocked }, { kind: 'refused', certain: true }],
  ['404', { status: 404, body: modern('ConversationNotFound') }, { kind: 'not_found', certain: true }],
  ['404 of an HTML page', { status: 404, body: html }, { kind: 'not_found', certain: true }],
  ['408', { status: 408 }, { kind: 'unreachable', certain: false }],
  ['412', { status: 412, body: modern('PreconditionFailed') }, { kind: 'unreachable', certain: true, status: 412 }],
  ['413', { status: 413, body: modern('MessageSizeTooBig') }, { kind: 'too_large', certain: true }],
  ['413 of an HTML page', { status: 413, body: html }, { kind: 'too_large', certain: true }],
  ['429', { status: 429, headers: { 'retry-after': '2' } }, { kind: 'throttled', certain: true, retryAfterMs: 2_000 }],
  ['429 without a time', { status: 429 }, { kind: 'throttled', certain: true, retryAfterMs: undefined }],
  ['500', { status: 500 }, { kind: 'unreachable', certain: false }],
  ['502 after it was shown', { status: 502, body: html, shown: true }, { kind: 'unreachable', certain: false }],
  ['503', { status: 503 }, { kind: 'unreachable', certain: false }],
  ['504', { status: 504, shown: true }, { kind: 'unreachable', certain: false }],
  ['a reset', { reset: true }, { kind: 'unreachable', certain: false }],
  ['a reset after it was shown', { reset: true, shown: true }, { kind: 'unreachable', certain: false }],
  ['silence', { hang: true, shown: true }, { kind: 'unreachable', certain: false }],
  [
    'a redirect',
    { status: 307, headers: { location: 'https://evil.example' } },
    { kind: 'unauthorized', certain: true },
  ],
  ['200 with a page', { status: 200, body: html }, { kind: 'malformed', certain: false }],
];

test.each(matrix)(
  '%s is told apart, and nothing is sent twice (rows 36, 37, 38, 39, 40, 41)',
  async (_, fault, expected) => {
    channel.connector.next(fault);
    const failure = await messenger('hang' in fault ? 200 : undefined)
      .show(ada(), words, { repeat: false }, context)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'ApiFailure', upstream: 'teams', ...expected });
    expect(String(failure)).not.toContain('words of the far side');
    expect(channel.connector.calls).toHaveLength(1);
  },
);

test.each([[{ status: 201, body: '' }], [{ status: 200, body: {} }], [{ status: 202, body: { id: '1' } }]])(
  '%j is a success',
  async (fault) => {
    channel.connector.next(fault);
    await messenger().show(ada(), words, { repeat: false }, context);
  },
);

test('a connector that is not there certainly showed nothing', async () => {
  const gone = await startTeamsChannel();
  await gone.close();
  const shown = messenger().show(ada({ serviceUrl: gone.serviceUrl }), words, { repeat: false }, context);
  await expect(shown).rejects.toMatchObject({ kind: 'unreachable', certain: true });
});

describe('the token', () => {
  test('that is no longer accepted is replaced once', async () => {
    const teams = messenger();
    await teams.show(ada(), words, { repeat: false }, context);
    channel.authority.revokeAll();
    await teams.show(ada(), words, { repeat: false }, context);
    expect(channel.connector.calls.map(({ status }) => status)).toEqual([201, 401, 201]);
    expect(channel.authority.asked.token).toBe(2);
  });

  test('that is not accepted even when it is new is a failure', async () => {
    channel.connector.next({ status: 401 }, 5);
    const shown = messenger().show(ada(), words, { repeat: false }, context);
    await expect(shown).rejects.toMatchObject({ kind: 'unauthorized', certain: true, status: 401 });
    expect(channel.connector.calls).toHaveLength(2);
  });

  test.each([
    [503, 'unreachable'],
    [429, 'unreachable'],
    [400, 'unauthorized'],
  ])('that cannot be had (%i) means that certainly nothing was sent', async (status, kind) => {
    channel.authority.outage = status;
    const teams = messenger();
    const shown = teams.show(ada(), words, { repeat: false }, context);
    await expect(shown).rejects.toMatchObject({ kind, certain: true });
    expect(channel.connector.calls).toEqual([]);
    channel.authority.outage = undefined;
    await teams.show(ada(), words, { repeat: false }, context);
    expect(channel.connector.texts()).toHaveLength(1);
  });

  test.each([
    'https://evil.example/',
    'https://smba.trafficmanager.net.evil.example/',
    'http://smba.trafficmanager.net/',
    '',
  ])('never goes to %p, even when that is what was stored', async (serviceUrl) => {
    const call = jest.fn();
    const tokens = { current: jest.fn(), renew: jest.fn() };
    const hosts = makeServiceHosts({ extra: [], dev: false });
    const teams = new TeamsMessenger({ call, tokens, hosts, timeoutMs: 300, texts: makeTexts() });
    const shown = teams.show(ada({ serviceUrl }), words, { repeat: false }, context);
    await expect(shown).rejects.toMatchObject({ kind: 'refused', certain: true });
    expect(await teams.profile(ada({ serviceUrl }).reference, context)).toBeUndefined();
    await teams.typing(ada({ serviceUrl }));
    expect(call).not.toHaveBeenCalled();
    expect(tokens.current).not.toHaveBeenCalled();
  });
});

test('nothing is sent for what has nothing to show', async () => {
  await messenger().show(ada(), { kind: 'assistant', item: { custom: { unknown: 1 } } }, { repeat: false }, context);
  expect(channel.connector.calls).toEqual([]);
});

test('a typing sign is one POST, and its failure is nobody’s business', async () => {
  const teams = messenger();
  await teams.typing(ada());
  expect(channel.connector.typing).toBe(1);
  channel.connector.next({ status: 500 });
  await teams.typing(ada());
  expect(channel.connector.calls).toHaveLength(2);
});

describe('who the employee is', () => {
  const profile = () => messenger().profile(ada({ conversationId: 'a:1' }).reference, context);

  test('is asked where the conversation is', async () => {
    expect(await profile()).toEqual({ name: 'Ada Lovelace', email: 'ada@example.com' });
    expect(channel.connector.calls[0]?.path).toBe('/teams/v3/conversations/a%3A1/members/29%3Aada');
  });

  test.each([
    [
      { name: 'A', userPrincipalName: 'a@corp.example' },
      { name: 'A', email: 'a@corp.example' },
    ],
    [{ name: 'G', email: null, userPrincipalName: 'g_x.example#EXT#@corp.example' }, { name: 'G' }],
    [{ id: '29:ada' }, {}],
  ])('%j is %j', async (member, expected) => {
    channel.connector.members.set('29:ada', member);
    expect(await profile()).toEqual(expected);
  });

  test.each([404, 403])('is not known when Teams answers %i', async (status) => {
    channel.connector.members.set('29:ada', status);
    expect(await profile()).toBeUndefined();
  });

  test('is a failure while Teams is down', async () => {
    channel.connector.next({ status: 503 });
    await expect(profile()).rejects.toMatchObject({ kind: 'unreachable' });
  });
});

test('a message that Teams answers with 412 is to be sent again after one to three seconds, not all at once (row 38)', async () => {
  const pauses = new Set<number>();
  for (let n = 0; n < 5; n += 1) {
    channel.connector.next({ status: 412 });
    const failure = await messenger()
      .show(ada(), words, { repeat: false }, context)
      .catch((error: unknown) => error);
    pauses.add((failure as { retryAfterMs: number }).retryAfterMs);
  }
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(1_000);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(3_000);
  expect(pauses.size).toBeGreaterThan(1);
});
