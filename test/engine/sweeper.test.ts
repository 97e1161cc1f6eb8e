import { Sweeper } from '../../src/engine/sweeper';
import { MemoryStore } from '../../src/store/memory';
import { FakeClock } from '../support/world/fake-clock';
import { silentLog } from '../support/world/world';

test('the sweep comes round by itself and stops when it is told to', async () => {
  let sweeps = 0;
  const swept = new Promise<void>((resolve) => {
    const sweeper = new Sweeper({
      store: new MemoryStore(),
      clock: new FakeClock(),
      log: silentLog,
      retentionDays: 30,
      sweep: async () => {
        sweeps += 1;
        await sweeper.stop();
        resolve();
      },
    });
    sweeper.start();
  });
  await swept;
  expect(sweeps).toBe(1);
});

test('a store that fails is said and does not end the sweeping', async () => {
  const events: string[] = [];
  const said = new Promise<void>((resolve) => {
    const log = {
      ...silentLog,
      error: (event: string) => {
        events.push(event);
        resolve();
      },
    };
    const sweep = () => Promise.reject(new Error('away'));
    const sweeper = new Sweeper({ store: new MemoryStore(), clock: new FakeClock(), log, retentionDays: 30, sweep });
    sweeper.start();
    setImmediate(() => said.then(() => sweeper.stop()));
  });
  await said;
  expect(events).toEqual(['sweeper_failed']);
});
