import { frozenClock } from '../../../src/simulator/rasa/clock';
import { arrived, call, post, rasa, say, tracker } from './support/rasa';

describe('what REST reads', () => {
  test('who does not say who they are shares the conversation "default"', async () => {
    const simulator = await rasa();
    await post(simulator, { message: 'hello' });
    const { body } = await post(simulator, { sender: null, message: 'hello' });
    expect(body).toEqual([{ recipient_id: 'default', text: 'Hello! How can I help?' }]);
    expect((await tracker(simulator, 'default')).events?.filter(({ event }) => event === 'user')).toHaveLength(2);
  });

  test.each([
    [12, '12'],
    [true, 'True'],
    ['', ''],
    ['29:1a/b', '29:1a/b'],
  ])('the sender %p becomes the text %p', async (sender, recipient) => {
    const simulator = await rasa();
    const { body } = await post(simulator, { sender, message: 'hello' });
    expect(body).toEqual([{ recipient_id: recipient, text: 'Hello! How can I help?' }]);
  });

  test('blanks around a message are cut off', async () => {
    const simulator = await rasa();
    await say(simulator, '  hello \n');
    expect((await tracker(simulator)).latest_message.text).toBe('hello');
  });

  test('an empty message is a turn', async () => {
    const simulator = await rasa();
    simulator.script([{ when: { text: '' }, reply: [{ text: 'You said nothing.' }] }]);
    expect(await say(simulator, '')).toEqual([{ text: 'You said nothing.' }]);
  });

  test('the content type does not matter', async () => {
    const simulator = await rasa();
    const body = JSON.stringify({ sender: 'ann', message: 'hello' });
    const reply = await post(simulator, body, { headers: { 'content-type': 'text/plain' } });
    expect(reply.body).toHaveLength(1);
  });

  test('the input channel is kept, and is "rest" when not given', async () => {
    const simulator = await rasa();
    await say(simulator, 'hello');
    expect((await tracker(simulator)).latest_input_channel).toBe('rest');
    await say(simulator, 'hello', { input_channel: 'msteams' });
    expect((await tracker(simulator)).latest_input_channel).toBe('msteams');
  });

  test('metadata is kept by later versions, with the message and at the start of the session', async () => {
    const simulator = await rasa();
    await say(simulator, 'hello', { metadata: { activity_id: 'a1' } });
    const { events, slots } = await tracker(simulator);
    const user = events?.find(({ event }) => event === 'user');
    expect(user).toMatchObject({ metadata: { activity_id: 'a1' }, parse_data: { metadata: { activity_id: 'a1' } } });
    expect(slots.session_started_metadata).toEqual({ activity_id: 'a1' });
  });

  test('version 3.0.4 loses metadata', async () => {
    const simulator = await rasa({ version: '3.0.4' });
    await say(simulator, 'hello', { metadata: { activity_id: 'a1' } });
    const { events } = await tracker(simulator);
    expect(events?.find(({ event }) => event === 'user')?.metadata).not.toHaveProperty('activity_id');
  });
});

describe('what REST answers', () => {
  const cases: [string, object[], object[]][] = [
    ['a plain text falls apart at blank lines', [{ text: 'a\n\nb\nc' }], [{ text: 'a' }, { text: 'b\nc' }]],
    [
      'a text with buttons stays whole, and extra keys of buttons stay',
      [{ text: 'a\n\nb', buttons: [{ title: 'T', payload: '/p', mood: 1 }] }],
      [{ text: 'a\n\nb', buttons: [{ title: 'T', payload: '/p', mood: 1 }] }],
    ],
    ['buttons can come without a text', [{ buttons: [{ title: 'T' }] }], [{ buttons: [{ title: 'T' }] }]],
    [
      'quick replies arrive as buttons',
      [{ text: 'Well?', quick_replies: [{ title: 'T', payload: 'p' }] }],
      [{ text: 'Well?', buttons: [{ title: 'T', payload: 'p' }] }],
    ],
    [
      'the parts of an utterance come as items in a fixed order',
      [{ elements: [{ title: 'E' }], attachment: 'file', image: 'pic', custom: { x: 1 }, text: 'T' }],
      [{ text: 'T' }, { custom: { x: 1 } }, { image: 'pic' }, { attachment: 'file' }, { text: 'E : ', buttons: [] }],
    ],
    [
      'elements are flattened to text and buttons',
      [{ elements: [{ title: 'A', subtitle: 'B', image_url: 'i', default_action: {}, buttons: [{ title: 'C' }] }] }],
      [{ text: 'A : B', buttons: [{ title: 'C' }] }],
    ],
    ['a picture sent as attachment too comes once', [{ image: 'pic', attachment: 'pic' }], [{ image: 'pic' }]],
    [
      'an attachment may be an object',
      [{ attachment: { type: 'video', payload: { src: 's' } } }],
      [{ attachment: { type: 'video', payload: { src: 's' } } }],
    ],
    ['an empty custom payload is no item', [{ custom: {} }], []],
    ['metadata of an utterance is not shown', [{ text: 'T', metadata: { a: 1 } }], [{ text: 'T' }]],
    ['saying nothing is an empty list', [], []],
  ];

  test.each(cases)('%s', async (_, reply, expected) => {
    const simulator = await rasa();
    simulator.script([{ when: { text: 'go' }, reply }]);
    expect(await say(simulator, 'go')).toEqual(expected);
  });

  test('a connection is kept for five seconds, as announced', async () => {
    const { headers } = await post(await rasa(), { message: 'hello' });
    expect(headers.get('keep-alive')).toBe('timeout=5');
  });

  test('slashes are escaped in the JSON, and mean the same', async () => {
    const simulator = await rasa();
    simulator.script([{ reply: [{ text: 'https://example.com/a' }] }]);
    const { text, body } = await post(simulator, { message: 'go' });
    expect(text).toContain('https:\\/\\/example.com\\/a');
    expect(body).toEqual([{ recipient_id: 'default', text: 'https://example.com/a' }]);
  });

  test('a stream is one JSON object per line', async () => {
    const simulator = await rasa();
    const body = JSON.stringify({ sender: 'ann', message: 'image' });
    const reply = await call(`${simulator.url}/webhooks/rest/webhook?stream=TRUE`, 'POST', body);
    expect(reply.headers.get('content-type')).toBe('text/event-stream');
    const lines = reply.text.trimEnd().split('\n');
    expect(lines.map((line) => Object.keys(JSON.parse(line)))).toEqual([
      ['recipient_id', 'text'],
      ['recipient_id', 'image'],
    ]);
  });

  test('a stream that fails hangs until the response timeout cuts it', async () => {
    const simulator = await rasa({ responseTimeoutMs: 3000 });
    simulator.script([{ reply: [{ text: 'one' }, { text: 'two' }], fail: 1 }]);
    const response = await fetch(`${simulator.url}/webhooks/rest/webhook?stream=true`, {
      method: 'POST',
      body: '{"message":"go"}',
    });
    const text = expect(response.text()).rejects.toThrow('terminated');
    await simulator.advance(3000);
    await text;
  });
});

describe('what REST does with trouble', () => {
  test.each([
    ['an empty body', '', 500, 'Internal Server Error'],
    ['null', 'null', 500, 'Internal Server Error'],
    ['a list', '[]', 500, 'Internal Server Error'],
    ['broken JSON', '{"message":', 400, 'Bad Request'],
  ])('%s is an error of the web server', async (_, sent, status, description) => {
    const simulator = await rasa();
    const reply = await post(simulator, sent);
    expect(reply.status).toBe(status);
    expect(reply.body).toEqual({ description, status, message: expect.any(String) });
  });

  test('the message to broken JSON is known', async () => {
    const { body } = await post(await rasa(), '{');
    expect(body).toMatchObject({ message: 'Failed when parsing body as json' });
  });

  test('a GET on the webhook is 405, an unknown path 404', async () => {
    const simulator = await rasa();
    const get = await call(`${simulator.url}/webhooks/rest/webhook`, 'GET');
    expect([get.status, get.body]).toEqual([405, expect.objectContaining({ description: 'Method Not Allowed' })]);
    const lost = await call(`${simulator.url}/webhooks/nowhere`, 'GET');
    expect([lost.status, lost.body]).toEqual([404, expect.objectContaining({ description: 'Not Found', status: 404 })]);
  });

  test('a body over the limit is 413', async () => {
    const simulator = await rasa({ maxBodyBytes: 10 });
    expect((await post(simulator, { message: 'more than ten bytes' })).status).toBe(413);
  });

  test.each([[undefined], [null], [5], [{}]])('the message %p is swallowed: 200 and an empty list', async (message) => {
    const simulator = await rasa();
    const { status, body } = await post(simulator, { sender: 'ann', message });
    expect([status, body]).toEqual([200, []]);
    expect(simulator.tracker('ann')).toBeUndefined();
  });

  test('an exception at once is 200 and an empty list, and the turn is not kept', async () => {
    const simulator = await rasa();
    simulator.script([{ when: { text: 'break' }, fail: true }]);
    const { status, body } = await post(simulator, { sender: 'ann', message: 'break' });
    expect([status, body]).toEqual([200, []]);
    expect(simulator.tracker('ann')).toBeUndefined();
    expect(simulator.requests()[0]).toMatchObject({ processed: false, outcome: 'answered', status: 200 });
  });

  test('an exception on the way gives what was said until then', async () => {
    const simulator = await rasa();
    simulator.script([{ reply: [{ text: 'one' }, { text: 'two' }, { text: 'three' }], fail: 2 }]);
    expect(await say(simulator, 'go')).toEqual([{ text: 'one' }, { text: 'two' }]);
    expect(simulator.tracker('ann')).toBeUndefined();
  });

  test('when the time is up, the answer is what was said until then', async () => {
    const simulator = await rasa({ responseTimeoutMs: 3000 });
    simulator.script([{ reply: [{ text: 'one' }, { text: 'two', afterMs: 5000 }] }]);
    const answer = say(simulator, 'go');
    await arrived(simulator, 1);
    await simulator.advance(3000);
    expect(await answer).toEqual([{ text: 'one' }]);
    expect(simulator.tracker('ann')).toBeUndefined();
  });

  test('without a model the answer is an empty list', async () => {
    const simulator = await rasa({ modelLoaded: false });
    expect(await say(simulator, 'hello')).toEqual([]);
  });

  test('a slow rule answers when its time has come', async () => {
    const simulator = await rasa({ clock: frozenClock() });
    simulator.script([{ delayMs: 1500, reply: [{ text: 'done' }] }]);
    const answer = say(simulator, 'go');
    await arrived(simulator, 1);
    await simulator.advance(1500);
    expect(await answer).toEqual([{ text: 'done' }]);
    const [logged] = simulator.requests();
    expect((logged?.doneAt ?? 0) - (logged?.at ?? 0)).toBe(1500);
  });
});
