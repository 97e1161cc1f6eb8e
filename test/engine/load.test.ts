import { Load, Overloaded } from '../../src/engine/load';
import { FakeClock } from '../support/world/fake-clock';
import { keyOf, World } from '../support/world/world';

const limits = { busyFrom: 2, fullFrom: 4, busyLagMs: 500, fullLagMs: 3_000 };
const never = () => new Promise<void>(() => {});

async function helpDesk() {
  const world = new World();
  await world.says('/live_agent', { user: 'ana' });
  await world.says('hello', { user: 'bob' });
  const clock = new FakeClock();
  const time = { late: 0 };
  const load = new Load({ clock, store: world.store, limits, steady: () => clock.now() + time.late });
  return { load, clock, time };
}

test('when many turns wait to be stored, those of live chats are taken and others are refused early (row 60)', async () => {
  const { load } = await helpDesk();
  for (let n = 0; n < 2; n += 1) void load.take(keyOf('bob'), never);
  await expect(load.take(keyOf('bob'), async () => 'taken')).rejects.toThrow(Overloaded);
  await expect(load.take(keyOf('nobody'), async () => 'taken')).rejects.toThrow(Overloaded);
  expect(await load.take(keyOf('ana'), async () => 'taken')).toBe('taken');
});

test('when nothing more can be stored in time, no turn is taken', async () => {
  const { load } = await helpDesk();
  for (let n = 0; n < 4; n += 1) void load.take(keyOf('ana'), never).catch(() => {});
  await new Promise((resolve) => setImmediate(resolve));
  await expect(load.take(keyOf('ana'), async () => 'taken')).rejects.toThrow(Overloaded);
});

test('turns that were stored make room for others', async () => {
  const { load } = await helpDesk();
  for (let n = 0; n < 20; n += 1) await load.take(keyOf('bob'), async () => {});
  expect(load.level).toBe('calm');
});

test('a process that is late with everything is busy until it has caught up (row 61)', async () => {
  const { load, clock, time } = await helpDesk();
  load.start();
  time.late = 900;
  clock.step(clock.now() + 100);
  expect(load.level).toBe('busy');
  for (let n = 0; n < 20; n += 1) clock.step(clock.now() + 100);
  expect(load.level).toBe('calm');
  load.stop();
});
