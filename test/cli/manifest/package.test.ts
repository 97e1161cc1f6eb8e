import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AppPackage, assemble } from '../../../src/cli/manifest/package';
import { readSettings } from '../../../src/cli/manifest/settings';
import type { Json } from '../../../src/cli/manifest/template';
import { commandOf } from '../../../src/conversation/commands';
import { defaultRules } from '../../../src/conversation/rules';

const folder = join(__dirname, '../../../manifest');
const MicrosoftAppId = '5f0c2c1e-8f0b-4c59-9d52-0a1b2c3d4e5f';

async function appPackage(env: NodeJS.ProcessEnv = {}, from = folder): Promise<AppPackage> {
  const read = readSettings({ MicrosoftAppId, ...env }, '1.4.0');
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return await assemble(from, { ...read.settings });
}

function changed(app: AppPackage, changes: Readonly<Record<string, Json>>): AppPackage {
  return { ...app, manifest: { ...(app.manifest as Record<string, Json>), ...changes } };
}

/** What the check says, in a process without a network. */
function problemsOf(app: AppPackage): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const script = join(__dirname, 'check-process.js');
    const checking = execFile(process.execPath, [script], (error, stdout, stderr) =>
      error === null ? resolve(JSON.parse(stdout)) : reject(new Error(stderr)),
    );
    checking.stdin?.end(JSON.stringify(app));
  });
}

test('Microsoft’s schemas find nothing wrong with the package, without a network', async () => {
  expect(await problemsOf(await appPackage())).toEqual([]);
  expect(await problemsOf(await appPackage({ PUBLIC_DOMAIN: 'chat.fabrikam.example' }))).toEqual([]);
});

test('the manifest is a personal bot that takes files, with the ids and the domain of this installation', async () => {
  const TEAMS_APP_ID = '0b6a1de2-94b5-4a6d-b0a4-8d5e7c1f2a30';
  const { manifest } = await appPackage({ TEAMS_APP_ID, PUBLIC_DOMAIN: 'chat.fabrikam.example' });
  expect(manifest).toMatchObject({
    manifestVersion: '1.22',
    version: '1.4.0',
    id: TEAMS_APP_ID,
    name: { short: 'Helpdesk Chat', full: 'Helpdesk Chat: assistant and live chat' },
    defaultInstallScope: 'personal',
    bots: [{ botId: MicrosoftAppId, scopes: ['personal'], supportsFiles: true }],
    validDomains: ['chat.fabrikam.example'],
  });
});

test('without a public domain the list of domains is empty', async () => {
  expect((await appPackage()).manifest).toMatchObject({ validDomains: [] });
});

test('a name of its own is the name in every language, and the longest one still fits', async () => {
  const app = await appPackage({ TEAMS_APP_NAME: 'W'.repeat(30) });
  expect(app.manifest).toMatchObject({ name: { short: 'W'.repeat(30) } });
  expect(app.languages.map(({ texts }) => texts['name.short'])).toEqual(['W'.repeat(30), 'W'.repeat(30)]);
  expect(await problemsOf(app)).toEqual([]);
});

test('every language says the same things, and the commands of the menu are what the connector understands', async () => {
  const { languages } = await appPackage();
  const [en, de] = languages.map(({ texts }) => texts);
  expect(languages.map(({ name }) => name)).toEqual(['en.json', 'de.json']);
  expect(Object.keys(de ?? {})).toEqual(Object.keys(en ?? {}));
  for (const texts of [en ?? {}, de ?? {}]) {
    const titles = Object.keys(texts).filter((key) => key.endsWith('.title'));
    const commands = titles.map((key) => commandOf(texts[key] ?? '', defaultRules));
    expect(commands).toEqual(['live_agent', 'end_chat', 'restart']);
  }
});

test('the manifest itself says what its default language file says', async () => {
  const { manifest, languages } = await appPackage();
  const texts = languages[0]?.texts ?? {};
  const said = Object.keys(texts).map((key) => [key, key === '$schema' ? texts[key] : at(manifest, key)]);
  expect(Object.fromEntries(said)).toEqual(texts);
});

test.each<[string, Readonly<Record<string, Json>>, string]>([
  ['a field that is not Microsoft’s', { packageName: 'x' }, 'must NOT have additional properties'],
  [
    'a scope that does not exist',
    { defaultInstallScope: 'everywhere' },
    '/defaultInstallScope must be equal to one of',
  ],
  ['a colour that is none', { accentColor: 'green' }, '/accentColor must match pattern'],
  ['a bot without an id', { bots: [{ scopes: ['personal'] }] }, "/bots/0 must have required property 'botId'"],
])('%s is refused with the error of Microsoft’s schema', async (_, changes, error) => {
  expect(await problemsOf(changed(await appPackage(), changes))).toEqual([
    expect.stringContaining(`manifest.json: ${error}`),
  ]);
});

test('a language file with a text that is too long, or under an unknown name, is refused', async () => {
  const app = await appPackage();
  const broken = app.languages.map((file) => ({
    ...file,
    texts: { ...file.texts, 'description.short': 'x'.repeat(81), 'name.long': 'x' },
  }));
  const problems = await problemsOf({ ...app, languages: broken.slice(1) });
  expect(problems).toEqual([
    expect.stringMatching(/^de\.json: must NOT have additional properties\. .*name\.long/),
    expect.stringContaining('de.json: /description.short must NOT have more than 80 characters'),
  ]);
});

test('an icon of another size, or that is no PNG, is refused', async () => {
  const app = await appPackage();
  const [color, outline] = app.icons;
  const icons = [
    { name: 'color.png', pixels: 192, png: outline?.png ?? Buffer.alloc(0) },
    { name: 'outline.png', pixels: 32, png: (color?.png ?? Buffer.alloc(0)).subarray(1) },
  ];
  expect(await problemsOf({ ...app, icons })).toEqual([
    'color.png: is 32x32; it should be a PNG of 192x192 pixels',
    'outline.png: is not a PNG file; it should be a PNG of 32x32 pixels',
  ]);
});

describe('a language that an admin adds', () => {
  let copy = '';
  beforeEach(async () => {
    copy = await mkdtemp(join(tmpdir(), 'app-package-'));
    await cp(folder, copy, { recursive: true });
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    manifest.localizationInfo.additionalLanguages.push({ languageTag: 'fr', file: 'fr.json' });
    await writeFile(join(copy, 'manifest.json'), JSON.stringify(manifest));
  });
  afterEach(() => rm(copy, { recursive: true }));

  test('is in the package once it is listed in the manifest', async () => {
    const words = {
      'name.short': '{{TEAMS_APP_NAME}}',
      'description.short': 'Bonjour',
      'description.full': 'Bonjour',
    };
    await writeFile(join(copy, 'languages', 'fr.json'), JSON.stringify(words));
    const app = await appPackage({}, copy);
    expect(app.languages[2]).toEqual({ name: 'fr.json', texts: { ...words, 'name.short': 'Helpdesk Chat' } });
    expect(await problemsOf(app)).toEqual([]);
  });

  test('is named when its file is not JSON', async () => {
    await writeFile(join(copy, 'languages', 'fr.json'), '{"name.short": "Bonjour",}');
    await expect(appPackage({}, copy)).rejects.toThrow(/fr\.json is not JSON: /);
  });
});

/** What stands at a place such as `bots[0].botId`. */
function at(manifest: Json, place: string): unknown {
  const keys = place.split(/[.[\]]+/).filter((key) => key !== '');
  return keys.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], manifest);
}
