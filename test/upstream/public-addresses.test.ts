import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiFailure } from '../../src/conversation/failures';
import { makeDownloader } from '../../src/upstream/download';
import { isPublic } from '../../src/upstream/public-addresses';

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.8.8.8',
  '169.254.169.254',
  '168.63.129.16',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '[::1]',
  '::ffff:10.0.0.1',
  '::ffff:127.0.0.1',
  '64:ff9b::a9fe:a9fe',
  'fc00::1',
  'fd12::1',
  'fe80::1',
  'ff02::1',
  'not an address',
])('%s is not on the internet', (address) => {
  expect(isPublic(address)).toBe(false);
});

test.each(['13.107.136.10', '52.96.0.1', '172.32.0.1', '2603:1030:7::1', '::ffff:13.107.136.10'])(
  '%s is',
  (address) => {
    expect(isPublic(address)).toBe(true);
  },
);

test('a name that leads to this machine is not connected to', async () => {
  let asked = 0;
  const server = http.createServer((_, response) => {
    asked += 1;
    response.end('secret');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const download = makeDownloader('teams', { reach: () => 'internet' });
  const error = await download({ url: `http://localhost:${port}/`, timeoutMs: 2_000, maxBytes: 100 }).catch((e) => e);
  expect(error).toBeInstanceOf(ApiFailure);
  expect(error).toMatchObject({ kind: 'refused', certain: true });
  expect(asked).toBe(0);
  download.close();
  await new Promise((resolve) => server.close(resolve));
});
