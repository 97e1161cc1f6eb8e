import { sparingLog } from '../../src/engine/sparing-log';
import type { Change, Committed } from '../../src/engine/store';
import { MemoryStore } from '../../src/store/memory';
import { joins } from '../failures/support/live';
import { FakeClock } from '../support/world/fake-clock';
import { World } from '../support/world/world';

type Line = { readonly event: string; readonly at: number; readonly error?: unknown; readonly unsaid?: unknown };

function scribe(now: () => number) {
  const lines: Line[] = [];
  const write = (event: string, fields = {}) => void lines.push({ event, at: now(), ...fields });
  return { lines, log: { info: write, warn: write, error: write } };
}

/** A store that is away while a test says so. */
class AwayStore extends MemoryStore {
  isAway = false;

  override async load(...given: Parameters<MemoryStore['load']>) {
    if (this.isAway) throw new Error('away');
    return super.load(...given);
  }

  override async commit(change: Change): Promise<Committed> {
    if (this.isAway) throw new Error('away');
    return super.commit(change);
  }
}

test('the same fault is written once in ten seconds, with how often it was not; other lines are all written', () => {
  const clock = new FakeClock();
  const { lines, log } = scribe(() => 0);
  const sparing = sparingLog(log, clock);
  for (let second = 0; second < 25; second += 1) {
    sparing.error('drain_failed', { error: 'away' });
    if (second === 3) sparing.error('drain_failed', { error: 'another' });
    sparing.info('alive');
    clock.step(clock.now() + 1_000);
  }
  const faults = lines.filter(({ event }) => event === 'drain_failed');
  expect(faults).toMatchObject([{ error: 'away' }, { error: 'another' }, { error: 'away', unsaid: 9 }, { unsaid: 9 }]);
  expect(lines.filter(({ event }) => event === 'alive')).toHaveLength(25);
});

test('a minute without the store, with many conversations that have work, is a few lines in the log, and then all is done', async () => {
  const store = new AwayStore();
  const { lines, log } = scribe(() => world.clock.now());
  const world: World = new World({ store, log });
  const users = Array.from({ length: 20 }, (_, n) => `user${n}`);
  for (const user of users) await joins(world, user);
  const show = world.teams.show.bind(world.teams);
  world.teams.show = async (...given) => {
    const shown = await show(...given);
    store.isAway = true;
    return shown;
  };
  for (const chat of world.serviceNow.chats) world.serviceNow.say('Beth', 'hello', { chat });
  await world.tick(2);
  const from = world.clock.now();
  await world.passes(60_000);
  expect(store.isAway).toBe(true);
  const faults = lines.filter(({ event, at }) => event.endsWith('_failed') && at >= from && event !== 'effect_failed');
  expect(faults.length).toBeGreaterThan(3);
  for (const { event, error } of faults) {
    const same = faults.filter((other) => other.event === event && other.error === error).map(({ at }) => at);
    expect(same.every((at, n) => n === 0 || at - (same[n - 1] ?? 0) >= 10_000)).toBe(true);
  }
  expect(faults.length).toBeLessThan(60);
  world.teams.show = show;
  store.isAway = false;
  await world.passes(30_000);
  for (const user of users) expect(world.teams.seenBy(user).join()).toContain('hello');
});
