import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageVariables } from '../../src/cli/manifest/settings';
import { loadConfig, patternOf } from '../../src/config/config';
import { ConfigProblems } from '../../src/config/problems';
import { readSecretFile } from '../../src/config/secret-files';
import { type VariableName, variables } from '../../src/config/variables';

const complete = {
  MicrosoftAppId: '11111111-2222-3333-4444-555555555555',
  MicrosoftAppPassword: 'app-secret',
  MicrosoftAppTenantId: '99999999-2222-3333-4444-555555555555',
  RASA_URL: 'https://rasa.example',
  SERVICENOW_URL: 'https://acme.service-now.com/',
  SERVICENOW_USERNAME: 'svc',
  SERVICENOW_PASSWORD: 'sn-secret',
  SERVICENOW_QUEUE: 'c54f0abf0a0a0b452db84664f409c79c',
};

const noFiles = (path: string): string => {
  throw Object.assign(new Error('no'), { code: `ENOENT ${path}`.split(' ')[0] });
};

function load(more: Record<string, string | undefined> = {}, readFile = noFiles) {
  return loadConfig({ ...complete, ...more }, readFile);
}

function problemsOf(more: Record<string, string | undefined>, readFile = noFiles): readonly string[] {
  try {
    load(more, readFile);
    return [];
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems;
    throw error;
  }
}

test('a complete configuration has the defaults of the contract', () => {
  const config = load();
  expect(config.server).toEqual({ port: 3978, host: '0.0.0.0', adminPort: undefined });
  expect(config.rasa).toMatchObject({ timeoutMs: 25_000, tracker: false });
  expect(config.serviceNow).toMatchObject({ url: 'https://acme.service-now.com', pollMs: 1_000, timeoutMs: 10_000 });
  expect(config.rules).toMatchObject({
    cursorOverlapMs: 10_000,
    retryBudgetMs: 60_000,
    queueTimeoutMs: 900_000,
    idleTimeoutMs: 1_800_000,
  });
  expect(config.teams.tenants).toEqual([complete.MicrosoftAppTenantId]);
  expect(config.database).toEqual({ kind: 'file', path: 'data/connector.db' });
});

test('all problems are named at once, each with what it should be', () => {
  const problems = problemsOf({
    MicrosoftAppId: undefined,
    PORT: 'http',
    RASA_URL: undefined,
    SERVICENOW_URL: 'service-now',
    SERVICENOW_POLL_MS: '100',
    IDLE_TIMEOUT_MS: '2147483648',
  });
  expect(problems).toHaveLength(6);
  for (const name of [
    'MicrosoftAppId',
    'PORT',
    'RASA_URL',
    'SERVICENOW_URL',
    'SERVICENOW_POLL_MS',
    'IDLE_TIMEOUT_MS',
  ]) {
    expect(problems.find((line) => line.startsWith(`${name} `))).toMatch(/should/);
  }
});

test('without DEV_INSECURE an app id is required; with it the server listens on this machine only', () => {
  expect(problemsOf({ MicrosoftAppId: undefined })).toHaveLength(1);
  const config = load({
    MicrosoftAppId: undefined,
    MicrosoftAppPassword: undefined,
    MicrosoftAppTenantId: undefined,
    DEV_INSECURE: '1',
  });
  expect(config).toMatchObject({ dev: true, server: { host: '127.0.0.1' }, teams: { appId: undefined } });
});

test.each(['true', 'yes', '0', ' 1'])('DEV_INSECURE=%s is refused', (value) => {
  expect(problemsOf({ DEV_INSECURE: value })[0]).toMatch(/^DEV_INSECURE is .+ should be 1/);
});

test.each(['RASA_URL', 'SERVICENOW_URL', 'TEAMS_LOGIN_URL', 'TEAMS_OPENID_METADATA_URL'])(
  '%s may be http on this machine, and elsewhere only in development',
  (name) => {
    expect(problemsOf({ [name]: 'http://127.0.0.1:5005' })).toEqual([]);
    expect(problemsOf({ [name]: 'http://far.example' })).toEqual([expect.stringMatching(`^${name} .*https`)]);
    expect(problemsOf({ [name]: 'http://far.example', DEV_INSECURE: '1' })).toEqual([]);
  },
);

test('a misspelt app type is refused, and does not become another one', () => {
  expect(problemsOf({ MicrosoftAppType: 'SingleTennant' })).toEqual([expect.stringMatching(/^MicrosoftAppType/)]);
  expect(problemsOf({ MicrosoftAppType: 'MultiTenant' })).toEqual([
    expect.stringMatching(/SingleTenant or UserAssignedMSI/),
  ]);
});

test('a managed identity needs no secret and may have none', () => {
  const msi = { MicrosoftAppType: 'UserAssignedMSI' };
  expect(load({ ...msi, MicrosoftAppPassword: undefined }).teams.credential).toEqual({ type: 'managed_identity' });
  expect(problemsOf(msi)).toEqual([expect.stringMatching(/^MicrosoftAppPassword/)]);
});

test('a certificate takes the place of the secret, whole or not at all', () => {
  const certificate = { MicrosoftAppPassword: undefined, CertificateThumbprint: 'AB', CertificatePrivateKey: 'PEM' };
  expect(load(certificate).teams.credential).toMatchObject({ type: 'certificate', thumbprint: 'AB' });
  expect(problemsOf({ ...certificate, CertificatePrivateKey: undefined })).not.toEqual([]);
});

test('ServiceNow: Basic, OAuth client credentials, OAuth password', () => {
  expect(load().serviceNow.auth).toMatchObject({ type: 'basic', username: 'svc' });
  const oauth = { SERVICENOW_CLIENT_ID: 'id', SERVICENOW_CLIENT_SECRET: 'secret' };
  const alone = { ...oauth, SERVICENOW_USERNAME: undefined, SERVICENOW_PASSWORD: undefined };
  expect(load(alone).serviceNow.auth).toMatchObject({ type: 'client_credentials', clientId: 'id' });
  expect(load({ ...oauth, SERVICENOW_OAUTH_GRANT: 'password' }).serviceNow.auth).toMatchObject({ type: 'password' });
  expect(problemsOf({ ...alone, SERVICENOW_OAUTH_GRANT: 'password' })).toHaveLength(2);
  expect(problemsOf({ SERVICENOW_CLIENT_ID: 'id' })).toEqual([expect.stringMatching(/^SERVICENOW_CLIENT_SECRET/)]);
});

test('a secret may come from a file, and not from both places', () => {
  const readFile = (path: string) => (path === '/run/secret' ? 'from file\n' : noFiles(path));
  const file = { SERVICENOW_PASSWORD_FILE: '/run/secret' };
  expect(load({ ...file, SERVICENOW_PASSWORD: undefined }, readFile).serviceNow.auth).toMatchObject({
    password: 'from file',
  });
  expect(problemsOf(file, readFile)).toEqual([expect.stringMatching(/SERVICENOW_PASSWORD_FILE too/)]);
  const missing = { SERVICENOW_PASSWORD: undefined, SERVICENOW_PASSWORD_FILE: '/nowhere' };
  expect(problemsOf(missing, readFile)[0]).toMatch(/^SERVICENOW_PASSWORD_FILE names \/nowhere/);
});

describe('a setting that has no effect is refused', () => {
  test.each([
    ['SERVICENOW_PASWORD', 'SERVICENOW_PASSWORD'],
    ['SERVICENOW_PASSWROD', 'SERVICENOW_PASSWORD'],
    ['SERVICENOW_URLS', 'SERVICENOW_URL'],
    ['MICROSOFTAPPID', 'MicrosoftAppId'],
    ['MicrosoftAppPasword', 'MicrosoftAppPassword'],
    ['MICROSOFT_APP_TENANT_ID', 'MicrosoftAppTenantId'],
    ['TEAMS_ALLOWED_TENANT', 'TEAMS_ALLOWED_TENANTS'],
    ['DEV_INSECUR', 'DEV_INSECURE'],
    ['SERVICENOW_PASWORD_FILE', 'SERVICENOW_PASSWORD_FILE'],
  ])('%s, which should perhaps be %s', (name, meant) => {
    expect(problemsOf({ [name]: 'x' })).toEqual([`${name} is not known; it should perhaps be ${meant}`]);
  });

  test('a variable of ours that there is not, and a file for what is no secret', () => {
    expect(problemsOf({ MicrosoftAppOAuthCard: '1' })).toEqual([
      expect.stringMatching(/^MicrosoftAppOAuthCard is not/),
    ]);
    expect(problemsOf({ SERVICENOW_URL_FILE: '/x' })).toEqual([
      expect.stringMatching(/no secret; it should be set itself/),
    ]);
  });

  test('what belongs to others is left alone', () => {
    const others = {
      PATH: '/bin',
      HOSTNAME: 'h',
      TEAMS_APP_NAME: 'x',
      RASA_SERVICE_HOST: '10.0.0.1',
      RASA_PORT: 'tcp://x',
    };
    expect(
      problemsOf({ ...others, RASA_PORT_5005_TCP: 'tcp://x', RASA_PRO_LICENSE: 'x', SERVICENOW_PASWORD: '' }),
    ).toEqual([]);
  });
});

describe('the file of a secret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  const path = join(folder, 'password');
  const files = { SERVICENOW_PASSWORD: undefined, SERVICENOW_PASSWORD_FILE: path };
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (text: string, mode = 0o400) => {
    rmSync(path, { force: true });
    writeFileSync(path, text);
    chmodSync(path, mode);
  };

  test.each([0o644, 0o404, 0o666, 0o402])('that everybody may open (mode %o) is refused', (mode) => {
    write('open secret', mode);
    const problems = problemsOf(files, readSecretFile);
    expect(problems).toEqual([
      `SERVICENOW_PASSWORD_FILE names ${path}, which everybody may open; it should have mode 0440 or 0400`,
    ]);
    expect(problems.join()).not.toContain('open secret');
  });

  test('is read again whenever the secret is used, so that it can be replaced without a restart', () => {
    write('first\n');
    const { auth } = load(files, readSecretFile).serviceNow;
    expect(auth).toMatchObject({ password: 'first' });
    write('second\n', 0o440);
    expect(auth).toMatchObject({ password: 'second' });
  });

  test('that is gone, empty or open to everybody for a moment leaves the last secret in use', () => {
    write('good');
    const { auth } = load(files, readSecretFile).serviceNow;
    for (const spoil of [() => write(''), () => write('seen by all', 0o444), () => rmSync(path)]) {
      spoil();
      expect(auth).toMatchObject({ password: 'good' });
    }
  });

  test('of the bot, of its key and of the assistant are read again too', () => {
    write('one');
    const bot = load({ MicrosoftAppPassword: undefined, MicrosoftAppPassword_FILE: path }, readSecretFile);
    const rasa = load({ RASA_TOKEN_FILE: path }, readSecretFile).rasa;
    const key = { MicrosoftAppPassword: undefined, CertificateThumbprint: 'AB', CertificatePrivateKey_FILE: path };
    const certified = load(key, readSecretFile);
    write('two');
    expect(bot.teams.credential).toMatchObject({ password: 'two' });
    expect(certified.teams.credential).toMatchObject({ privateKey: 'two' });
    expect(rasa.secrets().token).toBe('two');
    write('{"x-key":"three"}');
    expect(load({ RASA_HEADERS_FILE: path }, readSecretFile).rasa.secrets().headers).toEqual({ 'x-key': 'three' });
  });
});

test('the database is a file, or a PostgreSQL that several replicas share', () => {
  const url = 'postgres://app:p%40ss@db.example:5432/chats?sslmode=verify-full';
  expect(load({ DATABASE_URL: url }).database).toEqual({ kind: 'postgres', url });
  expect(load({ DATABASE_URL: 'file:/var/lib/c.db' }).database).toEqual({ kind: 'file', path: '/var/lib/c.db' });
  for (const wrong of ['connector.db', 'file:', 'postgres://', 'postgres://host', 'postgres://a:b@host:port/name'])
    expect(problemsOf({ DATABASE_URL: wrong })).toEqual([expect.stringMatching(/^DATABASE_URL names no database/)]);
});

test('no message repeats a secret', () => {
  const problems = problemsOf({
    RASA_HEADERS: '{"Authorization":hush-hush}',
    DATABASE_URL: 'mysql://u:hush-hush@h/d',
  });
  expect(problems).toHaveLength(2);
  expect(problems.join()).not.toContain('hush-hush');
});

test('triggers and closing patterns: replaced, added, and checked', () => {
  const config = load({
    LIVE_CHAT_TRIGGERS: '{"commands":["/Mensch"],"markers":["to_human"]}',
    LIVE_CHAT_CLOSING_PATTERNS: '["hat den Chat beendet","/^closed by .+$/"]',
  });
  expect(config.rules.agentCommands).toEqual(['/mensch']);
  expect(config.rasa.triggers.markers).toEqual(['to_human']);
  const closes = (line: string) => config.rules.closingPatterns.some((pattern) => pattern.test(line));
  expect(['Beth HAS CLOSED the support session', 'Beth hat den Chat beendet', 'closed by Beth'].every(closes)).toBe(
    true,
  );
  expect(closes('not closed by Beth')).toBe(false);
  expect(problemsOf({ LIVE_CHAT_CLOSING_PATTERNS: '["/(/"]' })[0]).toMatch(/no regular expression/);
  expect(problemsOf({ LIVE_CHAT_TRIGGERS: '{"words":[]}' })[0]).toMatch(/^LIVE_CHAT_TRIGGERS/);
});

test('a fragment is taken as it is written', () => {
  expect(patternOf('a.b').test('aXb')).toBe(false);
  expect(patternOf('a.b').test('xx A.B yy')).toBe(true);
});

describe('.env.example', () => {
  const lines = readFileSync(join(__dirname, '..', '..', '.env.example'), 'utf8').split('\n');
  const named = lines.flatMap((line) => /^#?([A-Za-z_]+)=(.*)$/.exec(line)?.slice(1, 3) ?? []);
  const names = named.filter((_, index) => index % 2 === 0);

  test('lists every variable once, in the order of the schema, and no other', () => {
    expect(names).toEqual([...Object.keys(variables), ...packageVariables]);
  });

  test('says each default and each meaning as the schema has it', () => {
    for (const name of Object.keys(variables) as VariableName[]) {
      const { fallback = '', meaning } = variables[name] as { fallback?: string; meaning: string };
      const at = lines.findIndex((line) => new RegExp(`^#?${name}=`).test(line));
      expect(lines[at]?.replace(/^#/, '')).toBe(`${name}=${fallback}`);
      expect(lines[at - 1]).toContain(meaning);
    }
  });
});
