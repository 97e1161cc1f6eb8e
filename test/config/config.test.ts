import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageVariables } from '../../src/cli/manifest/settings';
import { loadConfig, patternOf } from '../../src/config/config';
import { ConfigProblems } from '../../src/config/problems';
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
