import { ApiFailure } from '../../src/conversation/failures';
import { MemoryStore } from '../../src/store/memory';
import { inChat } from '../failures/support/live';
import { keyOf, World } from '../support/world/world';

/** A store of which a backup can be taken, and put back. */
class BackedUpStore extends MemoryStore {
  private backup: object = {};

  takeBackup(): void {
    this.backup = structuredClone({ ...this, backup: undefined });
  }

  putBack(): void {
    Object.assign(this, structuredClone({ rows: Reflect.get(this.backup, 'rows') }), { isPutBack: true });
  }
}

async function worldWithBackups(start: (options: { store: BackedUpStore }) => Promise<World>) {
  const store = new BackedUpStore();
  return { store, world: await start({ store }) };
}

/** The process dies, and the next one finds the backup. */
async function putsBack(world: World, store: BackedUpStore): Promise<void> {
  world.life.die();
  store.putBack();
  await world.restart();
  await world.passes(20_000);
}

test("an agent's words that were shown after the backup are shown once more, marked, and what comes later is not marked (row 44)", async () => {
  const { world, store } = await worldWithBackups(inChat);
  store.takeBackup();
  world.serviceNow.say('Beth', 'shown before');
  await world.tick(3);
  await putsBack(world, store);
  world.serviceNow.say('Beth', 'new');
  await world.tick(3);
  expect(world.teams.seenBy()).toEqual(['shown before', '(again) shown before', 'new']);
});

test('where nothing happened since the backup, nothing is marked afterwards', async () => {
  const { world, store } = await worldWithBackups(inChat);
  store.takeBackup();
  await putsBack(world, store);
  expect(await store.wasPutBack()).toBe(false);
  world.serviceNow.say('Beth', 'new');
  await world.tick(3);
  expect(world.teams.seenBy()).toEqual(['new']);
});

test('words that waited in the backup and were posted after it are found in the thread, and are not posted twice (row 44)', async () => {
  const { world, store } = await worldWithBackups(inChat);
  world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'refused', kind: 'throttled' } : undefined);
  await world.says('on its way');
  store.takeBackup();
  world.serviceNow.trouble = () => undefined;
  await world.passes(20_000);
  expect(world.serviceNow.posted()).toEqual(['on its way']);
  await putsBack(world, store);
  expect(world.serviceNow.posted()).toEqual(['on its way']);
});

test('a chat that was opened after the backup is found again, not opened twice, and what was said in it is marked (row 44)', async () => {
  const { world, store } = await worldWithBackups(async (options) => new World(options));
  world.serviceNow.trouble = (call) => (call === 'open' ? { how: 'refused', kind: 'throttled' } : undefined);
  await world.says('/live_agent');
  store.takeBackup();
  world.serviceNow.trouble = () => undefined;
  await world.passes(20_000);
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'hello');
  await world.tick(3);
  await putsBack(world, store);
  expect(world.serviceNow.chats).toHaveLength(1);
  expect(world.teams.seenBy().filter((text) => text.endsWith('hello'))).toEqual(['hello', '(again) hello']);
  expect(world.teams.seenBy().filter((text) => text.endsWith('[agent_joined]'))).toEqual([
    '[agent_joined]',
    '(again) [agent_joined]',
  ]);
});

test('an end that was told after the backup is told again as a possible repeat; the next question is answered as ever', async () => {
  const { world, store } = await worldWithBackups(inChat);
  store.takeBackup();
  world.serviceNow.close('Beth');
  await world.passes(10_000);
  await putsBack(world, store);
  await world.says('and now?');
  expect(world.teams.seenBy()).toEqual(['[ended_by_agent]', '(again) [ended_by_agent]', 'you said and now?']);
  expect((await store.load(keyOf()))?.conversation.putBack).toBeUndefined();
});

test.each(['commit', 'acceptPutBack'] as const)(
  'a start that is cut off (at its %s) before all was taken for doubtful is made up for by the next one',
  async (call) => {
    const { world, store } = await worldWithBackups(inChat);
    world.teams.trouble = () => ({ how: 'refused', kind: 'throttled' });
    world.serviceNow.say('Beth', 'waits in the backup');
    await world.tick(2);
    store.takeBackup();
    world.teams.trouble = () => undefined;
    await world.passes(20_000);
    world.life.die();
    store.putBack();
    Reflect.set(store, call, () => Promise.reject(new Error('killed here')));
    await expect(world.restart()).rejects.toThrow('killed here');
    Reflect.deleteProperty(store, call);
    await world.restart();
    await world.passes(20_000);
    expect(world.teams.seenBy()).toEqual(['waits in the backup', '(again) waits in the backup']);
  },
);

test('words in doubt since a backup that Teams certainly does not take now are tried again, and stay marked', async () => {
  const { world, store } = await worldWithBackups(inChat);
  store.takeBackup();
  world.serviceNow.say('Beth', 'hello');
  await world.tick(3);
  const show = world.teams.show.bind(world.teams);
  let refusals = 2;
  world.teams.show = async (...given) => {
    refusals -= 1;
    if (refusals >= 0) throw new ApiFailure({ upstream: 'teams', kind: 'throttled', certain: true, message: 'later' });
    return show(...given);
  };
  await putsBack(world, store);
  expect(world.teams.seenBy()).toEqual(['hello', '(again) hello']);
});
