import { generateKeyPairSync } from 'node:crypto';
import { SigningKeys } from '../../src/teams/signing-keys';
import { makeCaller } from '../../src/upstream/call';
import { anywhere } from '../support/anywhere';
import { startTeamsChannel, type TeamsChannel } from '../support/teams-channel';

const hour = 3_600_000;
const minute = 60_000;
let channel: TeamsChannel;
const caller = makeCaller('teams', { reach: anywhere });
const time = { now: 0 };
let keys: SigningKeys;

beforeEach(async () => {
  channel = await startTeamsChannel();
  time.now = 1_700_000_000_000;
  keys = new SigningKeys({
    call: caller,
    metadataUrl: channel.authority.metadataUrl,
    now: () => time.now,
    timeoutMs: 5_000,
  });
});
afterEach(() => channel.close());
afterAll(() => caller.close());

/** The background fetch runs on real sockets: it is waited for by what it asks. */
async function settled(condition: () => boolean): Promise<void> {
  for (let turns = 0; turns < 2_500 && !condition(); turns += 1) await new Promise((resolve) => setTimeout(resolve, 2));
  expect(condition()).toBe(true);
}

const outage = (status: number | 'hang' | undefined) => {
  channel.authority.outage = status;
};
const asked = () => channel.authority.asked.metadata;
const own = () => channel.authority.kid;

test('many requests at once lead to one fetch', async () => {
  const found = await Promise.all(Array.from({ length: 50 }, () => keys.find(own())));
  expect(found.every((key) => key !== undefined)).toBe(true);
  expect(channel.authority.asked).toEqual({ metadata: 1, keys: 1, token: 0 });
});

test('a flood of forged key ids asks the publisher at most once a minute', async () => {
  await keys.find(own());
  for (let count = 0; count < 100; count += 1) expect(await keys.find(`forged-${count}`)).toBeUndefined();
  expect(asked()).toBe(1);
  time.now += minute;
  for (let count = 0; count < 100; count += 1) await keys.find(`forged-${count}`);
  expect(asked()).toBe(2);
});

test('a new key is found within a minute of its first use', async () => {
  await keys.find(own());
  channel.authority.otherKeys.set('new', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
  expect(await keys.find('new')).toBeUndefined();
  time.now += minute;
  expect(await keys.find('new')).toBeDefined();
});

test.each([500, 404, 'hang'] as const)('keys that were never obtained (%s) are a 503', async (trouble) => {
  outage(trouble);
  const { metadataUrl } = channel.authority;
  const impatient = new SigningKeys({ call: caller, metadataUrl, now: () => time.now, timeoutMs: 100 });
  await expect(impatient.find(own())).rejects.toMatchObject({
    name: 'Refusal',
    status: 503,
    reason: 'keys_unavailable',
  });
});

test('while there are no keys the publisher is asked once in five seconds, and then they are there', async () => {
  outage(503);
  for (let count = 0; count < 20; count += 1) await expect(keys.find(own())).rejects.toMatchObject({ status: 503 });
  expect(asked()).toBe(1);
  outage(undefined);
  time.now += 5_000;
  expect(await keys.find(own())).toBeDefined();
});

test('keys are fetched again ahead of time, without anybody waiting for it', async () => {
  await keys.find(own());
  time.now += 21 * hour;
  outage('hang');
  expect(await keys.find(own())).toBeDefined();
  await settled(() => asked() === 2);
});

test('keys are served for days while their publisher is down', async () => {
  await keys.find(own());
  outage(500);
  for (let day = 0; day < 5; day += 1) {
    time.now += 24 * hour;
    expect(await keys.find(own())).toBeDefined();
    // Asked while the fetch of the day before is still coming to its end, nobody fetches: so they are asked for until somebody does.
    await settled(() => {
      void keys.find(own());
      return asked() === day + 2;
    });
  }
});

test('an empty key set does not replace the keys that are there', async () => {
  await keys.find(own());
  jest.spyOn(channel.authority as unknown as { keySet(): unknown[] }, 'keySet').mockReturnValue([]);
  time.now += 2 * minute;
  expect(await keys.find('unknown')).toBeUndefined();
  expect(await keys.find(own())).toBeDefined();
});

test('a key that cannot be used, or can be broken, takes none of the others with it', async () => {
  const weak = generateKeyPairSync('rsa', { modulusLength: 1_024 }).publicKey.export({ format: 'jwk' });
  const authority = channel.authority as unknown as { keySet(): unknown[] };
  const good = authority.keySet();
  const broken = { kty: 'RSA', kid: 'broken', n: '', e: 'AQAB' };
  const set = [{ ...weak, kid: 'weak' }, broken, { ...broken, kid: 'none', n: '!' }, ...good];
  jest.spyOn(authority, 'keySet').mockReturnValue(set);
  expect(await keys.find(own())).toBeDefined();
  for (const kid of ['weak', 'broken', 'none']) expect(await keys.find(kid)).toBeUndefined();
});

test('a key set by http of another machine is not fetched', async () => {
  const call = jest.fn(async () => ({
    status: 200,
    headers: {},
    text: JSON.stringify({ jwks_uri: 'http://10.0.0.1/keys' }),
  }));
  const strict = new SigningKeys({ call, metadataUrl: 'https://login.example/metadata', now: () => 0 });
  await expect(strict.find('any')).rejects.toMatchObject({ status: 503 });
  expect(call).toHaveBeenCalledTimes(1);
});
