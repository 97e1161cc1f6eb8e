import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SetUp, startSetUp } from '../doctor/set-up';

const root = join(__dirname, '../..');

let setUp: SetUp;
beforeEach(async () => {
  setUp = await startSetUp();
});
afterEach(() => setUp.close());

/** Runs the command as its own process; it has to end by itself. */
function run(args: readonly string[], env: NodeJS.ProcessEnv) {
  const file = (path: string) => JSON.stringify(join(root, path));
  const start =
    `require(${file('test/support/typescript.js')}).register(); ` +
    `process.argv.splice(1, 0, 'doctor'); require(${file('src/cli/doctor.ts')});`;
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    const options = { cwd: setUp.folder, env: { PATH: '', ...env }, timeout: 25_000 };
    execFile(process.execPath, ['-e', start, '--', ...args], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
    );
  });
}

test('the doctor reads the set-up of the connector, ends by itself, and exits with 0 while nothing is broken', async () => {
  const lines = Object.entries(setUp.env).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(setUp.folder, '.env'), lines.join(''));
  const { code, stdout, stderr } = await run([], {});
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n')[0]).toBe('Microsoft Teams');
  expect(stdout).toMatch(/\nNothing is broken: 0 broken, 0 at risk, /);
});

test('with something broken it exits with 1; --json is one object', async () => {
  writeFileSync(join(setUp.folder, 'other.env'), `DEV_INSECURE=1\nRASA_URL=${setUp.rasa.url}\n`);
  const { code, stdout } = await run(['--json', '--env', 'other.env'], setUp.env);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, counts: { good: 0 }, findings: expect.any(Array) });
});

test('asked in an unknown way it exits with 2', async () => {
  const { code, stderr } = await run(['--fix'], {});
  expect(code).toBe(2);
  expect(stderr).toMatch(/^npm run doctor -- /);
});
