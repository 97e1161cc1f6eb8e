import { World } from '../support/world/world';
import { inChat } from './support/live';

const hour = 3_600_000;

test.each([-hour, -60_000, 60_000])(
  'the process clock jumps by %i ms in a live chat, and nobody notices (row 16)',
  async (jump) => {
    const world = await inChat();
    world.serviceNow.say('Beth', 'before');
    await world.tick(2);
    world.clock.putBack(-jump);
    await world.says('one');
    world.serviceNow.say('Beth', 'after');
    await world.passes(60_000);
    expect(world.teams.seenBy()).toEqual(['before', 'after']);
    expect(world.serviceNow.posted()).toEqual(['one']);
    expect(await world.phase()).toBe('connected');
  },
);

test('words that were waiting to be tried again are tried again although the clock is put forward or back meanwhile (row 16)', async () => {
  for (const jump of [-hour, hour / 3]) {
    const world = await inChat();
    world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'refused', kind: 'unreachable' } : undefined);
    await world.says('one');
    await world.passes(3_000);
    world.clock.putBack(-jump);
    world.serviceNow.trouble = () => undefined;
    await world.passes(60_000);
    expect(world.serviceNow.posted()).toEqual(['one']);
  }
});

test('a clock that is put forward by an hour ends no chat for want of words (row 16)', async () => {
  const world = await inChat();
  world.clock.putBack(-hour);
  await world.passes(60_000);
  expect([await world.phase(), world.teams.seenBy()]).toEqual(['connected', []]);
});

test('a clock that is put forward by an hour takes nobody out of the queue (row 16)', async () => {
  const world = new World();
  await world.says('/live_agent');
  world.clock.putBack(-hour);
  await world.passes(60_000);
  expect(await world.phase()).toBe('queued');
});
