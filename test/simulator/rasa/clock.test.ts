import { frozenClock, runningClock } from '../../../src/simulator/rasa/clock';

test('sleepers wake in the order of their time, and can sleep again on the way', async () => {
  const clock = frozenClock(0);
  const woken: string[] = [];
  const sleepTwice = async () => {
    await clock.sleep(100);
    woken.push(`first nap at ${clock.now()}`);
    await clock.sleep(100);
    woken.push(`second nap at ${clock.now()}`);
  };
  const naps = [sleepTwice(), clock.sleep(150).then(() => woken.push(`other at ${clock.now()}`))];
  await clock.advance(1000);
  await Promise.all(naps);
  expect(woken).toEqual(['first nap at 100', 'other at 150', 'second nap at 200']);
  expect(clock.now()).toBe(1000);
});

test('a sleeper can be called off', async () => {
  const clock = frozenClock();
  const leaving = new AbortController();
  const sleep = clock.sleep(100, leaving.signal);
  leaving.abort('enough');
  await expect(sleep).rejects.toBe('enough');
  await expect(clock.sleep(100, leaving.signal)).rejects.toBe('enough');
});

test('a running clock ticks by itself and can be moved ahead', async () => {
  const clock = runningClock();
  const before = clock.now();
  await clock.sleep(1);
  const hour = clock.sleep(3_600_000);
  await clock.advance(3_600_000);
  await hour;
  expect(clock.now() - before).toBeGreaterThanOrEqual(3_600_000);
  clock.stop();
});
