import { readSettings } from '../../../src/cli/manifest/settings';

const MicrosoftAppId = '5f0c2c1e-8f0b-4c59-9d52-0a1b2c3d4e5f';
const TEAMS_APP_ID = '0b6a1de2-94b5-4a6d-b0a4-8d5e7c1f2a30';

function settings(env: NodeJS.ProcessEnv) {
  const read = readSettings({ MicrosoftAppId, ...env }, '1.4.0');
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return read;
}

function problems(env: NodeJS.ProcessEnv): readonly string[] {
  const read = readSettings(env, '1.4.0');
  return read.ok ? [] : read.problems;
}

test('the bot id is enough for a package to try, and what is a placeholder is named', () => {
  expect(settings({})).toEqual({
    ok: true,
    settings: {
      MicrosoftAppId,
      TEAMS_APP_ID: MicrosoftAppId,
      TEAMS_APP_VERSION: '1.4.0',
      TEAMS_APP_NAME: 'Helpdesk Chat',
      TEAMS_APP_DEVELOPER_NAME: 'IT Helpdesk',
      TEAMS_APP_WEBSITE_URL: 'https://example.com/',
      TEAMS_APP_PRIVACY_URL: 'https://example.com/',
      TEAMS_APP_TERMS_URL: 'https://example.com/',
      PUBLIC_DOMAIN: undefined,
    },
    placeholders: ['TEAMS_APP_DEVELOPER_NAME', 'TEAMS_APP_WEBSITE_URL'],
  });
});

test('everything that is set is taken over', () => {
  const env = {
    TEAMS_APP_ID,
    TEAMS_APP_VERSION: '2.0.10',
    TEAMS_APP_NAME: 'Frag die IT',
    TEAMS_APP_DEVELOPER_NAME: 'Fabrikam',
    TEAMS_APP_WEBSITE_URL: 'https://it.fabrikam.example/',
    TEAMS_APP_PRIVACY_URL: 'https://it.fabrikam.example/privacy',
    TEAMS_APP_TERMS_URL: 'https://it.fabrikam.example/terms',
    PUBLIC_DOMAIN: 'chat.fabrikam.example',
  };
  expect(settings(env)).toEqual({ ok: true, settings: { MicrosoftAppId, ...env }, placeholders: [] });
});

test('the pages about privacy and terms are the website unless they are set', () => {
  const read = settings({ TEAMS_APP_WEBSITE_URL: 'https://it.fabrikam.example/' });
  expect(read.settings.TEAMS_APP_PRIVACY_URL).toBe('https://it.fabrikam.example/');
  expect(read.settings.TEAMS_APP_TERMS_URL).toBe('https://it.fabrikam.example/');
});

test('an empty value counts as not set, and blanks around a value do not matter', () => {
  const read = settings({ TEAMS_APP_NAME: '', PUBLIC_DOMAIN: '  ', TEAMS_APP_ID: ` ${TEAMS_APP_ID} ` });
  expect(read.settings).toMatchObject({ TEAMS_APP_NAME: 'Helpdesk Chat', PUBLIC_DOMAIN: undefined, TEAMS_APP_ID });
});

test('a missing bot id is named with what it should be', () => {
  expect(problems({})).toEqual([
    'MicrosoftAppId: is missing; it should be the application (client) id of the bot, such as 5f0c2c1e-8f0b-4c59-9d52-0a1b2c3d4e5f',
  ]);
});

test('all problems are named at once, one line each', () => {
  const env = {
    MicrosoftAppId: 'my-bot',
    TEAMS_APP_ID: '{0b6a1de2-94b5-4a6d-b0a4-8d5e7c1f2a30}',
    TEAMS_APP_VERSION: 'v2',
    TEAMS_APP_NAME: 'The chat with the people from the helpdesk',
    TEAMS_APP_DEVELOPER_NAME: 'x'.repeat(33),
    TEAMS_APP_WEBSITE_URL: 'http://it.fabrikam.example/',
    TEAMS_APP_PRIVACY_URL: 'it.fabrikam.example/privacy',
    TEAMS_APP_TERMS_URL: `https://it.fabrikam.example/${'x'.repeat(2048)}`,
    PUBLIC_DOMAIN: 'https://chat.fabrikam.example/api',
  };
  const page = 'it should be a public page such as https://www.example.com/helpdesk';
  expect(problems(env)).toEqual([
    'MicrosoftAppId: is not a GUID; it should be the application (client) id of the bot, such as 5f0c2c1e-8f0b-4c59-9d52-0a1b2c3d4e5f',
    'TEAMS_APP_ID: is not a GUID; it should be the id of the Teams app, or unset: then it is the MicrosoftAppId',
    'TEAMS_APP_VERSION: is not a version; it should be three numbers such as 1.4.0',
    'TEAMS_APP_NAME: is too long (42 characters); it should have at most 30 characters',
    'TEAMS_APP_DEVELOPER_NAME: is too long (33 characters); it should have at most 32 characters',
    `TEAMS_APP_WEBSITE_URL: is not an https address; ${page}`,
    `TEAMS_APP_PRIVACY_URL: is not an https address; ${page}`,
    'TEAMS_APP_TERMS_URL: is too long; it should have at most 2048 characters',
    'PUBLIC_DOMAIN: is not a host name; it should be the host of the messaging endpoint, such as chat.example.com, without https:// and without a path',
  ]);
});

test.each([
  'chat.example.com:3978',
  'localhost',
  '10.0.0.7',
  '*.example.com',
  'chat..example.com',
  '-chat.example.com',
])('%s is no public domain', (PUBLIC_DOMAIN) => {
  expect(problems({ MicrosoftAppId, PUBLIC_DOMAIN })).toHaveLength(1);
});

test.each(['1.0', '1.0.0-beta', '01.0.0', '1.0.0.0'])('%s is no version of an app', (TEAMS_APP_VERSION) => {
  expect(problems({ MicrosoftAppId, TEAMS_APP_VERSION })).toHaveLength(1);
});

test.each(['https:it.example.com', 'https://', 'https://me:secret@it.example.com/', 'https://it.example.com/a b'])(
  '%s is no page to link to',
  (TEAMS_APP_WEBSITE_URL) => {
    expect(problems({ MicrosoftAppId, TEAMS_APP_WEBSITE_URL })).toHaveLength(1);
  },
);

test('a name of thirty letters that need two units each is not too long', () => {
  expect(problems({ MicrosoftAppId, TEAMS_APP_NAME: '😀'.repeat(30) })).toEqual([]);
});
