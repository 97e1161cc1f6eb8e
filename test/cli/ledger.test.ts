import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askLedger } from '../../src/cli/ledger/command';
import { controlPath } from '../../src/control/path';
import { type Control, startControl } from '../../src/control/server';
import { SqliteStore } from '../../src/store/sqlite/store';
import { keyOf, silentLog, World } from '../support/world/world';

let folder: string;
let control: Control | undefined;
let world: World | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'led-'));
});

afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

const file = () => join(folder, 'c.db');

/** A connector over the database of this test; its admin can ask it. */
async function start(): Promise<World> {
  const store = await SqliteStore.open({ file: file() });
  const started = new World({ store });
  await started.takeUp();
  await started.settle();
  const offer = started.engine.offer.bind(started.engine);
  control = await startControl({ path: controlPath(file()), store, offer, log: silentLog });
  world = started;
  return started;
}

async function stop(): Promise<void> {
  await control?.close();
  await world?.engine.stop(0);
  await world?.store.close();
  control = undefined;
  world = undefined;
}

interface Said {
  readonly code: number;
  readonly out: string[];
  readonly err: string[];
}

async function ask(...args: string[]): Promise<Said> {
  const out: string[] = [];
  const err: string[] = [];
  const databaseUrl = `file:${file()}`;
  const code = await askLedger({ args, databaseUrl, out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
}

/** The employee and the agent talk; Teams refuses one message of the agent's. */
async function talk(): Promise<World> {
  const started = await start();
  await started.says('talk to a live agent', { turn: 'turn-1' });
  started.serviceNow.accept();
  await started.tick();
  await started.says('my secret cable', { turn: 'turn-2' });
  started.teams.trouble = () => ({ how: 'refused', kind: 'rejected' });
  started.serviceNow.say('Beth', 'take the secret one');
  await started.tick(2);
  started.teams.trouble = () => undefined;
  started.teams.shown.length = 0;
  return started;
}

/** The lines of a trail, without their times. */
const told = (lines: readonly string[]) => lines.map((line) => line.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>'));

test('the trail of a turn tells when it was received, stored, tried, posted and confirmed, and holds no words', async () => {
  const { serviceNow } = await talk();
  const [chat, row] = [serviceNow.chat.live.id, serviceNow.chat.rows.find((one) => one.text === 'my secret cable')?.id];
  const { code, out } = await ask('show', 'turn-2');
  expect(code).toBe(0);
  expect(told(out)).toEqual([
    `conversation ${keyOf()}`,
    '  <time>  received   turn turn-2',
    expect.stringMatching(/^ {2}<time> {2}stored {5}#(\d+) post to the chat, for turn-2, chat c0+1$/),
    expect.stringMatching(/^ {2}<time> {2}tried {6}#\d+ post to the chat$/),
    expect.stringMatching(new RegExp(`^  <time>  settled    #\\d+ post to the chat: posted, confirmed as row ${row}$`)),
  ]);
  expect((await ask('show', String(row))).out).toEqual(out);
  const whole = await ask('show', chat);
  expect(whole.out).toEqual(expect.arrayContaining(out));
  const json = await ask('show', keyOf(), '--json');
  expect(JSON.parse(json.out.join('\n'))).toMatchObject({
    received: [{ turn: 'turn-1' }, { turn: 'turn-2', at: expect.stringMatching(/^2026-11-23T09:00:/) }],
  });
  expect([...whole.out, ...json.out].join('\n')).not.toMatch(/secret|ANA|Beth/);
});

test('of an unknown id it is said that nothing is known', async () => {
  await talk();
  expect(await ask('show', 'turn-9')).toEqual({
    code: 1,
    out: [],
    err: ['Nothing is known of turn-9. What is older than RETENTION_DAYS is forgotten.'],
  });
});

/** The number of the newest entry that was given up. */
async function lastGivenUp(): Promise<string> {
  const { out } = await ask('given-up', '--json');
  const entries = JSON.parse(out.join('\n')) as { seq: number }[];
  return String(entries.at(-1)?.seq);
}

test('what was given up is listed with its reason, and redriven while the connector runs', async () => {
  const { teams } = await talk();
  const seq = await lastGivenUp();
  const row = world?.serviceNow.chat.rows.find((one) => one.author === 'agent')?.id;
  const listed = `<time>  ${keyOf()} ${seq}  show in Teams, for row:${row}: given up (rejected), 1 attempt`;
  expect(told((await ask('given-up', '--since', '2026-11-01')).out).at(-1)).toBe(listed);
  expect((await ask('given-up', '--since', '2026-12-01')).out).toEqual([]);
  expect(await ask('redrive', keyOf(), seq)).toEqual({ code: 0, out: [`redriven  ${keyOf()} ${seq}`], err: [] });
  await world?.settle();
  expect(teams.seenBy()).toEqual(['take the secret one']);
  expect(told((await ask('given-up')).out).at(-1)).toBe(`${listed}, redriven <time>`);
  const again = [`refused   ${keyOf()} ${seq}: it was redriven before`];
  expect(await ask('redrive', keyOf(), seq)).toEqual({ code: 1, out: [], err: again });
});

test('what is redriven while no connector runs is carried out when it starts', async () => {
  await talk();
  const seq = await lastGivenUp();
  await stop();
  const { out } = await ask('redrive', keyOf(), seq);
  expect(out).toEqual([`redriven  ${keyOf()} ${seq}`, 'It is carried out when the connector runs.']);
  expect((await ask('show', keyOf())).out.at(-1)).toMatch(/show in Teams: waits$/);
  const started = await start();
  expect(started.teams.seenBy()).toContain('take the secret one');
});

test('all that was given up since a day is redriven at once, each once, and what is refused is said', async () => {
  const { teams } = await talk();
  teams.trouble = () => ({ how: 'refused', kind: 'rejected' });
  await world?.says('/live_agent');
  teams.trouble = () => undefined;
  const first = await ask('redrive', '--all-since', '2026-11-01');
  expect([first.code, first.out.at(-1)]).toEqual([0, '1 redriven']);
  expect(first.err).toEqual([expect.stringMatching(/^refused .*: it was of use at that moment only$/)]);
  await world?.settle();
  expect(teams.seenBy()).toEqual(['take the secret one']);
  expect((await ask('redrive', '--all-since', '2026-11-01')).out).toEqual(['0 redriven']);
});

test('what fails again at once is tried once by one command, and is there for the next', async () => {
  const { teams, serviceNow } = await talk();
  teams.trouble = () => ({ how: 'refused', kind: 'rejected' });
  expect((await ask('redrive', '--all-since', '2026-11-01')).out.at(-1)).toBe('1 redriven');
  await world?.settle();
  const row = serviceNow.chat.rows.find((one) => one.author === 'agent')?.id;
  const given = (await ask('given-up')).out.filter((line) => line.includes(`row:${row}: given up`));
  expect(given.map((line) => line.includes('redriven'))).toEqual(expect.arrayContaining([true, false]));
  teams.trouble = () => undefined;
  await ask('redrive', '--all-since', '2026-11-01');
  await world?.settle();
  expect(teams.seenBy()).toEqual(['take the secret one']);
});

test.each([
  [[]],
  [['show']],
  [['show', 'a', 'b']],
  [['given-up', 'now']],
  [['given-up', '--since', 'yesterday']],
  [['redrive', 'a']],
  [['redrive', 'a', '0']],
  [['redrive', 'a', '1', '2']],
  [['redrive', '--since', '2026-11-01']],
  [['forget', 'all']],
  [['show', 'a', '--force']],
])('what cannot be understood is answered with how to ask: %j', async (args) => {
  const { code, out, err } = await ask(...args);
  expect([code, out, err[0]]).toEqual([2, [], expect.stringMatching(/^npm run ledger -- show/)]);
});

test('a database that is not there is named, and none is made', async () => {
  await expect(ask('given-up')).rejects.toThrow(`${file()} is not there`);
  expect(existsSync(file())).toBe(false);
});
