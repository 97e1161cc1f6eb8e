import type { RasaSimulator } from '../../../src/simulator/rasa/simulator';
import { arrived, post, rasa, say, turns, until, watched } from './support/rasa';

const slowRules = [
  { when: { text: 'slow' }, delayMs: 1500, reply: [{ text: 'slow' }] },
  { when: { text: 'very slow' }, delayMs: 70_000, reply: [{ text: 'very slow' }] },
  { reply: [{ text: 'quick' }] },
];

/** Sends a message and waits until the server has it. */
async function sent(simulator: RasaSimulator, message: string, sender = 'ann') {
  const before = simulator.requests().length;
  const answer = watched(say(simulator, message, { sender }));
  await arrived(simulator, before + 1);
  return answer;
}

test('messages of one sender wait for each other, and look again once a second only', async () => {
  const simulator = await rasa();
  simulator.script(slowRules);
  const first = await sent(simulator, 'slow');
  await simulator.advance(100);
  const second = await sent(simulator, 'b');
  await simulator.advance(1400);
  expect(await first.promise).toEqual([{ text: 'slow' }]);
  await simulator.advance(500);
  await turns(5);
  expect(second.done()).toBe(false);
  await simulator.advance(100);
  expect(await second.promise).toEqual([{ text: 'quick' }]);
  expect(simulator.requests().map(({ concurrent }) => concurrent)).toEqual([1, 2]);
});

test('waiting messages are handled in the order they came in', async () => {
  const simulator = await rasa();
  simulator.script(slowRules);
  const answers = [await sent(simulator, 'slow'), await sent(simulator, 'b'), await sent(simulator, 'c')];
  await simulator.advance(10_000);
  await Promise.all(answers.map(({ promise }) => promise));
  const events = simulator.tracker('ann')?.events as { event: string; text: string }[];
  expect(events.filter(({ event }) => event === 'user').map(({ text }) => text)).toEqual(['slow', 'b', 'c']);
});

test('another sender is not held up', async () => {
  const simulator = await rasa();
  simulator.script(slowRules);
  const slow = await sent(simulator, 'slow');
  expect(await say(simulator, 'hi', { sender: 'bob' })).toEqual([{ text: 'quick' }]);
  expect(slow.done()).toBe(false);
});

test('a turn that outlives its ticket is overtaken', async () => {
  const simulator = await rasa();
  simulator.script(slowRules);
  const late = await sent(simulator, 'very slow');
  await simulator.advance(30_000);
  const next = await sent(simulator, 'b');
  await simulator.advance(31_000);
  expect(await next.promise).toEqual([{ text: 'quick' }]);
  expect(late.done()).toBe(false);
  await simulator.advance(9000);
  expect(await late.promise).toEqual([{ text: 'very slow' }]);
});

test('a waiter whose own ticket expires hangs until a later message is through, and then gets nothing', async () => {
  const simulator = await rasa();
  simulator.script(slowRules);
  simulator.faults([{ index: 0, fault: { kind: 'lock stall', ms: 200_000 } }]);
  const stuck = await sent(simulator, 'stuck');
  await simulator.advance(300_000);
  expect(stuck.done()).toBe(false);
  expect(await say(simulator, 'later')).toEqual([{ text: 'quick' }]);
  await simulator.advance(1000);
  expect(await stuck.promise).toEqual([]);
  const events = simulator.tracker('ann')?.events as { event: string; text: string }[];
  expect(events.filter(({ event }) => event === 'user').map(({ text }) => text)).toEqual(['later']);
});

test('a client that leaves takes its turn with it: nothing is kept and the lock is free', async () => {
  const simulator = await rasa();
  simulator.script(slowRules);
  const leaving = new AbortController();
  const gone = post(simulator, { sender: 'ann', message: 'slow' }, { signal: leaving.signal });
  const failed = expect(gone).rejects.toThrow('abort');
  await arrived(simulator, 1);
  leaving.abort();
  await failed;
  await until(() => simulator.requests()[0]?.outcome === 'aborted');
  expect(simulator.tracker('ann')).toBeUndefined();
  expect(await say(simulator, 'again')).toEqual([{ text: 'quick' }]);
});
