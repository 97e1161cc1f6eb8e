import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ledger, makeLedger, type Redriven } from '../../src/control/ledger';
import type { Effect } from '../../src/conversation/effects';
import type { FailureKind } from '../../src/conversation/failures';
import type { Instant } from '../../src/conversation/types';
import type { ConversationStore, LedgerEntry } from '../../src/engine/store';
import { MemoryStore } from '../../src/store/memory';
import { SqliteStore } from '../../src/store/sqlite/store';
import { keyOf, sender, World, type WorldOptions } from '../support/world/world';

const folder = mkdtempSync(join(tmpdir(), 'redrive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const redriven: Redriven = { outcome: 'redriven' };
const refused = (reason: string) => ({ outcome: 'refused', reason });

function ledgerOf(world: World): Ledger {
  const { store, engine } = world;
  return makeLedger({ store, offer: (key, event, offer) => engine.offer(key, event, offer) });
}

async function inChat(options?: WorldOptions): Promise<World> {
  const world = new World(options);
  await world.says('talk to a live agent');
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hi, I am Beth');
  await world.tick(4);
  world.teams.shown.length = 0;
  return world;
}

/** What was given up of one kind, the newest. */
async function givenUp(world: World, type: Effect['type']): Promise<LedgerEntry> {
  const entries = await world.store.givenUp(0 as Instant, 100);
  const found = entries.filter((entry) => entry.type === type).at(-1);
  if (!found) throw new Error(`no ${type} was given up, only ${entries.map((entry) => entry.type).join(', ')}`);
  return found;
}

/** Puts back to work what was given up last of one kind, and lets it happen. */
async function redrive(world: World, type: Effect['type']): Promise<Redriven> {
  const { key, seq } = await givenUp(world, type);
  const outcome = await ledgerOf(world).redrive(key, seq);
  await world.settle();
  return outcome;
}

/** One agent's message that Teams refuses. */
async function withUnshownWords(options?: WorldOptions, kind: FailureKind = 'rejected'): Promise<World> {
  const world = await inChat(options);
  world.teams.trouble = () => ({ how: 'refused', kind });
  world.serviceNow.say('Beth', 'try the other cable');
  await world.tick(2);
  world.teams.trouble = () => undefined;
  return world;
}

const stores: [string, () => Promise<ConversationStore>][] = [
  ['memory', async () => new MemoryStore()],
  ['sqlite', () => SqliteStore.open({ file: join(folder, 'redrive.db') })],
];

test.each(stores)(
  "the agent's words that Teams did not take are shown once when they are redriven (%s)",
  async (_name, open) => {
    const store = await open();
    const world = await withUnshownWords({ store });
    const given = await givenUp(world, 'show');
    expect(given).toMatchObject({ state: 'given_up', detail: 'rejected' });
    expect(await redrive(world, 'show')).toEqual(redriven);
    expect(world.teams.seenBy()).toEqual(['try the other cable']);
    expect(await redrive(world, 'show')).toEqual(refused('redriven_before'));
    expect(world.teams.seenBy()).toEqual(['try the other cable']);
    const shows = (await store.trail(given.correlation, 99)).effects.filter(({ row }) => row === given.row);
    expect(shows.map(({ state, redrivenAt }) => [state, redrivenAt !== undefined])).toEqual([
      ['given_up', true],
      ['done', false],
    ]);
    await world.engine.stop(0);
    await store.close();
  },
);

test('of two who redrive the same at once one is refused, and it is done once', async () => {
  const world = await withUnshownWords();
  const { key, seq } = await givenUp(world, 'show');
  const ledger = ledgerOf(world);
  const outcomes = await Promise.all([ledger.redrive(key, seq), ledger.redrive(key, seq)]);
  await world.settle();
  expect(outcomes).toEqual([redriven, refused('redriven_before')]);
  expect(world.teams.seenBy()).toEqual(['try the other cable']);
});

test('what is redriven survives the death of the process', async () => {
  const world = await withUnshownWords();
  world.teams.trouble = () => ({ how: 'refused', kind: 'throttled' });
  await redrive(world, 'show');
  world.teams.trouble = () => undefined;
  await world.restart();
  await world.passes(120_000);
  expect(world.teams.seenBy()).toContain('try the other cable');
  expect(await redrive(world, 'show')).toEqual(refused('redriven_before'));
});

const deaths = Array.from({ length: 14 }, (_, n) => n + 1).flatMap((at) =>
  (['before', 'after'] as const).map((when) => ({ at, when })),
);

test.each(deaths)(
  'a death $when the thing number $at that the process does loses nothing that is redriven',
  async (death) => {
    const world = await withUnshownWords();
    const { key, seq } = await givenUp(world, 'show');
    await world.restart(death);
    await Promise.race([ledgerOf(world).redrive(key, seq), world.life.died]);
    await world.passes(1_000);
    await world.restart();
    await ledgerOf(world).redrive(key, seq);
    await world.passes(120_000);
    const shown = world.teams.seenBy().filter((text) => text.endsWith('try the other cable'));
    expect(['try the other cable', '(again) try the other cable']).toContain(shown[0]);
    expect(shown.slice(1)).toEqual(shown.slice(1).map(() => '(again) try the other cable'));
    expect(shown.length).toBeLessThanOrEqual(2);
    expect(await ledgerOf(world).redrive(key, seq)).toEqual(refused('redriven_before'));
  },
);

test('what fails again is given up anew, and can be redriven in its turn', async () => {
  const world = await withUnshownWords();
  world.teams.trouble = () => ({ how: 'refused', kind: 'rejected' });
  await redrive(world, 'show');
  world.teams.trouble = () => undefined;
  expect(await redrive(world, 'show')).toEqual(redriven);
  expect(world.teams.seenBy()).toEqual(['try the other cable']);
});

test('nothing is shown to an employee who cannot be reached; once she writes again it can be', async () => {
  const world = await withUnshownWords();
  await world.happens({ type: 'app_uninstalled', from: sender(), at: world.clock.now() });
  await world.settle();
  expect(await redrive(world, 'show')).toEqual(refused('employee_unreachable'));
  await world.says('I am back');
  world.teams.shown.length = 0;
  expect(await redrive(world, 'show')).toEqual(redriven);
  expect(world.teams.seenBy()).toEqual(['try the other cable']);
});

/** One message of the employee that ServiceNow rejects for what it is. */
async function withRejectedWords(text: string, rejects: (count: number) => boolean, options?: WorldOptions) {
  const world = await inChat(options);
  let posts = 0;
  world.serviceNow.trouble = (call) => {
    if (call !== 'post') return undefined;
    posts += 1;
    return rejects(posts) ? { how: 'refused', kind: 'rejected' } : undefined;
  };
  await world.says(text);
  world.serviceNow.trouble = () => undefined;
  return world;
}

test("the employee's words that ServiceNow rejected go to the chat while that is still live", async () => {
  const world = await withRejectedWords('it is cable 4711', () => true);
  expect(world.teams.seenBy()).toEqual(['[not_delivered]']);
  expect(await redrive(world, 'post')).toEqual(redriven);
  expect(world.serviceNow.posted()).toEqual(['it is cable 4711']);
});

test('of a long message the rejected part is posted, and those after it that went with it', async () => {
  const rules = { longestPosted: 10 };
  const world = await withRejectedWords('the first the second the third', (count) => count === 2, { rules });
  expect(world.serviceNow.posted()).toEqual(['the first']);
  expect(await redrive(world, 'post')).toEqual(redriven);
  expect(world.serviceNow.posted()).toEqual(['the first', 'the second', 'the third']);
});

test("the employee's words are not posted to a chat that is over, nor to the one after it", async () => {
  const world = await withRejectedWords('it is cable 4711', () => true);
  world.serviceNow.close('Beth');
  await world.tick(3);
  expect(await redrive(world, 'post')).toEqual(refused('chat_over'));
  await world.says('talk to a live agent');
  expect(await redrive(world, 'post')).toEqual(refused('chat_over'));
  expect(world.serviceNow.posted()).toEqual([]);
  expect(await givenUp(world, 'post')).not.toHaveProperty('redrivenAt');
});

/** One question that the assistant could not be asked. */
async function withUnaskedQuestion(): Promise<World> {
  const world = new World();
  world.assistant.trouble = () => ({ how: 'refused', kind: 'unreachable' });
  await world.says('where is the printer');
  await world.passes(20_000);
  world.assistant.trouble = () => undefined;
  world.teams.shown.length = 0;
  return world;
}

test('the assistant is asked again what it could not be asked', async () => {
  const world = await withUnaskedQuestion();
  expect(await redrive(world, 'ask')).toEqual(redriven);
  expect(world.assistant.asked).toEqual(['where is the printer']);
  expect(world.teams.seenBy()).toEqual(['you said where is the printer']);
});

test('the assistant is not asked while a live agent has the floor', async () => {
  const world = await withUnaskedQuestion();
  await world.says('/live_agent');
  expect(await redrive(world, 'ask')).toEqual(refused('not_the_assistants_turn'));
  expect(world.assistant.asked).toEqual([]);
});

test('a chat that could not be left is left, by the one who leaves it later', async () => {
  const world = await inChat();
  world.serviceNow.trouble = (call) => (call === 'leave' ? { how: 'refused', kind: 'unreachable' } : undefined);
  await world.says('/end_chat');
  await world.passes(30_000);
  expect(await redrive(world, 'leave')).toEqual(refused('under_way'));
  world.serviceNow.trouble = (call) => (call === 'leave' ? { how: 'refused', kind: 'not_found' } : undefined);
  await world.passes(900_000);
  world.serviceNow.trouble = () => undefined;
  expect(world.serviceNow.chat.leaves).toBe(0);
  expect(await redrive(world, 'reap')).toEqual(redriven);
  expect(world.serviceNow.chat.leaves).toBe(1);
});

test('a notice of the moment is not shown later; that a message was lost is', async () => {
  const world = new World();
  world.teams.trouble = () => ({ how: 'refused', kind: 'rejected' });
  await world.says('/live_agent');
  const [moment] = await world.store.givenUp(0 as Instant, 1);
  expect(await ledgerOf(world).redrive(keyOf(), moment?.seq ?? 0)).toEqual(refused('of_the_moment'));
  world.assistant.trouble = () => ({ how: 'refused', kind: 'unreachable' });
  await world.says('where is the printer', { user: 'bob' });
  await world.passes(20_000);
  world.teams.trouble = () => undefined;
  expect(await redrive(world, 'show')).toEqual(redriven);
  expect(world.teams.seenBy('bob')).toEqual(['[assistant_unavailable]']);
});

test('a chat is not opened behind the back of the employee who was told that none came about', async () => {
  const world = new World();
  world.serviceNow.trouble = () => ({ how: 'refused', kind: 'rejected' });
  await world.says('/live_agent');
  world.serviceNow.trouble = () => undefined;
  expect(await redrive(world, 'open')).toEqual(refused('asked_anew'));
  expect(world.serviceNow.chats).toEqual([]);
});

test('what was not given up is not redriven', async () => {
  const world = await inChat();
  expect(await ledgerOf(world).redrive(keyOf(), 1)).toEqual(refused('not_given_up'));
  expect(await ledgerOf(world).redrive(keyOf('nobody'), 1)).toEqual(refused('not_given_up'));
});

test("an agent's words that may have been shown are visibly marked when they are shown again", async () => {
  const world = await inChat();
  world.teams.trouble = () => ({ how: 'lost_before' });
  world.serviceNow.say('Beth', 'try the other cable');
  await world.passes(60_000);
  world.teams.trouble = () => undefined;
  world.teams.shown.length = 0;
  expect(await redrive(world, 'show')).toEqual(redriven);
  expect(world.teams.seenBy()).toEqual(['(again) try the other cable']);
});

test('words that may be in the thread are looked for before they are posted again', async () => {
  const world = await inChat({ rules: { retryBudgetMs: 8_000 } });
  world.serviceNow.trouble = (call) =>
    call === 'post' ? { how: 'lost_after' } : call === 'find' ? { how: 'lost_before' } : undefined;
  const chat = world.serviceNow.chat;
  await world.says('is it the cable?');
  await world.passes(60_000);
  world.serviceNow.trouble = () => undefined;
  const entry = await givenUp(world, 'post');
  expect([entry.state, chat.rows.filter((row) => row.text === 'is it the cable?').length]).toEqual(['unknown', 1]);
  expect(await redrive(world, 'post')).toEqual(refused('chat_over'));
});
