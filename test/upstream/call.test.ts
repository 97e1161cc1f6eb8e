import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { ApiFailure } from '../../src/conversation/failures';
import { failureOfStatus, readJson, retryAfter } from '../../src/upstream/answers';
import { type Answer, type Caller, makeCaller } from '../../src/upstream/call';
import { anywhere } from '../support/anywhere';

let server: http.Server;
let url: string;
let call: Caller & { close(): void };
let answer: (request: http.IncomingMessage, response: http.ServerResponse) => void;
const received: http.IncomingHttpHeaders[] = [];

beforeEach(async () => {
  received.length = 0;
  server = http.createServer((request, response) => {
    received.push(request.headers);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  call = makeCaller('rasa', { reach: anywhere });
});

afterEach(async () => {
  call.close();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});

async function failed(promise: Promise<unknown>): Promise<ApiFailure> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ApiFailure) return error;
  throw new Error(`no ApiFailure but ${String(error)}`);
}

const get = (more: Partial<Parameters<Caller>[0]> = {}) => call({ method: 'GET', url, timeoutMs: 2_000, ...more });

test('any status is an answer, with its headers and its text as it came', async () => {
  answer = (_request, response) => void response.writeHead(418, { 'X-Kind': 'pot' }).end('{"a": 1}');
  expect(await get()).toMatchObject({ status: 418, text: '{"a": 1}', headers: { 'x-kind': 'pot' } });
});

test('a redirect is an answer and is not followed', async () => {
  answer = (_request, response) => void response.writeHead(302, { location: '/elsewhere' }).end();
  expect((await get({ headers: { authorization: 'Bearer x' } })).status).toBe(302);
  expect(received).toHaveLength(1);
});

test('cookies are not kept', async () => {
  answer = (_request, response) => void response.writeHead(200, { 'set-cookie': 'JSESSIONID=1' }).end('{}');
  await get();
  await get();
  expect(received.map((headers) => headers.cookie)).toEqual([undefined, undefined]);
});

test('the environment names no proxy for it', async () => {
  const before = process.env.http_proxy;
  process.env.http_proxy = 'http://127.0.0.1:1';
  answer = (_request, response) => void response.end('{}');
  expect((await get()).status).toBe(200);
  if (before === undefined) delete process.env.http_proxy;
  else process.env.http_proxy = before;
});

test('a far side that never answers has a deadline, and the outcome is in doubt', async () => {
  answer = () => {};
  expect(await failed(get({ timeoutMs: 150 }))).toMatchObject({ kind: 'unreachable', certain: false });
});

test('the deadline is one of the whole answer: a byte now and then does not move it', async () => {
  answer = (_request, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(drip));
  };
  const started = Date.now();
  await failed(get({ timeoutMs: 200 }));
  expect(Date.now() - started).toBeLessThan(1_500);
});

test('an answer without end is cut off', async () => {
  answer = (_request, response) => void response.end('x'.repeat(10_000));
  expect(await failed(get({ maxBytes: 1_000 }))).toMatchObject({ kind: 'unreachable', certain: false });
});

test('a connection that was refused is certain, one that was reset is not', async () => {
  expect(await failed(get({ url: 'http://127.0.0.1:1' }))).toMatchObject({ kind: 'unreachable', certain: true });
  expect(await failed(get({ url: 'http://name.invalid' }))).toMatchObject({ kind: 'unreachable', certain: true });
  answer = (request) => request.socket.destroy();
  expect(await failed(get({ method: 'POST', body: { a: 1 } }))).toMatchObject({ kind: 'unreachable', certain: false });
});

test('no failure says what was sent, where to, or with which token', async () => {
  answer = (request) => request.socket.destroy();
  const headers = { authorization: 'Bearer hush-token' };
  const failure = await failed(get({ method: 'POST', body: { message: 'hush-words' }, headers }));
  expect(failure.message).not.toMatch(/hush|127\.0\.0\.1/);
});

function answered(status: number, headers: Record<string, string> = {}, text = ''): Answer {
  return { status, headers, text };
}

test.each([
  [302, 'unauthorized', true],
  [400, 'rejected', true],
  [401, 'unauthorized', true],
  [403, 'refused', true],
  [404, 'not_found', true],
  [408, 'unreachable', false],
  [409, 'conflict', true],
  [412, 'unreachable', true],
  [413, 'too_large', true],
  [429, 'throttled', true],
  [500, 'unreachable', false],
  [502, 'unreachable', false],
  [503, 'unreachable', false],
  [504, 'unreachable', false],
])('status %i means %s; certain that nothing happened: %s', (status, kind, certain) => {
  expect(failureOfStatus('teams', answered(status), 'a call')).toMatchObject({ kind, certain, status });
});

test("Retry-After is read as seconds and as a date, by the far side's own clock", () => {
  expect(retryAfter(answered(429, { 'retry-after': '2' }))).toBe(2_000);
  const headers = { date: 'Mon, 23 Nov 2026 10:00:00 GMT', 'retry-after': 'Mon, 23 Nov 2026 10:00:30 GMT' };
  expect(retryAfter(answered(429, headers))).toBe(30_000);
  expect(retryAfter(answered(429, { 'retry-after': 'soon' }))).toBeUndefined();
  expect(retryAfter(answered(429))).toBeUndefined();
});

test('what is no JSON, or has another shape, is malformed; the message names places, never content', () => {
  const shape = z.object({ deep: z.object({ id: z.string() }) });
  const read = (text: string) => () =>
    readJson('rasa', answered(200, { 'content-type': 'text/html' }, text), shape, 'asking');
  expect(read('<html>hush</html>')).toThrow(/asking was answered 200 with text\/html that is not JSON/);
  expect(read('{"deep":{"id":7}}')).toThrow(/another shape at deep\.id/);
  expect(read('{"deep":{"id":"x"}}')()).toEqual({ deep: { id: 'x' } });
});

test.each<[string, number]>([
  ['before it is made', 0],
  ['while its connection comes about', 1],
])(
  'a call that this process may not make any more %s is not made, and says nothing about the far side',
  async (_, after) => {
    answer = (_request, response) => void response.end('ok');
    const answers = [...Array<boolean>(after).fill(true), false, false];
    call.close();
    call = makeCaller('servicenow', { reach: anywhere, mayCall: () => answers.shift() ?? false });
    expect(await failed(get())).toMatchObject({ kind: 'unreachable', certain: true, heldBack: true });
    expect(received).toEqual([]);
  },
);
