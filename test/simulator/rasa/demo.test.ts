import { api, rasa, say } from './support/rasa';

type Items = { text?: string; buttons?: { title: string; payload: string }[]; custom?: Record<string, unknown> }[];

test('the demo greets and offers what it can do', async () => {
  const simulator = await rasa({ preset: 'demo' });
  const [item] = (await say(simulator, 'Hello!')) as Items;
  expect(item?.text).toMatch(/^Hello!/);
  expect(item?.buttons?.map(({ title }) => title)).toContain('Talk to a live agent');
});

test('the demo gives two steps against a dropping VPN, and two ways on', async () => {
  const simulator = await rasa({ preset: 'demo' });
  const [item] = (await say(simulator, 'my vpn drops')) as Items;
  expect(item?.text).toMatch(/1\. .*\n2\. /);
  expect(item?.buttons?.map(({ title }) => title)).toEqual(['That fixed it', 'Talk to a live agent']);
});

test.each(['talk to live agent', 'Agent', 'a human please', 'real person', '/talk_to_live_agent'])(
  'the demo hands off on %p',
  async (message) => {
    const simulator = await rasa({ preset: 'demo' });
    expect(await say(simulator, message)).toEqual([
      { text: 'I am connecting you with a colleague.' },
      { custom: { handoff: { reason: 'user_request', short_description: 'Employee would like to talk to an agent' } } },
    ]);
  },
);

test('the demo tells the agent what the trouble was about', async () => {
  const simulator = await rasa({ preset: 'demo' });
  await say(simulator, 'my vpn drops');
  const [, trigger] = (await say(simulator, '/talk_to_live_agent')) as Items;
  expect(trigger?.custom).toEqual({ handoff: { reason: 'user_request', short_description: 'VPN connection drops' } });
});

test('the demo speaks German to who writes German, and stays with it', async () => {
  const simulator = await rasa({ preset: 'demo' });
  const [step] = (await say(simulator, 'Mein VPN bricht ab')) as Items;
  expect(step?.text).toContain('Trennen Sie das VPN');
  const [text] = (await say(simulator, '/talk_to_live_agent')) as Items;
  expect(text?.text).toBe('Ich verbinde Sie mit einem Kollegen.');
  const [fallback] = (await say(simulator, 'xyzzy')) as Items;
  expect(fallback?.text).toContain('nicht sicher verstanden');
  expect(((await say(simulator, 'hello')) as Items)[0]?.text).toMatch(/^Hello!/);
});

test('the demo links to the password page', async () => {
  const simulator = await rasa({ preset: 'demo' });
  const [item] = (await say(simulator, 'I forgot my password')) as Items;
  expect(item?.text).toContain('https://password.example.com/reset');
});

test('the demo shows equipment as cards without pictures', async () => {
  const simulator = await rasa({ preset: 'demo' });
  const [, cards] = (await say(simulator, 'I need a new laptop')) as Items;
  const elements = cards?.custom?.elements as { title: string; buttons: { payload: string }[] }[];
  expect(elements).toHaveLength(3);
  expect(Object.keys(elements[0] ?? {})).toEqual(['title', 'subtitle', 'buttons']);
  expect(await say(simulator, elements[0]?.buttons[0]?.payload)).toEqual([
    { text: expect.stringContaining('your order has been noted') },
  ]);
});

test('the demo offers an agent when it does not understand', async () => {
  const simulator = await rasa({ preset: 'demo' });
  const [item] = (await say(simulator, 'colourless green ideas')) as Items;
  expect(item?.buttons?.at(-1)).toEqual({ title: 'Talk to a live agent', payload: '/talk_to_live_agent' });
});

test('the demo says welcome back once after the live chat, and not to who asks it while she waits', async () => {
  const simulator = await rasa({ preset: 'demo' });
  await say(simulator, 'agent');
  const set = (name: string, value: unknown) => ({ event: 'slot', name, value });
  const begun = [set('handoff_active', true), set('live_chat_id', 'c1'), { event: 'pause' }];
  await api(simulator, 'POST', '/conversations/ann/tracker/events', begun);
  expect(await say(simulator, 'hello')).toEqual([]);
  await api(simulator, 'POST', '/conversations/ann/tracker/events', [set('handoff_active', null), { event: 'resume' }]);
  expect(await say(simulator, 'I am still waiting: hello')).toHaveLength(1);
  await api(simulator, 'POST', '/conversations/ann/tracker/events', [set('live_chat_id', null)]);
  const [welcome, greeting] = (await say(simulator, 'hello')) as Items;
  expect(welcome?.text).toMatch(/^Welcome back!/);
  expect(greeting?.text).toMatch(/^Hello!/);
  expect(await say(simulator, 'hello')).toHaveLength(1);
});

test('the demo says welcome back when it is told that the live chat has ended', async () => {
  const simulator = await rasa({ preset: 'demo' });
  await say(simulator, 'agent');
  const event = { name: 'EXTERNAL_live_chat_ended', entities: { reason: 'agent_closed' } };
  const { body } = await api(simulator, 'POST', '/conversations/ann/trigger_intent', event);
  const [message] = (body as { messages: Items }).messages;
  expect(message?.text).toMatch(/^Welcome back!/);
});
