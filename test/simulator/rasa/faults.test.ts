import { connect } from 'node:net';
import { frozenClock } from '../../../src/simulator/rasa/clock';
import type { FaultRuleInput } from '../../../src/simulator/rasa/faults/fault';
import type { RasaSimulator } from '../../../src/simulator/rasa/simulator';
import { api, arrived, post, rasa, say, type Tracker, tracker, turns, until, watched } from './support/rasa';

type FaultInput = FaultRuleInput['fault'];

/** A Rasa that does this to every REST message. */
async function spoilt(fault: FaultInput, options: Parameters<typeof rasa>[0] = {}): Promise<RasaSimulator> {
  const simulator = await rasa(options);
  simulator.faults([{ fault }]);
  return simulator;
}

const userTexts = (simulator: RasaSimulator) =>
  ((simulator.tracker('ann')?.events ?? []) as { event: string; text: string }[])
    .filter(({ event }) => event === 'user')
    .map(({ text }) => text);

describe('late and never', () => {
  test('an answer can be late, by a fixed time and some more', async () => {
    const simulator = await spoilt({ kind: 'delay', ms: 5000, jitterMs: 100 });
    const answer = watched(say(simulator, 'hello'));
    await arrived(simulator, 1);
    await simulator.advance(4999);
    expect(answer.done()).toBe(false);
    await simulator.advance(101);
    expect(await answer.promise).toHaveLength(1);
  });

  test('a request can be taken and never answered', async () => {
    const simulator = await spoilt({ kind: 'hang' });
    const leaving = new AbortController();
    const answer = watched(post(simulator, { message: 'hello' }, { signal: leaving.signal }));
    await arrived(simulator, 1);
    await simulator.advance(4_000_000);
    await turns(5);
    expect(answer.done()).toBe(false);
    leaving.abort();
    await expect(answer.promise).rejects.toThrow('abort');
    await until(() => simulator.requests()[0]?.outcome === 'broken');
  });

  test('an answer can trickle in', async () => {
    const simulator = await spoilt({ kind: 'drip', bytesPerSecond: 1 });
    const answer = watched(say(simulator, 'quiet'));
    await arrived(simulator, 1);
    await simulator.advance(999);
    await turns(5);
    expect(answer.done()).toBe(false);
    await simulator.advance(1);
    expect(await answer.promise).toEqual([]);
  });
});

describe('lost connections', () => {
  test.each([
    ['before the body is read', 'unread', '', false],
    ['after it is read', 'read', expect.stringContaining('hello'), false],
    ['in the middle of the answer', 'midway', expect.stringContaining('hello'), true],
  ] as const)('a connection can be reset %s', async (_, when, body, processed) => {
    const simulator = await spoilt({ kind: 'reset', when });
    await expect(post(simulator, { message: 'hello' })).rejects.toThrow();
    await until(() => simulator.requests()[0]?.outcome === 'broken');
    expect(simulator.requests()[0]).toMatchObject({ body, processed, faults: ['reset'] });
  });

  test.each([true, false])('an answer can be lost when the turn was kept: %p', async (processed) => {
    const simulator = await spoilt({ kind: 'lost', processed });
    await expect(say(simulator, 'hello')).rejects.toThrow();
    expect(userTexts(simulator)).toEqual(processed ? ['hello'] : []);
  });

  test('an answer can fail to come although the turn was kept', async () => {
    const simulator = await spoilt({ kind: 'lost', processed: true, how: 'never' });
    const leaving = new AbortController();
    const answer = watched(post(simulator, { sender: 'ann', message: 'hello' }, { signal: leaving.signal }));
    await arrived(simulator, 1);
    expect([answer.done(), userTexts(simulator)]).toEqual([false, ['hello']]);
    leaving.abort();
    await expect(answer.promise).rejects.toThrow('abort');
  });

  test('a kept connection can be closed without a word', async () => {
    const simulator = await spoilt({ kind: 'close idle', afterMs: 5000 });
    const socket = connect(simulator.port, '127.0.0.1');
    const received: string[] = [];
    socket.setEncoding('utf8').on('data', (text: string) => received.push(text));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write('POST /webhooks/rest/webhook HTTP/1.1\r\nhost: x\r\ncontent-length: 17\r\n\r\n{"message":"hi!"}');
    await until(() => received.join('').includes('How can I help?'));
    expect(received.join('')).toMatch(/connection: keep-alive/i);
    await turns(10);
    expect(socket.readyState).toBe('open');
    await simulator.advance(5000);
    await closed;
  });

  test('the process can die and come back without its conversations', async () => {
    const simulator = await rasa();
    await say(simulator, 'hello');
    simulator.faults([{ index: 0, fault: { kind: 'restart' } }]);
    await expect(say(simulator, 'hello')).rejects.toThrow();
    await until(() => simulator.tracker('ann') === undefined);
    let back: unknown;
    while (back === undefined) back = await say(simulator, 'hello').catch(() => undefined);
    expect(userTexts(simulator)).toEqual(['hello']);
  });
});

describe('wrong answers', () => {
  test('an error of the server is its own JSON', async () => {
    const reply = await post(await spoilt({ kind: 'status', status: 500 }), { message: 'hello' });
    expect([reply.status, reply.body]).toEqual([
      500,
      expect.objectContaining({ description: 'Internal Server Error' }),
    ]);
  });

  test.each([502, 503, 504])('a proxy answers %p with a page', async (status) => {
    const reply = await post(await spoilt({ kind: 'status', status }), { message: 'hello' });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([status, 'text/html']);
    expect(reply.text).toContain('<html>');
  });

  test('a limit says when to come back', async () => {
    const reply = await post(await spoilt({ kind: 'status', status: 429, retryAfterSec: 7 }), { message: 'hello' });
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '7']);
  });

  test.each([true, false])('an empty list can come whether the turn was kept or not: %p', async (processed) => {
    const simulator = await spoilt({ kind: 'empty', processed });
    expect(await say(simulator, 'hello')).toEqual([]);
    expect(userTexts(simulator)).toEqual(processed ? ['hello'] : []);
  });

  test('only the first messages may arrive', async () => {
    const simulator = await spoilt({ kind: 'partial', keep: 3 });
    expect(await say(simulator, 'long')).toHaveLength(3);
    expect(userTexts(simulator)).toEqual(['long']);
  });

  test('somebody else may answer with a login page', async () => {
    const reply = await post(await spoilt({ kind: 'html' }), { message: 'hello' });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/html']);
    expect(reply.body).toBeUndefined();
  });

  const hello = 'Hello! How can I help?';
  test.each([
    ['object', { messages: [{ recipient_id: 'ann', text: hello }] }],
    ['null text', [{ recipient_id: 'ann', text: null }]],
    ['number text', [{ recipient_id: 'ann', text: 42 }]],
    ['no recipient', [{ text: hello }]],
    ['unknown keys', [{ recipient_id: 'ann', text: hello, mood: 'bright', nested: expect.anything() }]],
  ] as const)('the JSON can be of another shape: %s', async (shape, expected) => {
    const simulator = await spoilt({ kind: 'shape', shape });
    expect((await post(simulator, { sender: 'ann', message: 'hello' })).body).toEqual(expected);
  });

  test('the answer can be huge', async () => {
    const reply = await post(await spoilt({ kind: 'shape', shape: 'huge' }), { message: 'hello' });
    expect(reply.text.length).toBeGreaterThan(5_000_000);
  });

  test('the JSON can stop in the middle', async () => {
    const reply = await post(await spoilt({ kind: 'truncated' }), { message: 'hello' });
    expect([reply.status, reply.body]).toEqual([200, undefined]);
    expect(reply.text).toMatch(/^\[\{"recipient_id"/);
  });

  test('the content type can be wrong', async () => {
    const reply = await post(await spoilt({ kind: 'content type' }), { message: 'hello' });
    expect([reply.headers.get('content-type'), reply.body]).toEqual(['text/plain', expect.any(Array)]);
  });

  test('the answer can point elsewhere', async () => {
    const to = 'http://elsewhere.example/';
    const reply = await post(await spoilt({ kind: 'redirect', status: 301, to }), { message: 'hello' });
    expect([reply.status, reply.headers.get('location')]).toEqual([301, to]);
  });

  test.each([
    ['twice', ['text', 'custom', 'custom']],
    ['alone', ['custom']],
    ['first', ['custom', 'text']],
  ] as const)('the wish for a hand-off can come %s', async (how, expected) => {
    const simulator = await spoilt({ kind: 'trigger', how });
    const items = (await say(simulator, 'talk to live agent')) as object[];
    expect(items.flatMap((item) => Object.keys(item))).toEqual(expected);
  });
});

describe('wrong doings', () => {
  test('a message can be handled twice', async () => {
    const simulator = await spoilt({ kind: 'twice' });
    expect(await say(simulator, 'hello')).toHaveLength(1);
    expect(userTexts(simulator)).toEqual(['hello', 'hello']);
  });

  test('a lock can be held by nobody for a while', async () => {
    const simulator = await rasa();
    simulator.faults([{ index: 0, fault: { kind: 'lock stall', ms: 10_000 } }]);
    const answer = watched(say(simulator, 'hello'));
    await arrived(simulator, 1);
    await simulator.advance(9500);
    expect(answer.done()).toBe(false);
    await simulator.advance(1000);
    expect(await answer.promise).toHaveLength(1);
  });

  test('slots can cease to be declared', async () => {
    const simulator = await spoilt({ kind: 'undeclared slots', slots: ['handoff_active'] });
    await say(simulator, 'hello');
    const set = { event: 'slot', name: 'handoff_active', value: true };
    const { body } = await api(simulator, 'POST', '/conversations/ann/tracker/events', set);
    expect((body as Tracker).slots).not.toHaveProperty('handoff_active');
    expect((body as Tracker).slots).toHaveProperty('live_chat_id', null);
  });

  test('the model can be away for a while', async () => {
    const simulator = await rasa();
    simulator.faults([{ index: 0, fault: { kind: 'model reload', ms: 10_000 } }]);
    expect(await say(simulator, 'hello')).toEqual([]);
    expect((await api(simulator, 'GET', '/status')).status).toBe(409);
    await simulator.advance(10_000);
    expect(await say(simulator, 'hello')).toHaveLength(1);
    expect((await api(simulator, 'GET', '/status')).status).toBe(200);
  });

  test.each([-300_000, 300_000])('the clock in events can be off by %p ms', async (ms) => {
    const clock = frozenClock();
    const simulator = await spoilt({ kind: 'clock skew', ms }, { clock });
    await say(simulator, 'hello');
    expect((await tracker(simulator)).latest_event_time).toBeCloseTo((clock.now() + ms) / 1000, 1);
  });

  test('the session can run out during a hand-off', async () => {
    const simulator = await rasa();
    await say(simulator, 'hello');
    const set = { event: 'slot', name: 'handoff_active', value: true };
    await api(simulator, 'POST', '/conversations/ann/tracker/events', [set, { event: 'pause' }]);
    simulator.faults([{ fault: { kind: 'session expiry' } }]);
    expect(await say(simulator, 'hello')).toHaveLength(1);
    expect(await tracker(simulator)).toMatchObject({ paused: false, slots: { handoff_active: true } });
  });
});

describe('which requests a fault strikes', () => {
  const outcomes = async (simulator: RasaSimulator, count: number, sender = 'ann') => {
    const statuses: number[] = [];
    for (let at = 0; at < count; at += 1) {
      statuses.push((await post(simulator, { sender, message: 'hello' })).status);
    }
    return statuses;
  };
  const unavailable = { kind: 'status', status: 503 } as const;

  test('those of an index', async () => {
    const simulator = await rasa();
    simulator.faults([{ index: [0, 2], fault: unavailable }]);
    expect(await outcomes(simulator, 4)).toEqual([503, 200, 503, 200]);
  });

  test('those of a sender', async () => {
    const simulator = await rasa();
    simulator.faults([{ sender: 'bob', index: 0, fault: unavailable }]);
    expect(await outcomes(simulator, 2)).toEqual([200, 200]);
    expect(await outcomes(simulator, 2, 'bob')).toEqual([503, 200]);
  });

  test('a share of them, the same for the same seed', async () => {
    const simulator = await rasa();
    const run = async (seed: number) => {
      simulator.faults([{ probability: 0.5, seed, fault: unavailable }]);
      return outcomes(simulator, 12);
    };
    const first = await run(7);
    expect(new Set(first).size).toBe(2);
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
  });

  test.each([
    [401, 'NotAuthenticated'],
    [403, 'NotAuthorized'],
    [404, 'NotFound'],
    [409, 'Conflict'],
    [500, 'ConversationError'],
  ])('those of the API alone: %p in its own shape', async (status, reason) => {
    const simulator = await rasa();
    simulator.faults([{ area: 'api', pathEnd: '/tracker', fault: { kind: 'status', status } }]);
    const reply = await api(simulator, 'GET', '/conversations/ann/tracker');
    expect([reply.status, reply.body]).toEqual([status, expect.objectContaining({ reason, code: status })]);
    const write = await api(simulator, 'POST', '/conversations/ann/tracker/events', { event: 'pause' });
    expect(write.status).toBe(200);
  });
});
