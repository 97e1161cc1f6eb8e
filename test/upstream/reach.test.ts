import http from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { makeFileHosts } from '../../src/teams/files/file-hosts';
import { makeServiceHosts } from '../../src/teams/service-hosts';
import { makeCaller } from '../../src/upstream/call';
import { makeDownloader } from '../../src/upstream/download';
import { either, onlyTo, placeOf, publicWeb, type Reach } from '../../src/upstream/reach';
import { hostile } from './hostile';

/** Everything that reaches it is a leak. */
const leaks: string[] = [];
const sink = http.createServer((request, response) => {
  leaks.push(`${request.url} ${request.headers.authorization}`);
  response.end('{}');
});
let at: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  at = `http://127.0.0.1:${(sink.address() as AddressInfo).port}`;
});
beforeEach(() => {
  leaks.length = 0;
});
afterAll(() => new Promise((resolve) => sink.close(resolve)));

const secret = { authorization: 'Bearer the-token-of-the-bot' };
const hosts = makeServiceHosts({ extra: ['bots.example:8443'], dev: false });
const files = makeFileHosts(hosts);
const toFiles: Reach = ({ href }) => files.store(href) && 'internet';

/** Each far side with the one place it may go to. */
const sides: [string, { readonly host: string; readonly path: string }, Reach][] = [
  ['the connector of Teams', { host: 'smba.trafficmanager.net', path: '/emea/v3/conversations' }, hosts.reach],
  ['the login service', { host: 'login.microsoftonline.com', path: '/t' }, onlyTo('https://login.microsoftonline.com')],
  ['ServiceNow', { host: 'acme.service-now.com', path: '/api/now' }, onlyTo('https://acme.service-now.com')],
  ['Rasa', { host: 'rasa.example', path: '/webhooks' }, onlyTo('https://rasa.example')],
];

test.each(sides)('over three hundred hostile addresses for %s: nothing leaves', async (_, good, reach) => {
  const addresses = hostile(good, at).filter((address) => !isTheGood(address, good.host));
  expect(addresses.length).toBeGreaterThanOrEqual(300);
  const call = makeCaller('teams', { reach });
  const download = makeDownloader('teams', { reach });
  for (const url of addresses) {
    const refused = { kind: 'refused', certain: true };
    await expect(call({ method: 'POST', url, headers: secret, body: '{}', timeoutMs: 500 })).rejects.toMatchObject(
      refused,
    );
    await expect(download({ url, headers: secret, timeoutMs: 500, maxBytes: 10 })).rejects.toMatchObject(refused);
  }
  call.close();
  download.close();
  expect(leaks).toEqual([]);
});

/** Another way to write the very address that is allowed: it leads to the same place. */
function isTheGood(address: string, host: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.origin === `https://${host}` && url.username === '' && url.password === '';
}

test('the sink sees what is sent to it, so that the other tests could fail', async () => {
  const call = makeCaller('teams', { reach: onlyTo(at) });
  await call({ method: 'POST', url: `${at}/x`, headers: secret, body: '{}', timeoutMs: 2_000 });
  call.close();
  expect(leaks).toEqual(['/x Bearer the-token-of-the-bot']);
});

test.each([301, 302, 303, 307, 308])(
  'a redirect (%i) is not followed, neither by calls nor by downloads',
  async (status) => {
    const lure = http.createServer((_, response) => response.writeHead(status, { location: `${at}/stolen` }).end());
    await new Promise<void>((resolve) => lure.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(lure.address() as AddressInfo).port}/`;
    const reach = either(onlyTo(url), onlyTo(at));
    const [call, download] = [makeCaller('teams', { reach }), makeDownloader('teams', { reach })];
    expect((await call({ method: 'GET', url, headers: secret, timeoutMs: 2_000 })).status).toBe(status);
    expect((await download({ url, headers: secret, timeoutMs: 2_000, maxBytes: 10 })).status).toBe(status);
    call.close();
    download.close();
    await new Promise((resolve) => lure.close(resolve));
    expect(leaks).toEqual([]);
  },
);

test('a name of the internet that leads to this machine is not connected to; one that the admin named is', async () => {
  const url = at.replace('127.0.0.1', 'localhost');
  const outside = makeCaller('teams', { reach: () => 'internet' });
  const named = makeCaller('teams', { reach: onlyTo(url) });
  await expect(outside({ method: 'GET', url, headers: secret, timeoutMs: 2_000 })).rejects.toMatchObject({
    kind: 'refused',
  });
  expect(leaks).toEqual([]);
  expect((await named({ method: 'GET', url, timeoutMs: 2_000 })).status).toBe(200);
  outside.close();
  named.close();
});

test.each(['http://169.254.169.254', 'http://[fd00:ec2::254]', 'http://168.63.129.16', 'http://100.100.100.200'])(
  'where clouds hand out identities (%s) nothing is sent, even if an admin names it',
  (address) => expect(placeOf(`${address}/latest`, onlyTo(address))).toBeUndefined(),
);

test('files are fetched from the stores of Teams and nowhere else', () => {
  const good = { host: 'contoso.sharepoint.com', path: '/x' };
  const wrong = hostile(good, at).filter((address) => placeOf(address, toFiles) !== undefined);
  // Each of these is a store of Teams itself: another customer's, or the same one.
  expect(wrong.filter((address) => !/(^|\.)sharepoint\.com$/.test(new URL(address).hostname))).toEqual([]);
});

test('whatever an address is, a secret goes to the named origin or nowhere', () => {
  const origin = 'https://acme.service-now.com';
  const pieces = fc.constantFrom(
    'https:',
    'http:',
    '//',
    '/',
    '\\',
    '@',
    ':',
    '.',
    '#',
    '?',
    '%',
    '\t',
    '443',
    'evil.example',
  );
  const piece = fc.oneof(
    pieces,
    fc.constantFrom('acme.service-now.com', '169.254.169.254', '[::1]'),
    fc.string({ maxLength: 3 }),
  );
  const address = fc.array(piece, { maxLength: 10 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(address, (text) => {
      if (placeOf(text, onlyTo(origin)) !== undefined) expect(new URL(text).origin).toBe(origin);
      if (placeOf(text, publicWeb) !== undefined) expect(new URL(text).protocol).toBe('https:');
      if (placeOf(text, hosts.reach) !== undefined) {
        expect(['smba.trafficmanager.net', 'bots.example']).toContain(
          new URL(text).hostname.replace(/^smba\.infra.*/, 'smba.trafficmanager.net'),
        );
      }
    }),
    { numRuns: 5_000 },
  );
});
