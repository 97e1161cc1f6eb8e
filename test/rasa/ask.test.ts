import { senderFor } from '../../src/rasa/sender';
import { assistantFor, context, failureOf, key, type Reaction, startServer, turnOf } from './rasa-side';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function rasa(react: Parameters<typeof startServer>[0], options: Parameters<typeof assistantFor>[1] = {}) {
  const server = await startServer(react);
  const side = assistantFor(server.url, options);
  closers.push(server.close, () => side.assistant.close());
  return { ...side, received: server.received };
}

describe('a turn on the wire', () => {
  test('is one request with sender, words and what its records need, and no name', async () => {
    const { assistant, received } = await rasa(() => ({ json: [{ text: 'hi' }] }));
    expect(await assistant.ask(turnOf('hello'), context)).toEqual({ items: [{ text: 'hi' }] });
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ method: 'POST', path: '/webhooks/rest/webhook' });
    expect(received[0]?.headers['content-type']).toBe('application/json');
    expect(received[0]?.body).toEqual({
      sender: senderFor(key),
      message: 'hello',
      metadata: {
        channel: 'msteams',
        tenant_id: 'tenant',
        aad_object_id: 'aad-1',
        locale: 'de-DE',
        conversation_type: 'personal',
        activity_id: 'activity-1',
      },
    });
    expect(JSON.stringify(received[0]?.body)).not.toMatch(/Ada|example/);
  });

  test('carries the token in the address and the headers that the admin named', async () => {
    const options = { token: 's3cr&t/=', headers: { 'x-api-key': 'k', Authorization: 'Bearer j' } };
    const { assistant, received, lines } = await rasa(() => ({ json: [] }), options);
    await assistant.ask(turnOf('hello'), context);
    expect(received[0]?.query.get('token')).toBe('s3cr&t/=');
    expect(received[0]?.headers).toMatchObject({ 'x-api-key': 'k', authorization: 'Bearer j' });
    expect(lines.join()).not.toContain('s3cr');
  });

  test('keeps a path and a query of the base address', async () => {
    const server = await startServer(() => ({ json: [] }));
    const { assistant } = assistantFor(`${server.url}/gateway/rasa/?tenant=7#part`, { token: 't' });
    closers.push(server.close, () => assistant.close());
    await assistant.ask(turnOf('hello'), context);
    expect(server.received[0]?.path).toBe('/gateway/rasa/webhooks/rest/webhook');
    expect([...(server.received[0]?.query ?? [])]).toEqual([
      ['tenant', '7'],
      ['token', 't'],
    ]);
  });

  test('says a typed slash without it, and a button as it is', async () => {
    const { assistant, received } = await rasa(() => ({ json: [] }));
    await assistant.ask(turnOf('/trigger_handoff'), context);
    await assistant.ask(turnOf('Yes', { payload: '/affirm{"a":"b"}' }), context);
    await assistant.ask(turnOf(' /Restart'), context);
    const said = received.map(({ body }) => (body as { message: string }).message);
    expect(said).toEqual(['trigger_handoff', '/affirm{"a":"b"}', '/restart']);
  });

  test("can go out under the user's own id", async () => {
    const { assistant, received } = await rasa(() => ({ json: [] }), { senderFrom: 'from.id' });
    await assistant.ask(turnOf('hello'), context);
    expect(received[0]?.body).toMatchObject({ sender: '29:user' });
  });
});

describe('an answer', () => {
  test('S1: that holds a trigger is a hand-off, and its words are there to be shown first', async () => {
    const json = [{ text: 'One moment.' }, { custom: { handoff: { queue: 'it_support', reason: 'asked' } } }];
    const { assistant, lines } = await rasa(() => ({ json }));
    expect(await assistant.ask(turnOf('talk to live agent'), context)).toEqual({
      items: [{ text: 'One moment.' }],
      handoff: { queue: 'it_support', reason: 'asked' },
    });
    expect(lines).toEqual(['handoff_triggered {"correlation":"c-1","form":"payload"}']);
  });

  test('to /restart never is a hand-off, though its trigger is hidden', async () => {
    const json = [{ text: 'Starting over.' }, { custom: { handoff: true } }];
    const { assistant } = await rasa(() => ({ json }));
    expect(await assistant.ask(turnOf('/restart'), context)).toEqual({ items: [{ text: 'Starting over.' }] });
    const clicked = turnOf('Again', { payload: '/restart' });
    expect(await assistant.ask(clicked, context)).toEqual({ items: [{ text: 'Starting over.' }] });
  });

  test('may be empty', async () => {
    const { assistant } = await rasa(() => ({ json: [] }));
    expect(await assistant.ask(turnOf('hello'), context)).toEqual({ items: [] });
  });

  test('keeps what it does not know for the one who renders', async () => {
    const custom = { chart: { points: [1, 2] } };
    const { assistant } = await rasa(() => ({ json: [{ custom }] }));
    expect(await assistant.ask(turnOf('hello'), context)).toEqual({ items: [{ custom }] });
  });

  test('without end is cut, which the log tells, but its trigger counts (row 35)', async () => {
    const json = [...Array.from({ length: 60 }, (_, n) => ({ text: `${n}` })), { text: 'handoff_to_human' }];
    const { assistant, lines } = await rasa(() => ({ json }));
    const { items, handoff } = await assistant.ask(turnOf('hello'), context);
    expect(items).toHaveLength(50);
    expect(items[49]).toEqual({ text: '49' });
    expect(handoff).toEqual({});
    expect(lines[0]).toBe('rasa_answer_cut {"correlation":"c-1","items":60}');
  });

  test('whose type is not JSON is read if it is', async () => {
    const reaction = { text: '[{"recipient_id":"x","text":"a\\/b"}]', headers: { 'content-type': 'text/plain' } };
    const { assistant } = await rasa(() => reaction);
    expect(await assistant.ask(turnOf('hello'), context)).toEqual({ items: [{ text: 'a/b' }] });
  });
});

const page = '<html><head><meta name="description" content="status"></head><body>Bad gateway</body></html>';
const ownError = (status: number) => ({ status, json: { description: 'Error', status, message: 'secret words' } });
const apiError = { version: '3.6.21', status: 'failure', message: 'No agent loaded.', reason: 'Conflict', code: 409 };

describe('what went wrong is told apart', () => {
  test.each<[string, Reaction, string, boolean]>([
    ['its own 400', ownError(400), 'rejected', true],
    ['401', { status: 401, json: {} }, 'unauthorized', true],
    ['403', { status: 403, text: page }, 'refused', true],
    ['404', ownError(404), 'not_found', true],
    ['405', ownError(405), 'rejected', true],
    ['409, no model', { status: 409, json: apiError }, 'conflict', true],
    ['413', ownError(413), 'too_large', true],
    ['429', { status: 429, text: 'slow down' }, 'throttled', true],
    ['its own 500', ownError(500), 'unreachable', false],
    ['502 of a proxy', { status: 502, text: page }, 'unreachable', true],
    ['503 of a proxy', { status: 503, text: page }, 'unreachable', true],
    ['503 of a gateway', { status: 503, json: { message: 'Service Unavailable' } }, 'unreachable', true],
    ['its own 503', ownError(503), 'unreachable', false],
    ['504 of a proxy', { status: 504, text: page }, 'unreachable', false],
    ['a redirect', { status: 302, headers: { location: 'https://login.example' }, text: '' }, 'unauthorized', true],
    ['a page where JSON was due', { text: page, headers: { 'content-type': 'text/html' } }, 'malformed', false],
    ['no body', { status: 204, text: '' }, 'malformed', false],
    ['JSON that was cut off', { text: '[{"text":"secret' }, 'malformed', false],
    ['an object that is no message', { json: { ok: 'secret words' } }, 'malformed', false],
    ['a reset', 'reset', 'unreachable', false],
    ['an answer without end', { text: `["${'x'.repeat(5_100_000)}"]` }, 'unreachable', false],
  ])('%s', async (_what, reaction, kind, certain) => {
    const { assistant, received, lines } = await rasa(() => reaction, { token: 's3cret' });
    const failure = await failureOf(assistant.ask(turnOf('my words'), context));
    expect(failure).toMatchObject({ upstream: 'rasa', kind, certain });
    expect(received).toHaveLength(1);
    expect(`${failure.message} ${lines.join()}`).not.toMatch(/secret|s3cret|my words/);
  });

  test('a proxy that says when to come again is heard', async () => {
    const { assistant } = await rasa(() => ({ status: 503, headers: { 'retry-after': '7' }, text: page }));
    expect(await failureOf(assistant.ask(turnOf('hello'), context))).toMatchObject({
      retryAfterMs: 7_000,
      certain: true,
    });
  });

  test('silence past the deadline leaves the outcome open', async () => {
    const { assistant } = await rasa(() => 'silence', { timeoutMs: 50 });
    const failure = await failureOf(assistant.ask(turnOf('hello'), context));
    expect(failure).toMatchObject({ kind: 'unreachable', certain: false });
  });

  test('a server that is not there was certainly not asked', async () => {
    const server = await startServer(() => 'silence');
    await server.close();
    const { assistant } = assistantFor(server.url);
    closers.push(() => assistant.close());
    expect(await failureOf(assistant.ask(turnOf('hello'), context))).toMatchObject({
      kind: 'unreachable',
      certain: true,
    });
  });

  test('an address that is none is a fault from the start', () => {
    expect(() => assistantFor('rasa')).toThrow('Invalid URL');
  });
});
