import type { PendingEffect } from '../../src/conversation/effects';
import { ApiFailure } from '../../src/conversation/failures';
import type { MemoryStore } from '../../src/store/memory';
import { inChat } from '../failures/support/live';
import { keyOf, type World } from '../support/world/world';

/** Ten rows of one second, of which the first few go out alone and the rest in one message. */
function burst(world: World, name = 'Beth'): string[] {
  return Array.from({ length: 10 }, (_, n) => world.serviceNow.say(name, `row ${n}`).text);
}

const failure = (certain: boolean) =>
  new ApiFailure({ upstream: 'teams', kind: 'unreachable', certain, message: 'as the test says' });

/** What Teams does with the first message that holds several rows. */
function onTogether(world: World, what: 'refuses' | 'loses before' | 'loses after' | 'dies after'): string[] {
  const show = world.teams.show.bind(world.teams);
  const sent: string[] = [];
  world.teams.show = async (to, content, ...rest) => {
    if (content.kind !== 'agent' || !content.parts) return show(to, content, ...rest);
    sent.push(content.parts.join());
    if (sent.length > 1) return show(to, content, ...rest);
    if (what === 'refuses' || what === 'loses before') throw failure(what === 'refuses');
    const shown = await show(to, content, ...rest);
    if (what === 'loses after') throw failure(false);
    world.life.die();
    return shown;
  };
  return sent;
}

async function outboxOf(world: World): Promise<readonly PendingEffect[]> {
  return (await world.store.load(keyOf()))?.outbox ?? [];
}

test('a few rows are messages of their own; those for which there is little room go out in one', async () => {
  const world = await inChat();
  await world.passes(60_000);
  world.teams.messages = 0;
  const said = burst(world);
  await world.tick();
  expect(world.teams.seenBy()).toEqual(said);
  expect(world.teams.messages).toBe(5);
});

test('each row that went out with others is in the ledger by itself, as done', async () => {
  const world = await inChat();
  await world.passes(60_000);
  const before = (world.store as MemoryStore).ledgerOf(keyOf()).length;
  const rows = Array.from({ length: 10 }, (_, n) => world.serviceNow.say('Beth', `row ${n}`).id);
  await world.tick();
  const settled = (world.store as MemoryStore).ledgerOf(keyOf()).slice(before);
  expect(settled.map(({ outcome }) => outcome)).toEqual(rows.map(() => 'done'));
  for (const row of rows) {
    const { effects } = await world.store.trail(row, 100);
    expect(effects.filter((entry) => entry.row === row)).toMatchObject([{ state: 'done', attempts: 1 }]);
  }
});

test('what two agents wrote is not put under one name', async () => {
  const world = await inChat();
  await world.passes(60_000);
  const said = [...burst(world), ...burst(world, 'Carl')];
  await world.passes(10_000);
  expect(world.teams.seenBy()).toEqual([...said.slice(0, 10), '[agent_changed]', ...said.slice(10)]);
  const names = world.teams.shown.flatMap(({ content }) => (content.kind === 'agent' ? [content.name] : []));
  expect(names).toEqual([...Array(10).fill('Beth'), ...Array(10).fill('Carl')]);
});

test('rows that went out together and may have been shown are shown once more together, marked, and no others with them', async () => {
  const world = await inChat();
  await world.passes(60_000);
  const sent = onTogether(world, 'loses after');
  const said = burst(world);
  await world.tick();
  world.serviceNow.say('Beth', 'and then');
  await world.passes(20_000);
  expect(sent).toEqual([said.slice(4).join(), said.slice(4).join()]);
  const again = said.slice(4).map((text) => `(again) ${text}`);
  expect(world.teams.seenBy()).toEqual([...said, ...again, 'and then']);
});

test('the same after a kill in the middle of it, whatever has come since', async () => {
  const world = await inChat();
  await world.passes(60_000);
  const sent = onTogether(world, 'dies after');
  const said = burst(world);
  await world.tick(2);
  world.serviceNow.say('Beth', 'and then');
  await world.restart();
  await world.passes(20_000);
  expect(sent).toEqual([said.slice(4).join(), said.slice(4).join()]);
  expect(world.teams.seenBy()).toEqual([...said, ...said.slice(4).map((text) => `(again) ${text}`), 'and then']);
  expect(await outboxOf(world)).toEqual([]);
});

test('rows that Teams certainly did not take go out again, unmarked, in the portions that there is room for then', async () => {
  const world = await inChat();
  await world.passes(60_000);
  onTogether(world, 'refuses');
  const said = burst(world);
  await world.passes(30_000);
  expect(world.teams.seenBy()).toEqual(said);
});

test('rows that nobody knows of after two attempts are all named to the agent, and none is tried a third time', async () => {
  const world = await inChat();
  await world.passes(60_000);
  const said = burst(world);
  const show = world.teams.show.bind(world.teams);
  world.teams.show = async (to, content, ...rest) => {
    if (content.kind === 'agent' && content.parts) throw failure(false);
    return show(to, content, ...rest);
  };
  await world.passes(60_000);
  expect(world.serviceNow.notices).toMatchObject([{ key: 'words_in_doubt', text: said.slice(4).join('\n') }]);
  const unknown = (world.store as MemoryStore).ledgerOf(keyOf()).filter(({ outcome }) => outcome === 'unknown');
  expect(unknown).toHaveLength(6);
  expect(await outboxOf(world)).toEqual([]);
});

test('what is too big together is cut between the rows', async () => {
  const world = await inChat();
  await world.passes(60_000);
  const said = burst(world);
  const show = world.teams.show.bind(world.teams);
  world.teams.show = async (to, content, ...rest) => {
    const isTooBig = content.kind === 'agent' && (content.parts?.length ?? 0) > 2;
    if (isTooBig) throw new ApiFailure({ upstream: 'teams', kind: 'too_large', certain: true, message: 'too big' });
    return show(to, content, ...rest);
  };
  await world.passes(20_000);
  expect(world.teams.seenBy()).toEqual(said);
});

test('an employee who is gone is sent none of what waited to go out together', async () => {
  const world = await inChat();
  await world.passes(60_000);
  const show = world.teams.show.bind(world.teams);
  const refused = new ApiFailure({ upstream: 'teams', kind: 'not_found', certain: true, message: 'gone' });
  world.teams.show = async (to, content, ...rest) => {
    if (content.kind === 'agent' && content.parts) throw refused;
    return show(to, content, ...rest);
  };
  burst(world);
  await world.passes(20_000);
  expect(await outboxOf(world)).toEqual([]);
  expect(world.serviceNow.notices).toMatchObject([{ key: 'employee_unreachable' }]);
});
