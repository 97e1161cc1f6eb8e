import { makeCallbacks, type Taken } from '../../src/http/callback';

const [secret, next] = ['a-secret-of-sixteen+', 'another-of-sixteen-+'] as const;
const basic = (password: string) => `Basic ${Buffer.from(`servicenow:${password}`).toString('base64')}`;
const callbacks = (
  secrets: readonly string[] = [secret],
  take: (body: unknown) => Promise<Taken> = async () => 'kept',
) => makeCallbacks({ secrets: () => secrets, take });

test.each<[string, Record<string, string>, string | undefined]>([
  ['as a Bearer token', { authorization: `Bearer ${secret}` }, undefined],
  ['as the password of Basic', { authorization: basic(secret) }, undefined],
  ['in a header of its own', { 'x-callback-secret': secret }, undefined],
  ['at the end of the path', {}, secret],
  [
    'in the second place, when the first is something else',
    { authorization: basic('something-else-++'), 'x-callback-secret': secret },
    undefined,
  ],
])('the secret is known %s', (_title, headers, path) => {
  expect(callbacks().isKnown(headers, path)).toBe(true);
  expect(callbacks([next]).isKnown(headers, path)).toBe(false);
  expect(callbacks([next, secret]).isKnown(headers, path)).toBe(true);
});

test.each<[string, Record<string, string>, string | undefined]>([
  ['nothing', {}, undefined],
  ['an empty one', { authorization: 'Bearer ', 'x-callback-secret': '' }, ''],
  ['its beginning', { authorization: `Bearer ${secret.slice(0, -1)}` }, undefined],
  ['more than it', { 'x-callback-secret': `${secret}x` }, undefined],
  ['it as the user of Basic', { authorization: `Basic ${Buffer.from(`${secret}:`).toString('base64')}` }, undefined],
  ['Basic that is not one', { authorization: 'Basic %%%' }, undefined],
  ['another scheme', { authorization: `Digest ${secret}` }, undefined],
])('%s is not the secret', (_title, headers, path) => {
  expect(callbacks().isKnown(headers, path)).toBe(false);
});

test.each<[Taken, number]>([
  ['kept', 200],
  ['repeated', 200],
  ['unknown_chat', 200],
  ['malformed', 400],
])('a callback that is %s is answered %d', async (taken, status) => {
  expect(await callbacks([secret], async () => taken).take({})).toEqual({ status, outcome: taken });
});

test('what could not be kept is not answered with success', async () => {
  const broken = callbacks([secret], async () => Promise.reject(new Error('the store is away')));
  expect(await broken.take({})).toEqual({ status: 503, outcome: 'not_kept' });
});
