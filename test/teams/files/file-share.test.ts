import type http from 'node:http';
import { ApiFailure } from '../../../src/conversation/failures';
import type { FileId, FileRef } from '../../../src/conversation/types';
import { makeFileHosts } from '../../../src/teams/files/file-hosts';
import { makeFileShare } from '../../../src/teams/files/file-share';
import { fileLimits } from '../../../src/teams/files/limits';
import { makeServiceHosts } from '../../../src/teams/service-hosts';
import type { TokenSource } from '../../../src/teams/tokens';
import { type FileServer, startFiles } from './file-server';

const context = { correlation: 'activity-1' };
const png = Buffer.from('\x89PNG\r\n\x1a\n and pixels', 'latin1');

let server: FileServer;
let answer: (request: http.IncomingMessage, response: http.ServerResponse) => void;
const closers: (() => void)[] = [];

beforeEach(async () => {
  server = await startFiles((request, response) => answer(request, response));
});

afterEach(async () => {
  for (const close of closers.splice(0)) close();
  await server.close();
});

interface Given {
  readonly dev?: boolean;
  readonly extra?: readonly string[];
  readonly tokens?: TokenSource;
  readonly timeoutMs?: number;
}

function source({ dev = true, extra = [], tokens, timeoutMs = 2_000 }: Given = {}) {
  const hosts = makeFileHosts(makeServiceHosts({ extra, dev }));
  const limits = { ...fileLimits, timeoutMs };
  const files = makeFileShare({ hosts, limits, ...(tokens ? { tokens } : {}) });
  closers.push(() => files.close());
  return files;
}

const uploaded = (url = `${server.url}/a.png`, name = 'a.png'): FileRef => ({
  id: 'f' as FileId,
  name,
  source: { at: 'download', url },
});
const pasted = (url = `${server.url}/v3/attachments/1/views/original`): FileRef => ({
  id: 'f' as FileId,
  name: 'image',
  type: 'image/*',
  source: { at: 'service', url },
});

const tokens: TokenSource = { current: async () => 'first', renew: async () => 'second' };
const authorizations = () => server.received.map(({ headers }) => headers.authorization);

async function failed(promise: Promise<unknown>): Promise<ApiFailure> {
  const error = await promise.then(
    (value) => new Error(`no failure but ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (error instanceof ApiFailure) return error;
  throw error;
}

test('a file is fetched byte for byte, and its bytes say what it is', async () => {
  answer = (_, response) => void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(png);
  const fetched = await source().fetch(uploaded(), context);
  expect(fetched).toMatchObject({ bytes: png, stored: { name: 'a.png', type: 'image/png', size: png.byteLength } });
});

test('a pasted picture without an ending gets the one that belongs to its bytes', async () => {
  answer = (_, response) => void response.end(png);
  expect(await source().fetch(pasted(), context)).toMatchObject({ stored: { name: 'image.png', type: 'image/png' } });
});

test('no byte is refused, one is taken', async () => {
  answer = (_, response) => void response.end('');
  expect(await source().fetch(uploaded(undefined, 'a.txt'), context)).toBe('empty');
  answer = (_, response) => void response.end('x');
  expect(await source().fetch(uploaded(undefined, 'a.txt'), context)).toMatchObject({ stored: { size: 1 } });
});

test('25 MB are taken', async () => {
  const large = Buffer.alloc(25_000_000, 'x');
  answer = (_, response) => void response.end(large);
  const fetched = await source({ timeoutMs: 20_000 }).fetch(uploaded(undefined, 'a.txt'), context);
  expect(fetched).toMatchObject({ stored: { size: 25_000_000 } });
});

test('one byte more is refused before it is read, where the length is told', async () => {
  let written = 0;
  answer = (_, response) => {
    response.writeHead(200, { 'content-length': '25000001' });
    response.write('x', () => {
      written += 1;
    });
  };
  expect(await source().fetch(uploaded(undefined, 'a.txt'), context)).toBe('too_large');
  expect(written).toBeLessThanOrEqual(1);
});

test('a stream without an end is cut at the limit', async () => {
  const chunk = Buffer.alloc(1_000_000, 'x');
  let open = true;
  answer = (request, response) => {
    request.socket.once('close', () => {
      open = false;
    });
    const more = () => {
      if (open) response.write(chunk, more);
    };
    more();
  };
  expect(await source({ timeoutMs: 20_000 }).fetch(uploaded(undefined, 'a.txt'), context)).toBe('too_large');
});

test('what was compressed is not swelled', async () => {
  answer = (request, response) => {
    expect(request.headers['accept-encoding']).toBe('identity');
    response.writeHead(200, { 'content-encoding': 'gzip' }).end('not really compressed');
  };
  expect(await source().fetch(uploaded(undefined, 'a.txt'), context)).toMatchObject({ stored: { size: 21 } });
});

test.each([404, 410, 403, 401])('an address that answers %d has expired', async (status) => {
  answer = (_, response) => void response.writeHead(status).end('<html>gone</html>');
  expect(await source().fetch(uploaded(), context)).toBe('expired');
});

test.each([
  [429, 'throttled'],
  [500, 'unreachable'],
  [503, 'unreachable'],
] as const)('an address that answers %d may answer better later', async (status, kind) => {
  answer = (_, response) => void response.writeHead(status, { 'retry-after': '7' }).end();
  expect(await failed(source().fetch(uploaded(), context))).toMatchObject({ kind, retryAfterMs: 7_000 });
});

test.each([301, 302, 303, 307, 308])('a redirect (%d) is not followed, wherever it leads', async (status) => {
  answer = (_, response) => void response.writeHead(status, { location: `${server.url}/elsewhere` }).end();
  expect(await source({ tokens }).fetch(uploaded(), context)).toBe('elsewhere');
  expect(await source({ tokens }).fetch(pasted(), context)).toBe('elsewhere');
  expect(server.received.map(({ url }) => url)).toEqual(['/a.png', '/v3/attachments/1/views/original']);
});

test('a file that drips is given up at the deadline', async () => {
  const timers: NodeJS.Timeout[] = [];
  answer = (_, response) => {
    response.writeHead(200);
    timers.push(setInterval(() => response.write('x'), 20));
  };
  const failure = await failed(source({ timeoutMs: 200 }).fetch(uploaded(), context));
  for (const timer of timers) clearInterval(timer);
  expect(failure.kind).toBe('unreachable');
});

test('a file that breaks off is no file', async () => {
  answer = (request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => request.socket.destroy());
  };
  expect((await failed(source().fetch(uploaded(), context))).kind).toBe('unreachable');
});

describe('the token', () => {
  beforeEach(() => {
    answer = (_, response) => void response.end(png);
  });

  test('goes to the service of Teams for a pasted picture', async () => {
    await source({ tokens }).fetch(pasted(), context);
    expect(authorizations()).toEqual(['Bearer first']);
  });

  test('never goes to where files are downloaded, even on a host of the service', async () => {
    await source({ tokens }).fetch(uploaded(), context);
    expect(authorizations()).toEqual([undefined]);
  });

  test('is replaced once when it is not accepted', async () => {
    answer = (request, response) => {
      response.writeHead(request.headers.authorization === 'Bearer second' ? 200 : 401).end(png);
    };
    expect(await source({ tokens }).fetch(pasted(), context)).toMatchObject({ stored: { type: 'image/png' } });
    expect(authorizations()).toEqual(['Bearer first', 'Bearer second']);
  });

  test('does not go to a picture that lies elsewhere: it is not fetched at all', async () => {
    const elsewhere = pasted('https://contoso.sharepoint.com/picture.png');
    expect(await source({ tokens, dev: false }).fetch(elsewhere, context)).toBe('elsewhere');
    expect(await source({ tokens, dev: false }).fetch(pasted(), context)).toBe('elsewhere');
    expect(server.received).toEqual([]);
  });
});

test('this machine is no place for files, unless the admin named it or it is development', async () => {
  answer = (_, response) => void response.end(png);
  expect(await source({ dev: false }).fetch(uploaded(), context)).toBe('elsewhere');
  expect(server.received).toEqual([]);
});

test.each([
  'http://contoso.sharepoint.com/a.png',
  'https://contoso.sharepoint.com:8443/a.png',
  'https://contoso.sharepoint.com@evil.example/a.png',
  'https://user:secret@contoso.sharepoint.com/a.png',
  'https://sharepoint.com.evil.example/a.png',
  'https://evilsharepoint.com/a.png',
  'https://evil.trafficmanager.net/a.png',
  'https://169.254.169.254/latest/meta-data',
  'https://[::ffff:169.254.169.254]/',
  'https://10.0.0.1/a.png',
  'file:///etc/passwd',
  'not an address',
  '',
])('%s is no address for a file', async (url) => {
  expect(await source({ dev: false }).fetch(uploaded(url), context)).toBe('elsewhere');
});

test.each([
  'https://contoso.sharepoint.com/personal/ana/a.png?tempauth=x',
  'https://contoso-my.sharepoint.com/a.png',
  'https://north-1.svc.ms/a',
  'https://account.blob.core.windows.net/a',
])('%s is', (url) => {
  expect(makeFileHosts(makeServiceHosts({ extra: [], dev: false })).store(url)).toEqual({ url, isNamed: false });
});

test('hosts that the admin named may serve files, at just the port that was named', () => {
  const hosts = makeFileHosts(makeServiceHosts({ extra: ['files.corp.example:8443'], dev: false }));
  const url = 'https://files.corp.example:8443/a?b=c';
  expect(hosts.store(url)).toEqual({ url, isNamed: true });
  expect(hosts.store('https://files.corp.example/a')).toBeUndefined();
});

describe('a file that is put among the files of the employee', () => {
  const bytes = Buffer.from('%PDF-1.7 pages');
  const target = (uploadUrl = `${server.url}/upload?session=1`) => ({
    uploadUrl,
    contentUrl: `${server.url}/guide.pdf`,
  });

  test('goes there whole, in one piece, without any token', async () => {
    const seen: Buffer[] = [];
    answer = (request, response) => {
      request.on('data', (chunk: Buffer) => seen.push(chunk));
      request.on('end', () => response.writeHead(201).end('{}'));
    };
    expect(await source({ tokens }).put(target(), bytes, context)).toBe('put');
    expect(Buffer.concat(seen)).toEqual(bytes);
    const [request] = server.received;
    expect(request).toMatchObject({ method: 'PUT', url: '/upload?session=1' });
    expect(request?.headers).toMatchObject({ 'content-length': '14', 'content-range': 'bytes 0-13/14' });
    expect(request?.headers.authorization).toBeUndefined();
  });

  test.each([401, 403, 404, 409, 410, 416, 302, 307])(
    'has no place there any more when it is answered %d',
    async (status) => {
      answer = (request, response) => {
        request.resume();
        request.on('end', () => response.writeHead(status, { location: `${server.url}/elsewhere` }).end());
      };
      expect(await source().put(target(), bytes, context)).toBe('gone');
      expect(server.received).toHaveLength(1);
    },
  );

  test.each([
    [429, 'throttled'],
    [503, 'unreachable'],
  ] as const)('may find its place later when it is answered %d', async (status, kind) => {
    answer = (request, response) => {
      request.resume();
      request.on('end', () => response.writeHead(status).end());
    };
    expect(await failed(source().put(target(), bytes, context))).toMatchObject({ kind });
  });

  test('goes nowhere but to where Teams keeps files', async () => {
    expect(await source({ dev: false }).put(target(), bytes, context)).toBe('gone');
    expect(await source({ dev: false }).put(target('https://evil.example/upload'), bytes, context)).toBe('gone');
    expect(server.received).toEqual([]);
  });
});
