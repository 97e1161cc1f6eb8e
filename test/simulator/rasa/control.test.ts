import { api, arrived, post, rasa, say, until, watched } from './support/rasa';

test('rules are set over HTTP', async () => {
  const simulator = await rasa();
  await api(simulator, 'POST', '/__sim/script', [{ when: { text: 'ping' }, reply: [{ text: 'pong' }] }]);
  expect(await say(simulator, 'ping')).toEqual([{ text: 'pong' }]);
  const whole = { intents: { order: ['pizza'] }, slots: ['topping'], rules: [{ when: { intent: 'order' } }] };
  expect((await api(simulator, 'POST', '/__sim/script', whole)).status).toBe(200);
  expect(await say(simulator, 'one pizza')).toEqual([]);
});

test('what is wrong with a call is said', async () => {
  const simulator = await rasa();
  const wrong = await api(simulator, 'POST', '/__sim/script', [{ when: { mood: 'bad' } }]);
  expect([wrong.status, wrong.body]).toEqual([400, { error: expect.stringContaining('mood') }]);
  expect((await api(simulator, 'POST', '/__sim/preset', { name: 'none' })).status).toBe(400);
  expect((await api(simulator, 'POST', '/__sim/nothing', {})).status).toBe(404);
});

test('faults are ordered over HTTP, and the log tells what happened', async () => {
  const simulator = await rasa();
  await api(simulator, 'POST', '/__sim/faults', [{ index: 0, fault: { kind: 'status', status: 503 } }]);
  await post(simulator, { sender: 'ann', message: 'hello' }, { headers: { 'x-trace': 't1' } });
  await post(simulator, { sender: 'ann', message: 'hello' });
  const { body } = await api(simulator, 'GET', '/__sim/requests');
  expect(body).toEqual([
    expect.objectContaining({ index: 0, sender: 'ann', status: 503, processed: false, faults: ['status'] }),
    expect.objectContaining({ index: 1, sender: 'ann', status: 200, processed: true, faults: [], outcome: 'answered' }),
  ]);
  expect(body).toMatchObject([{ path: '/webhooks/rest/webhook', headers: { 'x-trace': 't1' } }, {}]);
});

test('a conversation is read, and everything is forgotten on request', async () => {
  const simulator = await rasa();
  await say(simulator, 'hello');
  expect((await api(simulator, 'GET', '/__sim/tracker/ann')).body).toMatchObject({ sender_id: 'ann' });
  await api(simulator, 'POST', '/__sim/reset', {});
  expect((await api(simulator, 'GET', '/__sim/tracker/ann')).status).toBe(404);
  expect((await api(simulator, 'GET', '/__sim/requests')).body).toEqual([]);
});

test('the clock moves over HTTP', async () => {
  const simulator = await rasa();
  simulator.script([{ delayMs: 5000, reply: [{ text: 'late' }] }]);
  const answer = watched(say(simulator, 'go'));
  await arrived(simulator, 1);
  await api(simulator, 'POST', '/__sim/advance', { ms: 4000 });
  expect(answer.done()).toBe(false);
  await api(simulator, 'POST', '/__sim/advance', { ms: 1000 });
  expect(await answer.promise).toEqual([{ text: 'late' }]);
});

test('the preset and the model are changed over HTTP', async () => {
  const simulator = await rasa();
  await api(simulator, 'POST', '/__sim/preset', { name: 'chatroom' });
  expect(await say(simulator, 'live agent')).toHaveLength(2);
  await api(simulator, 'POST', '/__sim/model', { loaded: false });
  expect(await say(simulator, 'live agent')).toEqual([]);
});

test('something is pushed over HTTP only with somebody to push to', async () => {
  const simulator = await rasa();
  const push = { sender: 'ann', items: [{ text: 'Reminder' }] };
  const { status, body } = await api(simulator, 'POST', '/__sim/push', push);
  expect([status, body]).toEqual([400, { error: expect.stringContaining('callback') }]);
});

test('a restart drops what is at work, closes the port for its time and forgets conversations', async () => {
  const simulator = await rasa();
  await say(simulator, 'hello');
  simulator.script([{ when: { text: 'slow' }, delayMs: 60_000 }]);
  const dropped = expect(say(simulator, 'slow')).rejects.toThrow();
  await arrived(simulator, 2);
  expect((await api(simulator, 'POST', '/__sim/restart', { downMs: 5000 })).status).toBe(202);
  await dropped;
  await until(() => simulator.tracker('ann') === undefined);
  await expect(say(simulator, 'hello')).rejects.toThrow();
  await simulator.advance(5000);
  let back: unknown;
  while (back === undefined) back = await say(simulator, 'hello').catch(() => undefined);
  expect(back).toEqual([{ text: 'Hello! How can I help?' }]);
});

test('a restart can keep the conversations', async () => {
  const simulator = await rasa();
  await say(simulator, 'hello');
  await simulator.restart({ keepTrackers: true });
  expect(simulator.tracker('ann')).toBeDefined();
  expect(await say(simulator, 'hello')).toHaveLength(1);
});
