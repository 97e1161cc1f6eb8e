import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteStore } from '../../src/store/sqlite/store';
import { makeFolder } from '../support/product';
import type { World } from '../support/world/world';
import { inChat } from './support/live';

let folder: ReturnType<typeof makeFolder>;
let store: SqliteStore;

beforeEach(async () => {
  folder = makeFolder();
  store = await SqliteStore.open({ file: join(folder.path, 'live.db') });
});

afterEach(async () => {
  await store.close();
  folder.remove();
});

/** A chat of which a backup is taken; then a second passes in which both sides write; then the backup is all that is left. */
async function losesASecond(): Promise<World> {
  const world = await inChat({ store });
  await world.says('before the backup');
  world.serviceNow.say('Beth', 'read before the backup');
  await world.passes(20_000);
  for (const end of ['', '-wal']) {
    const file = join(folder.path, `live.db${end}`);
    if (existsSync(file)) copyFileSync(file, join(folder.path, `backup.db${end}`));
  }
  await world.says('in the lost second');
  world.serviceNow.say('Beth', 'read in the lost second');
  await world.tick();
  expect(world.teams.seenBy()).toContain('read in the lost second');
  world.life.die();
  await store.close();
  store = await SqliteStore.open({ file: join(folder.path, 'backup.db') });
  Object.assign(world, { store });
  await world.restart();
  world.serviceNow.say('Beth', 'said after it');
  await world.passes(20_000);
  await world.says('written after it');
  await world.passes(20_000);
  return world;
}

test('a store that is restored without its last second: no word of either side is lost, none is posted twice, and the chat goes on (row 44)', async () => {
  const world = await losesASecond();
  expect(world.serviceNow.posted()).toEqual(['before the backup', 'in the lost second', 'written after it']);
  const seen = world.teams.seenBy();
  expect([...new Set(seen.map((text) => text.replace('(again) ', '')))]).toEqual([
    'read before the backup',
    'read in the lost second',
    'said after it',
  ]);
  expect(seen.filter((text) => text.endsWith('read before the backup'))).toHaveLength(1);
  expect(await world.phase()).toBe('connected');
});

test('what is shown again after a restore is marked as a possible repeat (row 44)', async () => {
  const world = await losesASecond();
  const repeated = world.teams.seenBy().filter((text) => text === 'read in the lost second');
  expect(repeated).toHaveLength(1);
});
