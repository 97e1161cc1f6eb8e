import { api, rasa, say, type Tracker, tracker } from './support/rasa';

const events = '/conversations/ann/tracker/events';

function names({ events: list }: Tracker): string[] {
  return (list ?? []).map(({ event, name }) => (typeof name === 'string' ? `${event} ${name}` : event));
}

test('a first message opens a session', async () => {
  const simulator = await rasa();
  await say(simulator, 'hello');
  expect(names(await tracker(simulator))).toEqual([
    'action action_session_start',
    'session_started',
    'action action_listen',
    'user',
    'action utter_greet',
    'bot',
    'action action_listen',
  ]);
});

test('a paused bot hears, fills slots and says nothing, until it is resumed', async () => {
  const simulator = await rasa({ declaredSlots: ['option'] });
  await api(simulator, 'POST', events, { event: 'pause' });
  expect(await say(simulator, '/choose{"option": "first"}')).toEqual([]);
  const paused = await tracker(simulator);
  expect(paused).toMatchObject({ paused: true, slots: { option: 'first' }, latest_action_name: 'action_listen' });
  expect(names(paused)).toContain('user');
  await api(simulator, 'POST', events, { event: 'resume' });
  expect(await say(simulator, 'hello')).toHaveLength(1);
});

test('/restart gets through to a paused bot, and clears the pause and the slots', async () => {
  const simulator = await rasa();
  await api(simulator, 'POST', events, [{ event: 'slot', name: 'handoff_active', value: true }, { event: 'pause' }]);
  expect(await say(simulator, '/restart')).toEqual([]);
  const after = await tracker(simulator);
  expect(after).toMatchObject({ paused: false, slots: { handoff_active: null } });
  expect(names(after)).toEqual(['action action_session_start', 'session_started', 'action action_listen']);
  expect(names(await tracker(simulator, 'ann', '?include_events=all'))).toContain('restart');
});

test('/restart can be answered', async () => {
  const simulator = await rasa();
  const reply = [{ text: 'From the top.' }];
  simulator.script([{ when: { intent: 'restart' }, reply, events: [{ event: 'restart' }] }]);
  expect(await say(simulator, '/restart')).toEqual(reply);
});

test('/session_start begins a new session', async () => {
  const simulator = await rasa();
  await say(simulator, 'hello');
  await say(simulator, '/session_start');
  expect(names(await tracker(simulator)).filter((name) => name === 'session_started')).toHaveLength(2);
});

test('after an hour of silence a new session keeps the slots and loses the pause', async () => {
  const simulator = await rasa();
  await say(simulator, 'hello');
  await api(simulator, 'POST', events, [{ event: 'slot', name: 'handoff_active', value: true }, { event: 'pause' }]);
  await simulator.advance(59 * 60_000);
  expect(await say(simulator, 'hello')).toEqual([]);
  await simulator.advance(61 * 60_000);
  expect(await say(simulator, 'hello')).toHaveLength(1);
  expect(await tracker(simulator)).toMatchObject({ paused: false, slots: { handoff_active: true } });
});

test('slots stay behind when they are not carried over', async () => {
  const simulator = await rasa({ carryOverSlots: false });
  await say(simulator, 'hello');
  await api(simulator, 'POST', events, { event: 'slot', name: 'handoff_active', value: true });
  await simulator.advance(61 * 60_000);
  await say(simulator, 'hello');
  expect((await tracker(simulator)).slots.handoff_active).toBeNull();
});

test('with an expiration of 0 a session never ends', async () => {
  const simulator = await rasa({ sessionExpirationMin: 0 });
  await say(simulator, 'hello');
  await simulator.advance(100 * 3_600_000);
  await say(simulator, 'hello');
  expect(names(await tracker(simulator)).filter((name) => name === 'session_started')).toHaveLength(1);
});

test('a raw session_started clears slots and pause', async () => {
  const simulator = await rasa();
  const set = { event: 'slot', name: 'handoff_active', value: true };
  await api(simulator, 'POST', events, [set, { event: 'pause' }, { event: 'session_started' }]);
  expect(await tracker(simulator)).toMatchObject({ paused: false, slots: { handoff_active: null } });
});

test('in the version that has it, session_ended is the end of a conversation', async () => {
  const simulator = await rasa({ version: 'pro-3.16' });
  await say(simulator, 'hello');
  expect((await api(simulator, 'POST', events, { event: 'session_ended' })).status).toBe(200);
  expect(await say(simulator, 'hello')).toEqual([]);
  expect(await tracker(simulator)).toHaveProperty('current_session_id');
  expect((await api(await rasa(), 'POST', events, { event: 'session_ended' })).status).toBe(400);
});
