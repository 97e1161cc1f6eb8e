import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/product';
import { type Fleet, startFleet } from './support/fleet';
import { beginTalks } from './support/talk';

let fleet: Fleet;
beforeAll(async () => {
  fleet = await startFleet(2);
}, 40_000);
afterAll(() => fleet.close(), 30_000);

/** Runs one of the product's commands beside the replicas. */
function run(command: 'ledger' | 'export', ...args: string[]): Promise<string> {
  const file = join(__dirname, '..', '..', 'dist', 'cli', `${command}.js`);
  const env = { PATH: process.env.PATH, DATABASE_URL: fleet.database };
  return new Promise((resolve) => {
    execFile(process.execPath, [file, ...args], { cwd: tmpdir(), env }, (_error, out, err) => resolve(out + err));
  });
}

test('while the replicas run, what was said can be exported, and what was given up can be found and redriven', async () => {
  const [talk] = await beginTalks(fleet, ['ana']);
  if (!talk) throw new Error('no talk began');
  await talk.say('ana-says-1');
  await eventually(() => talk.heard().includes('ana-says-1'), 'the word');
  expect(await run('export')).toMatch(/ana-says-1/);
  fleet.teams.connector.next({ status: 400 });
  talk.answer('refused-at-first');
  const listed = await eventually(async () => {
    const lines = await run('ledger', 'given-up', '--json');
    return lines.includes('"show"') ? lines : undefined;
  }, 'what was given up');
  const [entry] = JSON.parse(listed) as [{ key: string; seq: number }];
  await run('ledger', 'redrive', entry.key, String(entry.seq));
  await eventually(() => talk.read().some((line) => line.includes('refused-at-first')), 'the words');
}, 60_000);
