import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import type { RefusalReason } from '../../src/teams/refusal';
import { startTeamsChannel, type TeamsChannel } from '../support/teams-channel';
import { receivingSide } from './teams-side';

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const unendorsed = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const minute = 60;

let channel: TeamsChannel;
let side: ReturnType<typeof receivingSide>;

beforeAll(async () => {
  channel = await startTeamsChannel();
  channel.authority.otherKeys.set('published-too', unendorsed);
});
afterAll(() => channel.close());
beforeEach(() => {
  side = receivingSide(channel);
});
afterEach(() => side.close());

const now = () => Math.floor(Date.now() / 1000);
const good = (claims: Record<string, unknown> = {}, options = {}) =>
  channel.authority.sign(channel.serviceUrl, claims, options);
const parts = (token: string) => token.split('.') as [string, string, string];
const publicKeyOf = (key: KeyObject) => createPublicKey(key.export({ type: 'pkcs8', format: 'pem' }));
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token signed as HS256 with the public key as the secret: the classic confusion of algorithms. */
function confused(): string {
  const body = `${encode({ alg: 'HS256', kid: channel.authority.kid })}.${parts(good())[1]}`;
  const secret = publicKeyOf(channel.authority.privateKey).export({ type: 'spki', format: 'pem' });
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

const forgeries: [string, RefusalReason, () => string | undefined][] = [
  ['no header at all', 'no_token', () => undefined],
  ['an empty header', 'no_token', () => ''],
  ['a scheme without a token', 'no_token', () => 'Bearer'],
  ['a scheme and a blank', 'no_token', () => 'Bearer '],
  ['the scheme in lower case', 'no_token', () => `bearer ${good()}`],
  ['another scheme', 'no_token', () => `Basic ${good()}`],
  ['two blanks after the scheme', 'no_token', () => `Bearer  ${good()}`],
  ['two tokens', 'no_token', () => `Bearer ${good()}, Bearer ${good()}`],
  ['something that is no token', 'wrong_algorithm', () => 'Bearer nothing.like.this'],
  ['a token of two parts', 'no_token', () => `Bearer ${parts(good()).slice(0, 2).join('.')}`],
  ['a token without its signature', 'no_token', () => `Bearer ${parts(good()).slice(0, 2).join('.')}.`],
  ['a header of 100 KB', 'no_token', () => `Bearer ${'a'.repeat(100_000)}.${'b'.repeat(10)}.c`],
  ['a known key id and the signature of a stranger', 'bad_signature', () => `Bearer ${good({}, { key: stranger })}`],
  ['an unknown key id', 'unknown_key', () => `Bearer ${good({}, { header: { kid: randomUUID() } })}`],
  ['no key id', 'bad_token', () => `Bearer ${good({}, { header: { kid: undefined } })}`],
  [
    'a key id that is a path',
    'unknown_key',
    () => `Bearer ${good({}, { key: stranger, header: { kid: '../../etc/passwd' } })}`,
  ],
  [
    'a key id that every object has',
    'unknown_key',
    () => `Bearer ${good({}, { key: stranger, header: { kid: 'constructor' } })}`,
  ],
  [
    'a key that the token itself brings',
    'bad_signature',
    () => {
      const jwk = publicKeyOf(stranger).export({ format: 'jwk' });
      return `Bearer ${good({}, { key: stranger, header: { jwk, jku: 'https://evil.example/keys' } })}`;
    },
  ],
  [
    'the algorithm "none"',
    'wrong_algorithm',
    () => `Bearer ${encode({ alg: 'none', kid: channel.authority.kid })}.${parts(good())[1]}.AA`,
  ],
  ['the public key used as a password', 'wrong_algorithm', () => `Bearer ${confused()}`],
  [
    'an elliptic curve under a known key id',
    'wrong_algorithm',
    () => `Bearer ${signParts({ alg: 'ES256', kid: channel.authority.kid }, {}, curve)}`,
  ],
  ['padding that we do not take', 'wrong_algorithm', () => `Bearer ${good({}, { header: { alg: 'PS256' } })}`],
  ['a demand that we do not know', 'bad_token', () => `Bearer ${good({}, { header: { crit: ['b64'] } })}`],
  ['another audience', 'wrong_audience', () => `Bearer ${good({ aud: randomUUID() })}`],
  ['a list of audiences', 'wrong_audience', () => `Bearer ${good({ aud: [channel.appId, 'others'] })}`],
  ['no audience', 'wrong_audience', () => `Bearer ${good({ aud: undefined })}`],
  ['another issuer', 'wrong_issuer', () => `Bearer ${good({ iss: 'https://sts.windows.net/x/' })}`],
  ['no issuer', 'wrong_issuer', () => `Bearer ${good({ iss: undefined })}`],
  ['an end that is six minutes past', 'expired', () => `Bearer ${good({ exp: now() - 6 * minute })}`],
  ['no end', 'expired', () => `Bearer ${good({ exp: undefined })}`],
  ['an end that is no number', 'bad_token', () => `Bearer ${signRaw({ exp: 'never' })}`],
  ['a beginning that is six minutes ahead', 'expired', () => `Bearer ${good({ nbf: now() + 6 * minute })}`],
  [
    'another service address',
    'wrong_service_url',
    () => `Bearer ${channel.authority.sign('https://smba.trafficmanager.net/amer/')}`,
  ],
  [
    'a service address with one slash less',
    'wrong_service_url',
    () => `Bearer ${channel.authority.sign(channel.serviceUrl.slice(0, -1))}`,
  ],
  ['no service address', 'wrong_service_url', () => `Bearer ${good({ serviceurl: undefined })}`],
  ['claims that were changed after signing', 'bad_signature', () => `Bearer ${changed()}`],
  ['a signature with one bit changed', 'bad_signature', () => `Bearer ${flipped()}`],
  ['the signature of another good token', 'bad_signature', () => `Bearer ${swapped()}`],
  ['five parts, as an encrypted token has', 'no_token', () => `Bearer ${good()}.AAAA.AAAA`],
  ['a line end in the token', 'no_token', () => `Bearer ${good()}\nX-Other: 1`],
  ['padding at the end of a part', 'no_token', () => `Bearer ${good()}==`],
  ['the algorithm "NONE" in capitals', 'wrong_algorithm', () => `Bearer ${withHeader({ alg: 'NONE' })}`],
  ['the algorithm as a list', 'wrong_algorithm', () => `Bearer ${withHeader({ alg: ['RS256'] })}`],
  ['no algorithm', 'wrong_algorithm', () => `Bearer ${withHeader({ alg: undefined })}`],
  ['a key id that is no text', 'bad_token', () => `Bearer ${withHeader({ kid: { toString: 'x' } })}`],
  ['a key id that reaches into the prototype', 'unknown_key', () => `Bearer ${withHeader({ kid: '__proto__' })}`],
  ['a key id of statements', 'unknown_key', () => `Bearer ${withHeader({ kid: "' OR 1=1 --" })}`],
  ['a certificate that the token itself brings', 'bad_signature', () => `Bearer ${bringing('x5c')}`],
  ['an address for its own certificate', 'bad_signature', () => `Bearer ${bringing('x5u')}`],
  ['an issuer with a blank behind it', 'wrong_issuer', () => `Bearer ${good({ iss: `${channel.authority.issuer} ` })}`],
  ['the issuer of the other cloud', 'wrong_issuer', () => `Bearer ${good({ iss: 'https://api.botframework.us' })}`],
  ['its audience in other letters', 'wrong_audience', () => `Bearer ${good({ aud: channel.appId.toUpperCase() })}`],
  ['an end in the past that is written as text', 'bad_token', () => `Bearer ${signRaw({ exp: '1' })}`],
  ['a beginning that is no number', 'bad_token', () => `Bearer ${signRaw({ nbf: 'now' })}`],
  ['a list of service addresses', 'wrong_service_url', () => `Bearer ${good({ serviceurl: [channel.serviceUrl] })}`],
  [
    'claims that are just words',
    'wrong_audience',
    () => `Bearer ${signParts({ alg: 'RS256', kid: channel.authority.kid }, 'words')}`,
  ],
];

/** Signed by the channel's own key, whatever the claims are. */
function signRaw(claims: object): string {
  const [, given] = parts(good());
  const all = { ...JSON.parse(Buffer.from(given, 'base64url').toString()), ...claims };
  return signParts({ alg: 'RS256', kid: channel.authority.kid }, all);
}

function signParts(head: object, claims: unknown, key = channel.authority.privateKey): string {
  const body = `${encode(head)}.${encode(claims)}`;
  return `${body}.${sign('sha256', Buffer.from(body), key).toString('base64url')}`;
}

function flipped(): string {
  const [head, claims, signature] = parts(good());
  const bytes = Buffer.from(signature, 'base64url');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return [head, claims, bytes.toString('base64url')].join('.');
}

function swapped(): string {
  const [head, claims] = parts(good());
  return [head, claims, parts(good({ jti: 'other' }))[2]].join('.');
}

/** A genuine token whose header says something else; its signature is a stranger's, because nobody else would sign it. */
function withHeader(header: Readonly<Record<string, unknown>>): string {
  const [, claims] = parts(good());
  const body = `${encode({ alg: 'RS256', kid: channel.authority.kid, ...header })}.${claims}`;
  return `${body}.${sign('sha256', Buffer.from(body), stranger).toString('base64url')}`;
}

function bringing(name: 'x5c' | 'x5u'): string {
  const own = Buffer.from(publicKeyOf(stranger).export({ type: 'spki', format: 'der' })).toString('base64');
  return withHeader({ [name]: name === 'x5c' ? [own] : 'https://evil.example/certificate' });
}

function changed(): string {
  const [head, claims, signature] = parts(good());
  const others = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), serviceurl: 'https://evil.example/' };
  return [head, encode(others), signature].join('.');
}

describe('a forged request', () => {
  test('comes in at least forty kinds', () => {
    expect(new Set(forgeries.map(([name]) => name)).size).toBeGreaterThanOrEqual(40);
  });

  test.each(forgeries)('with %s is refused with 401 and an empty body', async (_, reason, authorization) => {
    expect(await side.adapter.receive(authorization(), channel.activity())).toEqual({ status: 401 });
    expect(side.taken).toEqual([]);
    expect(side.lines).toEqual([`turn_refused {"status":401,"reason":"${reason}"}`]);
  });

  test.each(forgeries.filter(([name]) => !name.includes('service address')))(
    'with %s is refused before its body is read',
    async (_, __, authorization) => {
      expect(await side.adapter.checkHeader(authorization())).toEqual({ status: 401 });
    },
  );

  test('says nothing of its token, its words or its sender in the log', async () => {
    const token = good({ aud: 'somebody else' });
    await side.adapter.receive(`Bearer ${token}`, channel.activity({ text: 'my secret words' }));
    expect(side.lines).toEqual(['turn_refused {"status":401,"reason":"wrong_audience"}']);
  });

  test('never makes the SDK write to the console', async () => {
    const spies = (['log', 'info', 'warn', 'error'] as const).map((name) =>
      jest.spyOn(console, name).mockReturnValue(),
    );
    for (const [, , authorization] of forgeries) await side.adapter.receive(authorization(), channel.activity());
    await side.adapter.receive(`Bearer ${good()}`, channel.activity());
    for (const spy of spies) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});

describe('a genuine request', () => {
  test.each([
    ['just now', {}],
    ['and ended two minutes ago', { exp: now() - 2 * minute }],
    ['and begins in two minutes', { nbf: now() + 2 * minute }],
  ])('that was signed %s is taken', async (_, claims) => {
    expect(await side.adapter.checkHeader(`Bearer ${good(claims)}`)).toBeUndefined();
    expect(await side.adapter.receive(`Bearer ${good(claims)}`, channel.activity())).toEqual({ status: 200 });
    expect(side.taken).toHaveLength(1);
  });

  test.each(['RS384', 'RS512'])('signed with %s is taken', async (alg) => {
    const token = good({}, { header: { alg } });
    expect(await side.adapter.receive(`Bearer ${token}`, channel.activity())).toEqual({ status: 200 });
  });

  test.each([
    ['for another channel', { channelId: 'webchat' }, 401],
    ['without a channel', { channelId: undefined }, 401],
    ['with an empty service address', { serviceUrl: '' }, 401],
    ['without a service address', { serviceUrl: undefined }, 401],
    ['from another tenant', { channelData: { tenant: { id: 'another' } } }, 403],
    ['of a conversation in another tenant', { conversation: { id: 'a:1', tenantId: 'another' } }, 403],
    ['that names no tenant', { conversation: { id: 'a:1' }, channelData: {} }, 403],
  ])('%s is refused', async (_, overrides, status) => {
    expect(await side.adapter.receive(`Bearer ${good()}`, channel.activity(overrides))).toEqual({ status });
    expect(side.taken).toEqual([]);
  });

  test('that names a service address which is signed but not allowed is refused with 403', async () => {
    const evil = 'https://evil.trafficmanager.net/amer/';
    const token = channel.authority.sign(evil);
    expect(await side.adapter.receive(`Bearer ${token}`, channel.activity({ serviceUrl: evil }))).toEqual({
      status: 403,
    });
  });

  test('is refused on http of this machine outside development', async () => {
    const strict = receivingSide(channel, { dev: false });
    expect(await strict.adapter.receive(`Bearer ${good()}`, channel.activity())).toEqual({ status: 403 });
    strict.close();
  });

  test('is taken from any tenant where none is required', async () => {
    const open = receivingSide(channel, { tenants: [] });
    const elsewhere = channel.activity({ channelData: { tenant: { id: 'another' } } });
    expect(await open.adapter.receive(`Bearer ${good()}`, elsewhere)).toEqual({ status: 200 });
    open.close();
  });

  test('is taken with a key that says nothing of channels, and refused with one that is for others', async () => {
    channel.authority.endorsements = undefined;
    const fresh = receivingSide(channel);
    expect(await fresh.adapter.receive(`Bearer ${good()}`, channel.activity())).toEqual({ status: 200 });
    fresh.close();
    channel.authority.endorsements = ['webchat', 'directline'];
    const other = receivingSide(channel);
    expect(await other.adapter.receive(`Bearer ${good()}`, channel.activity())).toEqual({ status: 401 });
    other.close();
    channel.authority.endorsements = ['msteams'];
  });
});

test('in development without an app id nothing is verified, but messages still go to allowed addresses alone', async () => {
  const open = receivingSide(channel, { authentication: false, tenants: [] });
  expect(await open.adapter.receive(undefined, channel.activity())).toEqual({ status: 200 });
  const evil = channel.activity({ serviceUrl: 'https://evil.example/' });
  expect(await open.adapter.receive(undefined, evil)).toEqual({ status: 403 });
  open.close();
});
