import type { Change, Committed, ConversationStore } from '../../src/engine/store';
import { MemoryStore } from '../../src/store/memory';
import type { World } from '../support/world/world';
import { inChat } from './support/live';

/** A store that can be away: nothing can be asked of it, and nothing put into it. */
class AwayStore extends MemoryStore {
  isAway = false;

  override async commit(change: Change): Promise<Committed> {
    this.mustBeThere();
    return super.commit(change);
  }

  override async load(...given: Parameters<ConversationStore['load']>) {
    this.mustBeThere();
    return super.load(...given);
  }

  override async due(...given: Parameters<ConversationStore['due']>) {
    this.mustBeThere();
    return super.due(...given);
  }

  private mustBeThere(): void {
    if (this.isAway) throw new Error('the store is away');
  }
}

test('while the store is away no turn is taken, the agents’ words wait, and all is there afterwards, once (row 43)', async () => {
  const store = new AwayStore();
  const world = await inChat({ store });
  sweepsAsTheProductDoes(world);
  const quiet = reads(world);
  await world.passes(60_000);
  const usual = quiet.length;
  store.isAway = true;
  world.serviceNow.say('Beth', 'are you there?');
  await expect(world.deliver('yes', { turn: 'x' })).rejects.toThrow('the store is away');
  await world.passes(60_000);
  expect(world.teams.seenBy()).toEqual([]);
  expect(quiet.length - usual).toBeLessThanOrEqual(usual);
  store.isAway = false;
  await world.deliver('yes', { turn: 'x' });
  await world.deliver('yes', { turn: 'x' });
  await world.passes(30_000);
  expect(world.teams.seenBy().filter((text) => !text.startsWith('[support_'))).toEqual(['are you there?']);
  expect(world.serviceNow.posted()).toEqual(['yes']);
});

/** The reads of threads from now on. */
function reads(world: World): string[] {
  const found: string[] = [];
  world.serviceNow.trouble = (call) => {
    if (call === 'read' || call === 'glance') found.push(call);
    return undefined;
  };
  return found;
}

/** A sweep that fails is said in the log, and comes round again. */
function sweepsAsTheProductDoes(world: World): void {
  const sweep = world.engine.sweep.bind(world.engine);
  world.engine.sweep = () => sweep().catch(() => {});
}
