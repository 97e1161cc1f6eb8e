import fc from 'fast-check';
import type { ServerTime } from '../../src/conversation/types';
import { renderContent } from '../../src/teams/render/render';
import { makeTexts } from '../../src/texts/texts';
import { seenMessage } from '../support/seen';
import type { World } from '../support/world/world';
import { inChat } from './support/live';

/** A row that becomes visible only now although it is so much older. */
async function appearsLate(world: World, text: string, ageMs: number): Promise<void> {
  const { rows } = world.serviceNow.chat;
  const row = world.serviceNow.say('Beth', text, { at: (world.serviceNow.now() - ageMs) as ServerTime });
  rows.splice(rows.indexOf(row), 1);
  rows.splice(-1, 0, row);
  await world.passes(8_000);
}

/** A chat whose reads bring the whole thread, in which one row is on the screen and another appears forty seconds late. */
async function withALateRow(overlapMs?: number): Promise<World> {
  const world = await inChat(overlapMs === undefined ? {} : { rules: { cursorOverlapMs: overlapMs } });
  const { rows } = world.serviceNow.chat;
  world.serviceNow.read = async () => ({ rows, state: { state: 'in_progress' } });
  await world.passes(60_000);
  world.serviceNow.say('Beth', 'in time');
  await world.tick(2);
  await appearsLate(world, 'forty seconds late', 40_000);
  await world.passes(60_000);
  return world;
}

/** What the employee reads of what was sent, as Teams shows it. */
function readInTeams(world: World): string[] {
  const wording = { locale: 'en-GB', texts: makeTexts(), repeat: false };
  return world.teams.shown.map(({ content }) => seenMessage('a', { ...renderContent(content, wording) }, 0).text);
}

test('however many rows of one second come, and in whatever portions, all are shown once, in thread order (row 13)', async () => {
  const portions = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(portions, async (counts) => {
      const world = await inChat();
      const at = world.serviceNow.now();
      const said: string[] = [];
      for (const count of counts) {
        for (let n = 0; n < count; n += 1) said.push(world.serviceNow.say('Beth', `row ${said.length}`, { at }).text);
        await world.tick();
      }
      await world.passes(60_000);
      expect(world.teams.seenBy()).toEqual(said);
    }),
    { numRuns: 25, seed: 13 },
  );
});

test('a row that is committed forty seconds late arrives where the overlap window is a minute (row 14)', async () => {
  const world = await withALateRow(60_000);
  expect(world.teams.seenBy()).toEqual(['in time', 'forty seconds late']);
});

test('a row that is committed late does not make the rows after it be shown again (row 14)', async () => {
  const world = await inChat();
  for (const text of ['one', 'two', 'three']) {
    world.serviceNow.say('Beth', text);
    await world.passes(3_000);
  }
  await appearsLate(world, 'late', 8_000);
  await world.passes(60_000);
  expect(world.teams.seenBy()).toEqual(['one', 'two', 'three', 'late']);
});

test('a row that was committed later than the overlap window reaches the employee all the same (row 14)', async () => {
  const world = await withALateRow();
  expect(world.teams.seenBy()).toEqual(['in time', 'forty seconds late']);
});

test('a row that is more than thirty seconds late is shown with the time when it was written (row 14)', async () => {
  const world = await withALateRow(60_000);
  expect(readInTeams(world).at(-1)).toMatch(/\d\d?:\d\d/);
});

test('a row that the agent changes or takes back after it was shown is never shown again as a new one (row 31)', async () => {
  const world = await inChat();
  const [first, second] = [world.serviceNow.say('Beth', 'restart it'), world.serviceNow.say('Beth', 'and wait')];
  await world.tick(2);
  const { rows } = world.serviceNow.chat;
  rows.splice(rows.indexOf(first), 1, { ...first, text: 'restart it twice' });
  await world.passes(10_000);
  rows.splice(rows.indexOf(second), 1);
  await world.passes(10_000);
  world.serviceNow.say('Beth', 'done?');
  await world.passes(60_000);
  expect(world.teams.seenBy()).toEqual(['restart it', 'and wait', 'done?']);
});

const words = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  fc.constantFrom(
    '<b>bold</b>',
    '<script>alert(1)</script>',
    '&amp; &lt;',
    '👩‍👩‍👧',
    'שלום עולם',
    'مرحبا',
    '**not bold**',
    '[x](y)',
  ),
);

test('whatever an agent writes, mark-up, emoji and right-to-left writing included, is shown whole and in order (row 32)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 12 }), fc.nat(300), async (parts, times) => {
      const world = await inChat({ rules: { longestShown: 200 } });
      const text = Array.from({ length: 1 + (times % 20) }, () => parts.join(' ')).join('\n');
      world.serviceNow.say('Beth', text);
      await world.passes(120_000);
      const bare = (all: string) => all.replace(/\s/gu, '');
      expect(bare(world.teams.seenBy().join(''))).toBe(bare(text));
      expect(world.teams.shown.every((one) => one.text.length <= 200)).toBe(true);
    }),
    { numRuns: 40, seed: 32 },
  );
});

test('a message of a hundred kilobytes is read in Teams whole, in messages that Teams takes (row 32)', async () => {
  const world = await inChat();
  const text = Array.from({ length: 17_000 }, (_, n) => `w${n}`).join(' ');
  expect(text.length).toBeGreaterThan(100_000);
  world.serviceNow.say('Beth', text);
  await world.passes(60_000);
  const read = readInTeams(world).map((each) => each.replace(/^Beth\s+/, ''));
  expect(read.join(' ')).toBe(text);
  const wording = { locale: 'en-GB', texts: makeTexts(), repeat: false };
  const sizes = world.teams.shown.map(({ content }) => JSON.stringify(renderContent(content, wording)).length * 2);
  expect(Math.max(...sizes)).toBeLessThan(80_000);
});

test.each(['', ' \n ', '\u00a0'])(
  'a row of nothing but %j is shown to nobody, and the next one is (row 32)',
  async (text) => {
    const world = await inChat();
    world.serviceNow.say('Beth', text);
    world.serviceNow.system('Beth has been assigned');
    world.serviceNow.say('Beth', 'hello');
    await world.passes(10_000);
    expect(world.teams.seenBy()).toEqual(['hello']);
  },
);
