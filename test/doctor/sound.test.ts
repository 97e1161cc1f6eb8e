import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { examine } from '../../src/cli/doctor/command';
import { type SetUp, startSetUp, troubles } from './set-up';

let setUp: SetUp;
beforeEach(async () => {
  setUp = await startSetUp();
});
afterEach(() => setUp.close());

test('nothing is said against a set-up in which nothing is wrong', async () => {
  const report = await setUp.doctor();
  expect(troubles(report)).toEqual([]);
  expect(report.code).toBe(0);
  const looked = new Set(report.findings.map(({ check }) => check));
  expect([...looked].sort()).toEqual([
    'connector.clock',
    'connector.database',
    'connector.replicas',
    'connector.timeouts',
    'rasa.handoff',
    'rasa.model',
    'rasa.server',
    'rasa.tracker',
    'servicenow.account',
    'servicenow.address',
    'servicenow.calls',
    'servicenow.queues',
    'servicenow.timeouts',
    'teams.app',
    'teams.endpoint',
    'teams.registration',
    'teams.signing_keys',
  ]);
});

test('a look changes nothing: only reads and requests for a token are sent, and no file is made', async () => {
  const before = { state: setUp.serviceNow.state(), files: readdirSync(setUp.folder) };
  await setUp.doctor();
  expect(new Set(setUp.serviceNow.journal().map(({ method }) => method))).toEqual(new Set(['GET']));
  expect(new Set(setUp.rasa.requests().map(({ method }) => method))).toEqual(new Set(['GET']));
  expect(setUp.channel.connector.calls).toEqual([]);
  expect(setUp.channel.authority.asked.token).toBe(1);
  expect(setUp.serviceNow.state()).toEqual(before.state);
  expect(readdirSync(setUp.folder)).toEqual(before.files);
  expect(existsSync(join(setUp.folder, 'data'))).toBe(false);
});

test('no secret is printed, and none goes to anybody but its own server', async () => {
  const wrong = { SERVICENOW_PASSWORD: 'not-this-password', MicrosoftAppPassword: 'not-this-secret' };
  for (const env of [{}, wrong, { ...wrong, RASA_TOKEN: 'not-this-token' }]) {
    const { text } = await setUp.doctor(env);
    expect(text).not.toMatch(/not-this|svc-teams-password|rasa-secret|eyJ/);
    expect(text).not.toContain(setUp.channel.password);
  }
  const withToken = setUp.rasa.requests().filter(({ query }) => JSON.stringify(query).includes('token'));
  expect(withToken.every(({ path }) => path === '/status' || path === '/domain')).toBe(true);
});

test('for people the report says what, why, who and the exact step, area by area', async () => {
  const lines: string[] = [];
  const code = await examine({
    args: [],
    env: { ...setUp.env, SERVICENOW_QUEUE: 'f'.repeat(32) },
    readEnvFile: () => undefined,
    readFile: () => '',
    appPackage: join(setUp.folder, 'teams-app.zip'),
    productVersion: '1.0.0',
    now: Date.now,
    out: (line) => lines.push(line),
    err: (line) => lines.push(line),
  });
  expect(code).toBe(1);
  const at = lines.indexOf(
    '  BROKEN  There is no queue with the id in SERVICENOW_QUEUE, or the service account may not see it (404).',
  );
  expect(lines.slice(at + 1, at + 4).map((line) => line.trim().split(':')[0])).toEqual(['why', 'who', 'step']);
  expect(lines.filter((line) => /^\S/.test(line)).slice(0, 4)).toEqual([
    'Microsoft Teams',
    'ServiceNow',
    'Rasa',
    'This connector',
  ]);
  expect(lines.at(-1)).toMatch(/^Something is broken: 1 broken, 0 at risk, 1 not to be seen from here, \d+ good\.$/);
});

test('a configuration that the connector does not accept is all that can be looked at', async () => {
  const { code, findings } = await setUp.doctor({ RASA_URL: '', SERVICENOW_OPTIONS: '{"pageSize":30}' });
  expect(code).toBe(1);
  expect(findings).toEqual([
    expect.objectContaining({
      check: 'connector.configuration',
      verdict: 'broken',
      what: 'RASA_URL is missing.',
      step: expect.stringContaining('it should be the base address of the Rasa server'),
    }),
  ]);
  const options = await setUp.doctor({ SERVICENOW_OPTIONS: '{"pagesize":30}' });
  expect(options.findings.map(({ what }) => what)).toEqual([
    expect.stringContaining('SERVICENOW_OPTIONS is not as agreed'),
  ]);
});

test('asked in another way than it knows, it says how to ask, and exits with 2', async () => {
  const said: string[] = [];
  const asked = {
    env: setUp.env,
    readFile: () => '',
    appPackage: '',
    productVersion: '1.0.0',
    now: Date.now,
    out: () => {},
  };
  const err = (line: string) => void said.push(line);
  expect(await examine({ ...asked, args: ['--jsn'], readEnvFile: () => undefined, err })).toBe(2);
  expect(said[0]).toMatch(/^npm run doctor/);
  expect(await examine({ ...asked, args: ['--env', 'nowhere.env'], readEnvFile: () => undefined, err })).toBe(2);
  expect(said).toContain('The file nowhere.env is not there.');
});

test('a file with a set-up counts alone', async () => {
  const out: string[] = [];
  const code = await examine({
    args: ['--json', '--env', 'other.env'],
    env: setUp.env,
    readEnvFile: (file) => (file === 'other.env' ? { DEV_INSECURE: '1', RASA_URL: setUp.rasa.url } : undefined),
    readFile: () => '',
    appPackage: '',
    productVersion: '1.0.0',
    now: Date.now,
    out: (line) => out.push(line),
    err: () => {},
  });
  expect(code).toBe(1);
  expect(out.join()).toContain('SERVICENOW_URL is missing');
});
