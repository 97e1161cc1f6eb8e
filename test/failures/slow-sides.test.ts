import { eventually } from '../support/product';
import { type FaultProxy, startFaultProxy } from './support/fault-proxy';
import { aWhile, type Stage, setStage } from './support/stage';

/** The product as a process, with a wire to Rasa that can be slow; it waits 1.5 s for an answer. */
let stage: Stage;
let wire: FaultProxy;

beforeAll(async () => {
  stage = await setStage(async ({ rasa }) => {
    wire = await startFaultProxy(rasa.url);
    return { RASA_URL: wire.url, RASA_TIMEOUT_MS: '1500' };
  });
}, 40_000);

afterAll(async () => {
  await stage.close();
  await wire.close();
}, 30_000);

test('Rasa answers after its deadline: the turn is taken at once, the employee is told once, and the late answer is not shown (row 33)', async () => {
  wire.strike({ how: 'delay', ms: 2_500 }, /./);
  const began = performance.now();
  expect(await stage.say('my vpn drops')).toBe(200);
  expect(performance.now() - began).toBeLessThan(1_000);
  await stage.teams.connector.until(({ seen }) => seen.length > 0);
  wire.heal();
  await aWhile(3_000);
  expect(stage.read()).toEqual([expect.stringMatching(/send it again/)]);
  await stage.say('my vpn drops again');
  await stage.teams.connector.until(({ seen }) => seen.length === 2);
  await aWhile(500);
  expect(stage.read().length).toBe(2);
}, 40_000);

test('Rasa hangs in a black hole: the turns after it are taken at once, and answered when it is back (row 33)', async () => {
  const before = stage.read().length;
  wire.strike({ how: 'black hole' }, /./);
  await stage.say('one');
  const began = performance.now();
  expect(await stage.say('my vpn drops')).toBe(200);
  expect(performance.now() - began).toBeLessThan(1_000);
  await stage.teams.connector.until(({ seen }) => seen.length > before);
  wire.heal();
  await eventually(() => stage.read().slice(before).length >= 2, 'both turns to be answered for');
  await aWhile(1_000);
  expect(stage.read().slice(before)).toHaveLength(2);
}, 40_000);

const ambiguous = async () => {
  const metrics = await (await fetch(`http://127.0.0.1:${stage.product.port}/metrics`)).text();
  return Number(/teams_ambiguous_total (\d+)/.exec(metrics)?.[1]);
};

test.each([
  ['502, and it was shown', { status: 502, shown: true }, 2],
  ['504, and it was not shown', { status: 504, shown: false }, 1],
  ['a reset, and it was shown', { reset: true, shown: true }, 2],
  ['a reset, and it was not shown', { reset: true, shown: false }, 1],
] as const)(
  'Teams answers a message with %s: it is sent once more, the repeat is marked, and it is counted (row 41)',
  async (title, fault, times) => {
    const chat = stage.serviceNow.chats()[0]?.id ?? (await stage.toAgent());
    const counted = await ambiguous();
    stage.teams.connector.next(fault);
    stage.serviceNow.say(chat, { agent: 'beth.anglin', text: `word with ${title}` });
    const words = () => stage.read().filter((text) => text.includes(title));
    await stage.teams.connector.until(() => words().some((text) => /may be a repeat/.test(text)));
    await aWhile(1_000);
    expect(words()).toHaveLength(times);
    expect(words().filter((text) => /may be a repeat/.test(text))).toHaveLength(1);
    expect((await ambiguous()) - counted).toBe(1);
  },
  30_000,
);

test('a process that stands still for five seconds in a live chat: each word of both sides arrives once (row 61)', async () => {
  const chat = stage.serviceNow.chats()[0]?.id ?? (await stage.toAgent());
  stage.product.child.kill('SIGSTOP');
  const answer = stage.say('said into the stillness', 'still');
  stage.serviceNow.say(chat, { agent: 'beth.anglin', text: 'heard after the stillness' });
  await aWhile(5_000);
  stage.product.child.kill('SIGCONT');
  await answer;
  // Where it was refused for the load, Teams brings it again.
  await eventually(async () => (await stage.say('said into the stillness', 'still')) === 200, 'the turn to be taken');
  const heard = () => stage.read().filter((text) => /after the stillness/.test(text)).length;
  const posted = () => stage.posted().filter((text) => /into the stillness/.test(text)).length;
  await eventually(() => heard() > 0 && posted() > 0, 'both sides to be heard');
  await aWhile(1_500);
  expect([heard(), posted()]).toEqual([1, 1]);
}, 30_000);

test('how far the event loop lags behind can be read from the metrics (row 61)', async () => {
  const metrics = await (await fetch(`http://127.0.0.1:${stage.product.port}/metrics`)).text();
  expect(metrics).toMatch(/nodejs_eventloop_lag_max_seconds \d/);
});
