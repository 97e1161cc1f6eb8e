import { api, post, rasa, say, type Tracker, tracker } from './support/rasa';

type Items = { text?: string; buttons?: { title: string; payload: string }[]; custom?: Record<string, unknown> }[];

describe('what every preset has', () => {
  test('a live agent is asked for by a payload', async () => {
    expect(await say(await rasa(), 'talk to live agent')).toEqual([
      { text: 'I am connecting you with a colleague.' },
      { custom: { handoff: { reason: 'user_request' } } },
    ]);
  });

  test('quiet, long, big and many-tongued answers', async () => {
    const simulator = await rasa();
    expect(await say(simulator, 'quiet')).toEqual([]);
    expect(await say(simulator, 'long')).toHaveLength(20);
    expect(((await say(simulator, 'bigtext')) as Items)[0]?.text?.length).toBeGreaterThan(59_000);
    expect(((await say(simulator, 'unicode')) as Items)[0]?.text).toContain('👩‍🚀 日本語');
  });

  test('a picture, buttons and a carousel', async () => {
    const simulator = await rasa();
    expect(await say(simulator, 'image')).toEqual([{ text: 'A picture:' }, { image: expect.any(String) }]);
    const [asked] = (await say(simulator, 'buttons')) as Items;
    expect(await say(simulator, asked?.buttons?.[0]?.payload)).toEqual([{ text: 'Noted.' }]);
    expect(await say(simulator, 'carousel')).toEqual([
      { text: 'Laptop : 14 inch', buttons: [expect.objectContaining({ title: 'Order' })] },
      { text: 'Phone : 6 inch', buttons: [] },
    ]);
  });

  test('rules of a test come first, and a rule can lead on to the next', async () => {
    const simulator = await rasa();
    simulator.script([
      { when: { text: 'HELLO' }, continue: true, reply: [{ text: 'First.' }] },
      { when: { slot: { name: 'handoff_active', value: true } }, reply: [{ text: 'Not yet.' }] },
    ]);
    expect(await say(simulator, 'hello')).toEqual([{ text: 'First.' }, { text: 'Hello! How can I help?' }]);
  });
});

describe('helpdesk', () => {
  test('asks where to go, then names the host', async () => {
    const simulator = await rasa({ preset: 'helpdesk' });
    const [asked] = (await say(simulator, 'talk to live agent')) as Items;
    expect(asked?.buttons?.[0]?.payload).toBe('/trigger_handoff{"handoff_to":"servicenow"}');
    expect(await say(simulator, asked?.buttons?.[0]?.payload)).toEqual([
      { text: 'Transferring you to: Service desk.' },
      { custom: { handoff_host: 'servicenow', title: 'Service desk' } },
    ]);
  });

  test('keeps the payload to itself on another channel', async () => {
    const simulator = await rasa({ preset: 'helpdesk' });
    const message = '/trigger_handoff{"handoff_to":"servicenow"}';
    expect(await say(simulator, message, { input_channel: 'msteams' })).toEqual([{ text: expect.any(String) }]);
  });
});

describe('slack-pause', () => {
  test('confirms and pauses', async () => {
    const simulator = await rasa({ preset: 'slack-pause' });
    expect(await say(simulator, 'get me a human')).toEqual([{ text: 'Somebody will be with you shortly.' }]);
    expect((await tracker(simulator)).paused).toBe(true);
    expect(await say(simulator, 'hello')).toEqual([]);
  });

  test('says so when nobody can be called', async () => {
    const simulator = await rasa({ preset: 'slack-pause' });
    await say(simulator, 'the help desk is down');
    expect(await say(simulator, 'human')).toEqual([{ text: expect.stringContaining('channel_not_found') }]);
    expect((await tracker(simulator)).paused).toBe(false);
  });
});

describe('seed-inrasa', () => {
  const slots = async (simulator: Parameters<typeof tracker>[0]) => (await tracker(simulator)).slots;

  test('keeps the live chat in slots, and takes every message while it lasts', async () => {
    const simulator = await rasa({ preset: 'seed-inrasa' });
    expect(await say(simulator, 'talk to live agent')).toHaveLength(1);
    const opened = await slots(simulator);
    expect(opened).toMatchObject({
      handoff_active: true,
      live_chat_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      live_chat_user: expect.stringMatching(/^[0-9a-f]{32}$/),
      live_chat_last_updated: '2026-01-05T09:00:00.000Z',
    });
    await simulator.advance(1000);
    expect(await say(simulator, 'hello')).toEqual([]);
    expect((await slots(simulator)).live_chat_last_updated).toBe('2026-01-05T09:00:01.000Z');
    expect((await tracker(simulator)).events?.at(-3)).toMatchObject({ name: 'action_live_agent_chat' });
  });

  test.each(['/restart', '/end_chat', 'Jo has closed the support session'])(
    '%s ends it, and three slots are empty',
    async (message) => {
      const simulator = await rasa({ preset: 'seed-inrasa' });
      await say(simulator, 'talk to live agent');
      expect(await say(simulator, message)).toHaveLength(1);
      const { live_chat_user: user, ...rest } = await slots(simulator);
      expect(user).toEqual(expect.any(String));
      expect(rest).toMatchObject({ handoff_active: null, live_chat_id: null, live_chat_last_updated: null });
      expect(await say(simulator, 'hello')).toEqual([{ text: 'Hello! How can I help?' }]);
    },
  );
});

describe('calm', () => {
  test('declines as it comes, and shows the command', async () => {
    const simulator = await rasa({ preset: 'calm', version: 'pro-3.16' });
    expect(await say(simulator, 'live agent')).toEqual([{ text: expect.stringContaining('cannot') }]);
    const { events } = await tracker(simulator);
    const commands = [{ command: 'human handoff' }];
    expect(events?.find(({ event }) => event === 'user')).toMatchObject({ parse_data: { commands } });
    const declined = { metadata: { utter_action: 'utter_human_handoff_not_available' } };
    expect(events?.find(({ event }) => event === 'bot')).toMatchObject(declined);
  });

  test('hands off when its author says so', async () => {
    const simulator = await rasa({ preset: 'calm-overridden' });
    expect(await say(simulator, 'live agent')).toContainEqual({ custom: { handoff: expect.any(Object) } });
  });
});

test('chatroom names the next host alone, and greets who comes from one', async () => {
  const simulator = await rasa({ preset: 'chatroom' });
  const finance = { handoff_host: 'https://finance.example', title: 'Finance bot' };
  expect(await say(simulator, 'finance please')).toEqual([{ custom: finance }]);
  expect(await say(simulator, '/handoff{"from_host":"https://it.example"}')).toHaveLength(1);
  expect((await tracker(simulator)).slots.from_host).toBe('https://it.example');
});

test('each conversation is its own', async () => {
  const simulator = await rasa({ preset: 'slack-pause' });
  await say(simulator, 'human');
  expect((await post(simulator, { sender: 'bob', message: 'hello' })).body).toHaveLength(1);
  const { body } = await api(simulator, 'GET', '/conversations/bob/tracker');
  expect((body as Tracker).paused).toBe(false);
});
