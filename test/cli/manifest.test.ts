import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArchive } from './manifest/archive';

const root = join(__dirname, '../..');
const MicrosoftAppId = '5f0c2c1e-8f0b-4c59-9d52-0a1b2c3d4e5f';

interface Finished {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

let cwd = '';
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'app-package-'));
});
afterEach(() => rm(cwd, { recursive: true }));

/** Runs the command as its own process, in a folder of its own and with nothing but this environment. */
function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Finished> {
  const file = (path: string) => JSON.stringify(join(root, path));
  const start =
    `require(${file('test/support/typescript.js')}).register(); ` +
    `process.argv.splice(1, 0, 'manifest'); require(${file('src/cli/manifest.ts')});`;
  const command = ['-e', start, '--', ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd, env: { PATH: '', ...env } }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
    );
  });
}

test('the command writes a package and says in one line what it is and what to do with it', async () => {
  const settings = { TEAMS_APP_DEVELOPER_NAME: 'Fabrikam', TEAMS_APP_WEBSITE_URL: 'https://it.fabrikam.example/' };
  const finished = await run(['--out', 'new/app.zip'], { MicrosoftAppId, TEAMS_APP_VERSION: '3.2.1', ...settings });
  expect(finished).toEqual({
    code: 0,
    stdout:
      `Wrote new/app.zip: Helpdesk Chat 3.2.1, app id ${MicrosoftAppId}, bot id ${MicrosoftAppId}. ` +
      'Next: upload it in Teams under Apps > Manage your apps > Upload an app, or for everybody in the Teams admin center.\n',
    stderr: '',
  });
  const entries = readArchive(readFileSync(join(cwd, 'new/app.zip')));
  expect(entries.map(({ name }) => name)).toEqual(['manifest.json', 'color.png', 'outline.png', 'en.json', 'de.json']);
  const manifest: unknown = JSON.parse(entries[0]?.content.toString() ?? '');
  expect(manifest).toMatchObject({ version: '3.2.1', id: MicrosoftAppId, developer: { name: 'Fabrikam' } });
});

test('the same input gives the same bytes, also on the other side of the world', async () => {
  await run(['--out', 'here.zip'], { MicrosoftAppId, TZ: 'UTC' });
  await run(['--out', 'there.zip'], { MicrosoftAppId, TZ: 'Pacific/Kiritimati' });
  const [here, there] = [readFileSync(join(cwd, 'here.zip')), readFileSync(join(cwd, 'there.zip'))];
  expect(here.equals(there)).toBe(true);
  expect(new Set(readArchive(here).map(({ date }) => date))).toEqual(new Set(['2020-01-01 12:00']));
});

test('a package with placeholders is written, with a word about what to set before others install it', async () => {
  const finished = await run(['--out', 'app.zip'], { MicrosoftAppId });
  expect(finished.code).toBe(0);
  expect(finished.stderr).toBe(
    'Good enough to try, but a placeholder stands in for TEAMS_APP_DEVELOPER_NAME and TEAMS_APP_WEBSITE_URL. Set what is missing before others install the app.\n',
  );
});

test('a .env file counts, and the real environment wins over it', async () => {
  await writeFile(
    join(cwd, '.env'),
    `MicrosoftAppId=${MicrosoftAppId}\nTEAMS_APP_NAME="From the file"\nPUBLIC_DOMAIN=a.example\n`,
  );
  const finished = await run(['--out', 'app.zip'], { TEAMS_APP_NAME: 'From outside' });
  expect(finished.code).toBe(0);
  const manifest: unknown = JSON.parse(readArchive(readFileSync(join(cwd, 'app.zip')))[0]?.content.toString() ?? '');
  expect(manifest).toMatchObject({ name: { short: 'From outside' }, validDomains: ['a.example'] });
});

test('wrong values are all named on stderr, the exit code is 2, and nothing is written', async () => {
  const env = { TEAMS_APP_WEBSITE_URL: 'http://it.fabrikam.example/' };
  const { code, stdout, stderr } = await run(['--out', 'app.zip'], env);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^MicrosoftAppId: is missing; it should be /),
    expect.stringMatching(/^TEAMS_APP_WEBSITE_URL: is not an https address; it should be /),
  ]);
  expect(existsSync(join(cwd, 'app.zip'))).toBe(false);
});

test.each([[['--output', 'app.zip']], [['--out', '']], [['app.zip']]])('the arguments %j are refused', async (args) => {
  const { code, stderr } = await run(args, { MicrosoftAppId });
  expect(code).toBe(2);
  expect(stderr).toBe('arguments: only "--out FILE" is known; it should name the file to write\n');
});

test('a file that cannot be written is named, and the exit code is 1', async () => {
  await writeFile(join(cwd, 'taken'), '');
  const { code, stderr } = await run(['--out', 'taken/app.zip'], { MicrosoftAppId });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The app package was not written\. .*taken/);
});
