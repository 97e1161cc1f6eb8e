import { createHmac } from 'node:crypto';
import { api, call, rasa, say, type Tracker, tracker } from './support/rasa';

const events = '/conversations/ann/tracker/events';

test('an unknown conversation is a fresh one, and is not kept by looking at it', async () => {
  const simulator = await rasa();
  const { status, body } = await api(simulator, 'GET', '/conversations/nobody/tracker');
  expect(status).toBe(200);
  expect((body as Tracker).events?.map(({ event }) => event)).toEqual(['action', 'session_started', 'action']);
  expect(simulator.tracker('nobody')).toBeUndefined();
});

test('a tracker has the shape of a tracker', async () => {
  const simulator = await rasa();
  await say(simulator, 'hello');
  expect(await tracker(simulator)).toEqual({
    sender_id: 'ann',
    slots: expect.objectContaining({ handoff_active: null }),
    latest_message: expect.objectContaining({
      text: 'hello',
      intent: { name: 'greet', confidence: 0.97 },
      entities: [],
    }),
    latest_event_time: expect.any(Number),
    followup_action: null,
    paused: false,
    events: expect.any(Array),
    latest_input_channel: 'rest',
    active_loop: {},
    latest_action: { action_name: 'action_listen' },
    latest_action_name: 'action_listen',
  });
});

test('times are seconds with a fraction, and grow', async () => {
  const simulator = await rasa();
  await say(simulator, 'hello');
  const times = (await tracker(simulator)).events?.map(({ timestamp }) => timestamp) ?? [];
  expect(times.every((time) => !Number.isInteger(time) && time < 1e11)).toBe(true);
  expect(times).toEqual([...times].sort((one, other) => one - other));
  expect(new Set(times).size).toBe(times.length);
});

test('ids in paths are taken as they are written', async () => {
  const simulator = await rasa();
  await say(simulator, 'hello', { sender: '29:1abc' });
  const encoded = await tracker(simulator, '29%3A1abc');
  expect(encoded.sender_id).toBe('29%3A1abc');
  expect(encoded.latest_message.text).toBeNull();
  expect((await tracker(simulator, '29:1abc')).latest_message.text).toBe('hello');
  expect((await tracker(simulator, 'a/b')).sender_id).toBe('a/b');
});

test('a proxy that decodes paths can be played', async () => {
  const simulator = await rasa({ decodePath: true });
  expect((await tracker(simulator, '29%3A1abc')).sender_id).toBe('29:1abc');
});

test('the events shown can be chosen, in any case', async () => {
  const simulator = await rasa();
  await say(simulator, 'hello');
  await say(simulator, '/restart');
  await say(simulator, 'hello');
  const count = async (query: string) => (await tracker(simulator, 'ann', query)).events?.length;
  expect((await tracker(simulator, 'ann', '?include_events=none')).events).toBeNull();
  const [all = 0, after = 0, applied = 0] = await Promise.all(
    ['All', 'AFTER_RESTART', 'applied'].map((which) => count(`?include_events=${which}`)),
  );
  expect([all > after, after > applied, after]).toEqual([true, true, await count('')]);
  expect((await api(simulator, 'GET', '/conversations/ann/tracker?include_events=some')).status).toBe(400);
});

test('a tracker can be seen as it was', async () => {
  const simulator = await rasa();
  await say(simulator, 'hello');
  const { latest_event_time: then } = await tracker(simulator);
  await simulator.advance(1000);
  await say(simulator, 'buttons');
  expect((await tracker(simulator, 'ann', `?until=${then}`)).latest_message.text).toBe('hello');
});

test('what was taken back does not count', async () => {
  const simulator = await rasa();
  await say(simulator, 'hello');
  await say(simulator, 'buttons');
  await api(simulator, 'POST', events, { event: 'rewind' });
  const { latest_message: message } = await tracker(simulator);
  expect(message.text).toBe('hello');
});

describe('writing events', () => {
  test('one event or several are taken, and the state comes back', async () => {
    const simulator = await rasa();
    const one = await api(simulator, 'POST', events, { event: 'slot', name: 'live_chat_id', value: 'c1' });
    expect(one.body).toMatchObject({ slots: { live_chat_id: 'c1' } });
    const two = await api(simulator, 'POST', events, [
      { event: 'pause', timestamp: null, metadata: null },
      { event: 'agent', text: 'hello', data: { name: 'Jo' } },
    ]);
    expect(two.body).toMatchObject({ paused: true });
    expect((two.body as Tracker).events?.at(0)?.event).toBe('action');
    expect((two.body as Tracker).events?.at(-1)).toMatchObject({ event: 'agent', text: 'hello', data: { name: 'Jo' } });
  });

  test('a slot that is not declared is stored as an event and has no value', async () => {
    const simulator = await rasa({ declaredSlots: [] });
    const { status, body } = await api(simulator, 'POST', events, {
      event: 'slot',
      name: 'handoff_active',
      value: true,
    });
    expect(status).toBe(200);
    expect((body as Tracker).slots).not.toHaveProperty('handoff_active');
    expect((body as Tracker).events?.at(-1)).toMatchObject({ event: 'slot', name: 'handoff_active', value: true });
  });

  test.each([
    ['an unknown event', { event: 'party' }],
    ['no event name', { name: 'x', value: 1 }],
    ['a slot without a value', { event: 'slot', name: 'x' }],
    ['a slot without a name', { event: 'slot', value: 1 }],
    ['a time that is no number', { event: 'pause', timestamp: 'now' }],
    ['metadata that is no object', { event: 'pause', metadata: 'm' }],
    ['a followup without a name', { event: 'followup' }],
    ['an empty list', []],
    ['something else', 'pause'],
    ['one bad event among good ones', [{ event: 'pause' }, { event: 'party' }]],
  ])('%s is refused, and nothing is kept', async (_, body) => {
    const simulator = await rasa();
    const reply = await api(simulator, 'POST', events, body);
    expect([reply.status, reply.body]).toEqual([400, expect.objectContaining({ reason: 'BadRequest', code: 400 })]);
    expect(simulator.tracker('ann')).toBeUndefined();
  });

  test('a PUT replaces the conversation', async () => {
    const simulator = await rasa();
    await say(simulator, 'hello');
    await api(simulator, 'PUT', events, [{ event: 'pause' }]);
    expect((await tracker(simulator)).events?.map(({ event }) => event)).toEqual(['pause']);
  });
});

describe('the other calls', () => {
  test('a message can be logged without an answer', async () => {
    const simulator = await rasa();
    const body = { text: 'hello', sender: 'user', parse_data: { intent: { name: 'out_of_scope', confidence: 1 } } };
    const logged = await api(simulator, 'POST', '/conversations/ann/messages', body);
    expect(logged.body).toMatchObject({ latest_message: { text: 'hello', intent: { name: 'out_of_scope' } } });
    expect((logged.body as Tracker).events?.some(({ event }) => event === 'bot')).toBe(false);
    expect((await api(simulator, 'POST', '/conversations/ann/messages', { ...body, sender: 'bot' })).status).toBe(400);
  });

  test('an intent from outside is answered, unless the bot is paused', async () => {
    const simulator = await rasa();
    const path = '/conversations/ann/trigger_intent';
    const { body } = await api(simulator, 'POST', path, { name: 'greet' });
    expect(body).toMatchObject({ messages: [{ recipient_id: 'ann', text: 'Hello! How can I help?' }] });
    const user = (body as { tracker: Tracker }).tracker.events?.find(({ event }) => event === 'user');
    expect(user).toMatchObject({ text: 'EXTERNAL: greet', metadata: { is_external: true } });
    await api(simulator, 'POST', events, { event: 'pause' });
    expect((await api(simulator, 'POST', path, { name: 'greet' })).body).toMatchObject({ messages: [] });
  });

  test('an unknown intent is 404, a missing name 400', async () => {
    const simulator = await rasa();
    const path = '/conversations/ann/trigger_intent';
    const unknown = await api(simulator, 'POST', path, { name: 'fly' });
    expect([unknown.status, unknown.body]).toEqual([404, expect.objectContaining({ reason: 'NotFound' })]);
    expect((await api(simulator, 'POST', path, {})).status).toBe(400);
  });

  test('an action can be executed in a paused conversation, not in one that does not exist', async () => {
    const simulator = await rasa();
    const path = '/conversations/ann/execute';
    expect((await api(simulator, 'POST', path, { name: 'utter_greet' })).status).toBe(404);
    await api(simulator, 'POST', events, { event: 'pause' });
    const { body } = await api(simulator, 'POST', path, { name: 'utter_greet' });
    expect(body).toMatchObject({ messages: [{ text: 'Hello! How can I help?' }] });
    const unknown = await api(simulator, 'POST', path, { name: 'action_fly' });
    expect([unknown.status, unknown.body]).toEqual([500, expect.objectContaining({ reason: 'ConversationError' })]);
  });

  test('a conversation can be read as a story', async () => {
    const simulator = await rasa();
    expect((await api(simulator, 'GET', '/conversations/ann/story')).status).toBe(404);
    await say(simulator, 'hello');
    const { text } = await api(simulator, 'GET', '/conversations/ann/story');
    expect(text).toContain('- intent: greet');
    expect(text).toContain('- action: utter_greet');
  });

  test('a text can be parsed without a conversation', async () => {
    const simulator = await rasa();
    const { body } = await api(simulator, 'POST', '/model/parse', { text: '/choose@0.8{"option": "x"}' });
    const entities = [{ entity: 'option', value: 'x' }];
    expect(body).toMatchObject({ intent: { name: 'choose', confidence: 0.8 }, entities });
    const odd = await api(simulator, 'POST', '/model/parse', { text: '/choose{"option": }' });
    expect(odd.body).toMatchObject({ intent: { name: 'choose' }, entities: [] });
    const words = await api(simulator, 'POST', '/model/parse', { text: '/fly hello' });
    expect(words.body).toMatchObject({ intent: { name: 'greet' } });
  });

  test('status, version and health', async () => {
    const simulator = await rasa();
    expect((await api(simulator, 'GET', '/')).text).toBe('Hello from Rasa: 3.6.21');
    expect((await api(simulator, 'GET', '/webhooks/rest/')).body).toEqual({ status: 'ok' });
    expect((await api(simulator, 'GET', '/webhooks/rest')).body).toEqual({ status: 'ok' });
    expect((await api(simulator, 'GET', '/version')).body).toMatchObject({ version: '3.6.21' });
    const status = await api(simulator, 'GET', '/status');
    expect(status.body).toMatchObject({ model_id: expect.any(String), num_active_training_jobs: 0 });
  });
});

test('without the API all of it is 404, and REST works', async () => {
  const simulator = await rasa({ enableApi: false });
  for (const path of ['/conversations/ann/tracker', '/status', '/version']) {
    expect((await api(simulator, 'GET', path)).body).toMatchObject({ description: 'Not Found', status: 404 });
  }
  expect(await say(simulator, 'hello')).toHaveLength(1);
});

test('without a model the API says so', async () => {
  const simulator = await rasa({ modelLoaded: false });
  for (const path of ['/conversations/ann/tracker', '/status']) {
    const { status, body } = await api(simulator, 'GET', path);
    expect([status, body]).toEqual([409, expect.objectContaining({ reason: 'Conflict', status: 'failure' })]);
  }
});

describe('keys', () => {
  const path = '/conversations/ann/tracker';

  test('a token guards the API and leaves the channels open', async () => {
    const simulator = await rasa({ authToken: 'sesame' });
    const { status, body } = await api(simulator, 'GET', path);
    expect([status, body]).toEqual([401, expect.objectContaining({ reason: 'NotAuthenticated', code: 401 })]);
    expect((await api(simulator, 'GET', `${path}?token=wrong`)).status).toBe(401);
    expect((await api(simulator, 'GET', `${path}?token=sesame`)).status).toBe(200);
    expect((await api(simulator, 'GET', '/version')).status).toBe(200);
    expect((await api(simulator, 'GET', '/status')).status).toBe(401);
    expect(await say(simulator, 'hello')).toHaveLength(1);
  });

  test.each([
    ['an administrator opens all', { username: 'eve', role: 'admin' }, 's3', 200],
    ['a user opens their own conversation', { username: 'ann', role: 'user' }, 's3', 200],
    ['a user does not open that of others', { username: 'eve', role: 'user' }, 's3', 403],
    ['a false signature opens nothing', { username: 'ann', role: 'admin' }, 'other', 401],
  ])('with a signed token %s', async (_, user, secret, expected) => {
    const simulator = await rasa({ jwtSecret: 's3' });
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ user })}`;
    const signature = createHmac('sha256', secret).update(signed).digest('base64url');
    const headers = { authorization: `Bearer ${signed}.${signature}` };
    expect((await call(`${simulator.url}${path}`, 'GET', undefined, { headers })).status).toBe(expected);
  });
});

test('the domain says what the bot knows and says', async () => {
  const simulator = await rasa({ preset: 'calm', declaredIntents: ['EXTERNAL_live_chat_ended'] });
  simulator.script([
    {
      when: { intent: 'ask' },
      action: 'utter_agent',
      reply: [{ text: 'One moment.', custom: { handoff: true }, afterMs: 5 }],
    },
    { when: { intent: 'order' }, action: 'action_order', reply: [{ text: 'Ordered.' }] },
  ]);
  const json = { headers: { accept: 'application/json' } };
  const domain = () => call(`${simulator.url}/domain`, 'GET', undefined, json);
  const { status, body } = await domain();
  expect(status).toBe(200);
  expect(body).toMatchObject({
    intents: expect.arrayContaining(['ask', 'order', 'EXTERNAL_live_chat_ended']),
    responses: { utter_agent: [{ text: 'One moment.', custom: { handoff: true } }] },
    actions: expect.arrayContaining(['action_order']),
    slots: { session_started_metadata: { type: 'any' } },
  });
  simulator.modelLoaded(false);
  expect((await domain()).status).toBe(409);
  simulator.modelLoaded(true);
  expect((await api(simulator, 'GET', '/domain')).status).toBe(406);
});
