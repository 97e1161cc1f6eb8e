import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import type { ServiceNowSimulator } from '../../src/simulator/servicenow/simulator';
import { closeFarSides, startFarSides } from '../support/far-sides';
import { environmentOf, eventually, type makeFolder, type Product, startProduct } from '../support/product';
import type { TeamsChannel } from '../support/teams-channel';

let rasa: RasaSimulator;
let serviceNow: ServiceNowSimulator;
let teams: TeamsChannel;
let product: Product | undefined;
let folder: ReturnType<typeof makeFolder>;

beforeEach(async () => {
  ({ rasa, serviceNow, teams, folder } = await startFarSides());
});

afterEach(async () => {
  await product?.kill();
  product = undefined;
  await closeFarSides({ rasa, serviceNow, teams, folder });
});

const environment = () => ({ ...environmentOf(rasa, serviceNow, folder.path), ...teams.environment });

interface Finished {
  readonly code: unknown;
  readonly lines: string[];
  readonly stderr: string;
}

/** Runs one of the product's commands as the admin does. */
function run(command: 'ledger' | 'export', ...args: string[]): Promise<Finished> {
  const file = join(__dirname, '..', '..', 'dist', 'cli', `${command}.js`);
  const env = { PATH: process.env.PATH, DATABASE_URL: environment().DATABASE_URL };
  return new Promise((resolve) => {
    execFile(process.execPath, [file, ...args], { cwd: tmpdir(), env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, lines: stdout.split('\n').filter(Boolean), stderr }),
    );
  });
}

/** The employee is in a chat, and Teams refuses one message of the agent's. */
async function withUnshownWords(): Promise<string> {
  const started = await startProduct(environment());
  product = started;
  const activity = teams.activity({ text: '/live_agent' });
  await teams.sendTo(started.url, activity);
  const chat = await eventually(() => serviceNow.chats()[0], 'a chat');
  serviceNow.accept(chat.id);
  serviceNow.say(chat.id, { text: 'hello from the desk' });
  await teams.connector.until((connector) => connector.texts().some((text) => text.includes('hello from the desk')));
  await teams.connector.until((connector) => connector.calls.some(({ method }) => method === 'PUT'));
  teams.connector.next({ status: 400 });
  serviceNow.say(chat.id, { text: 'take the secret cable' });
  await eventually(async () => (await run('ledger', 'given-up')).lines.length === 1, 'that it is given up');
  return String(activity.id);
}

test('the admin asks the running connector what became of a turn, and puts back to work what was given up', async () => {
  const turn = await withUnshownWords();
  const trail = await run('ledger', 'show', turn);
  expect([trail.code, trail.lines.join('\n')]).toEqual([
    0,
    expect.stringMatching(/received +turn \d+\n.*open a chat/s),
  ]);
  const { lines } = await run('ledger', 'given-up');
  expect(lines).toEqual([expect.stringMatching(/show in Teams, for row:\w+: given up \(rejected\), 1 attempt$/)]);
  const [, key = '', seq = ''] = /Z {2}(\S+) (\d+) {2}/.exec(lines[0] ?? '') ?? [];
  expect(await run('ledger', 'redrive', key, seq)).toMatchObject({ code: 0, lines: [`redriven  ${key} ${seq}`] });
  await teams.connector.until((connector) => connector.texts().some((text) => text.includes('the secret cable')));
  expect(await run('ledger', 'redrive', key, seq)).toMatchObject({ code: 1, stderr: /redriven before/ });
  expect(teams.connector.texts().filter((text) => text.includes('the secret cable'))).toHaveLength(1);
  const said = await run('export', '--who', 'agent');
  expect(said.lines.slice(-2).map((line) => JSON.parse(line).text)).toEqual([
    'hello from the desk',
    'take the secret cable',
  ]);
  expect(JSON.stringify([product?.lines, trail, lines])).not.toMatch(/secret/);
}, 40_000);

test('the admin asks the database while the connector is down, and what is redriven is done when it is up', async () => {
  const turn = await withUnshownWords();
  await product?.kill();
  expect((await run('ledger', 'show', turn)).code).toBe(0);
  const { lines } = await run('ledger', 'redrive', '--all-since', '2020-01-01');
  expect(lines.slice(-2)).toEqual(['1 redriven', 'It is carried out when the connector runs.']);
  product = await startProduct(environment());
  await teams.connector.until((connector) => connector.texts().some((text) => text.includes('the secret cable')));
}, 40_000);
