import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examine } from '../../src/cli/doctor/command';
import { zip } from '../../src/cli/manifest/zip';
import type { RuleInput } from '../../src/simulator/rasa/dialogue/script';
import { startRasa } from '../../src/simulator/rasa/server';
import type { RasaOptions, RasaSimulator } from '../../src/simulator/rasa/simulator';
import { type ServiceNowSimulator, startServiceNow } from '../../src/simulator/servicenow/simulator';
import { startTeamsChannel, type TeamsChannel } from '../support/teams-channel';

export const itDesk = 'c54f0abf0a0a0b452db84664f409c79c';

export interface Reported {
  readonly code: number;
  readonly findings: readonly {
    readonly check: string;
    readonly verdict: string;
    readonly what: string;
    readonly why?: string;
    readonly who?: string;
    readonly step?: string;
  }[];
  /** Everything that was printed. */
  readonly text: string;
}

/** A whole set-up in which nothing is wrong: tests break one thing in it. */
export interface SetUp {
  readonly serviceNow: ServiceNowSimulator;
  readonly rasa: RasaSimulator;
  readonly channel: TeamsChannel;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Puts an app package with this manifest where the doctor looks. */
  packageApp(manifest: unknown): Promise<void>;
  /** What the doctor finds, with other settings where they are given. */
  doctor(env?: NodeJS.ProcessEnv, args?: readonly string[], now?: () => number): Promise<Reported>;
  close(): Promise<void>;
}

/** Slots of the live chat, and a response that hands over. */
const bot = {
  intents: { ask_for_person: ['live agent', 'person'] },
  slots: ['handoff_active', 'live_chat_id', 'live_chat_user', 'live_chat_last_updated'],
  rules: [
    {
      when: { intent: 'ask_for_person' },
      action: 'utter_live_agent',
      reply: [{ text: 'I am calling a colleague.' }, { custom: { handoff: { reason: 'user_request' } } }],
    },
  ] satisfies RuleInput[],
};

/** Idle times of the platform that are longer than the connector's. */
const patient = { 'connect.support.idle.delay': '3600', 'connect.support.idle.count_down': '60' };

export async function startSetUp(rasaOptions: RasaOptions = {}): Promise<SetUp> {
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  const serviceNow = await startServiceNow({ config: { properties: patient } });
  const rasa = await startRasa({ preset: 'plain', authToken: 'rasa-secret', ...rasaOptions });
  rasa.script(bot);
  const channel = await startTeamsChannel();
  const appPackage = join(folder, 'teams-app.zip');
  const env = {
    ...channel.environment,
    PORT: '0',
    RASA_URL: rasa.url,
    RASA_TRACKER: '1',
    RASA_TOKEN: 'rasa-secret',
    SERVICENOW_URL: serviceNow.url,
    SERVICENOW_USERNAME: 'svc_teams',
    SERVICENOW_PASSWORD: 'svc-teams-password',
    SERVICENOW_QUEUE: itDesk,
    DATABASE_URL: `file:${join(folder, 'data', 'connector.db')}`,
    TEAMS_APP_DEVELOPER_NAME: 'Contoso IT',
    TEAMS_APP_WEBSITE_URL: 'https://it.contoso.example/',
  };
  const packageApp = async (manifest: unknown) =>
    writeFileSync(appPackage, await zip([{ name: 'manifest.json', content: Buffer.from(JSON.stringify(manifest)) }]));
  await packageApp({ version: '1.0.0', bots: [{ botId: channel.appId, scopes: ['personal'] }], validDomains: [] });
  return {
    serviceNow,
    rasa,
    channel,
    folder,
    env,
    packageApp,
    doctor: (changed = {}, args = [], now = Date.now) => run({ ...env, ...changed }, appPackage, args, now),
    close: async () => {
      await Promise.all([serviceNow.close(), rasa.close(), channel.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function run(
  env: NodeJS.ProcessEnv,
  appPackage: string,
  args: readonly string[],
  now: () => number,
): Promise<Reported> {
  const lines: string[] = [];
  const code = await examine({
    args: ['--json', ...args],
    env,
    readEnvFile: () => undefined,
    readFile: () => '',
    appPackage,
    productVersion: '1.0.0',
    now,
    out: (line) => lines.push(line),
    err: (line) => lines.push(line),
  });
  const text = lines.join('\n');
  return { code, text, findings: (JSON.parse(text) as { findings: Reported['findings'] }).findings };
}

/** What the doctor said against the set-up; what it cannot see of a sound one is left out. */
export function troubles({ findings }: Reported): string[] {
  return findings
    .filter(({ verdict, check }) => verdict !== 'good' && !(verdict === 'unseen' && check === 'teams.endpoint'))
    .map(({ verdict, check, what }) => `${check} ${verdict}: ${what}`);
}

/** The only trouble that the doctor finds in a set-up that was changed in this way. */
export async function onlyTroubleOf(setUp: SetUp, changed: NodeJS.ProcessEnv = {}): Promise<string> {
  const found = troubles(await setUp.doctor(changed));
  expect(found).toHaveLength(1);
  return found[0] ?? '';
}
