import { parseArgs } from 'node:util';
import { type Config, loadConfig } from '../../config/config';
import { ConfigProblems } from '../../config/problems';
import { checks } from '../../doctor/checks';
import { broken } from '../../doctor/finding';
import { makeParts } from '../../doctor/parts';
import { recordOf, textOf } from '../../doctor/report';
import { isSound, type Looked, lookAtAll } from '../../doctor/run';
import type { Choice } from '../../servicenow/auto';
import { type DeskOptions, deskOptions } from '../../servicenow/options';
import { type Profile, readProfile } from '../../servicenow/profiles';
import { parseTextsFile } from '../../texts/texts-file';
import { readSettings } from '../manifest/settings';
import { settled } from './settled';

type Environment = NodeJS.ProcessEnv;

/** What the command works on and where it says what it found. */
export interface DoctorCommand {
  readonly args: readonly string[];
  readonly env: Environment;
  /** The variables in a file; `undefined` when there is none of that name. */
  readonly readEnvFile: (file: string) => Environment | undefined;
  readonly readFile: (path: string) => string;
  /** Reads a secret's file; the same as `readFile` where nothing is said. */
  readonly readSecret?: (path: string) => string;
  /** Where `npm run manifest` puts the app package. */
  readonly appPackage: string;
  readonly productVersion: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

export const usage = [
  'npm run doctor -- [--json] [--env <file>] [--endpoint <address>] [--rasa-project <folder>] [--app-package <file>]',
  '  --json                    the findings as one JSON object',
  '  --env <file>              look at the set-up in this file, instead of the environment and .env',
  '  --endpoint <address>      the messaging endpoint as it stands in Azure (default: from PUBLIC_DOMAIN)',
  "  --rasa-project <folder>   also read the Rasa bot's own files",
  '  --app-package <file>      the app package that was uploaded to Teams (default: what npm run manifest wrote)',
] as const;

const options = {
  json: { type: 'boolean' },
  env: { type: 'string' },
  endpoint: { type: 'string' },
  'rasa-project': { type: 'string' },
  'app-package': { type: 'string' },
} as const;

/** Looks at the set-up and answers the exit code: 0, 1 when something is broken, or 2 when it was asked wrongly. */
export async function examine(command: DoctorCommand): Promise<number> {
  const wish = readWish(command.args);
  const env = wish && environmentOf(command, wish.env);
  if (!wish || !env) {
    if (wish) command.err(`The file ${wish.env} is not there.`);
    for (const line of usage) command.err(line);
    return 2;
  }
  const looked = await look(command, env, wish);
  for (const line of wish.json ? [JSON.stringify(recordOf(looked), null, 2)] : textOf(looked)) command.out(line);
  return isSound(looked) ? 0 : 1;
}

function readWish(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch {
    return undefined;
  }
}

/** A file that is named counts alone; `.env` stands behind the environment, as at the start of the connector. */
function environmentOf({ env, readEnvFile }: DoctorCommand, file: string | undefined): Environment | undefined {
  return file === undefined ? { ...readEnvFile('.env'), ...env } : readEnvFile(file);
}

type Wish = NonNullable<ReturnType<typeof readWish>>;

async function look(command: DoctorCommand, env: Environment, wish: Wish): Promise<Looked[]> {
  const read = await configOf(command, env);
  if (!read.ok) return [misconfigured(read.problems)];
  const settings = {
    config: read.config,
    options: read.options,
    ...(read.choice ? { choice: read.choice } : {}),
    app: readSettings(env, command.productVersion),
    appPackage: wish['app-package'] ?? command.appPackage,
    ...(wish.endpoint === undefined ? {} : { endpoint: wish.endpoint }),
    ...(wish['rasa-project'] === undefined ? {} : { rasaProject: wish['rasa-project'] }),
  };
  const parts = makeParts(settings, command.now);
  try {
    return await lookAtAll(checks, parts);
  } finally {
    parts.close();
  }
}

type ReadConfig =
  | { readonly ok: true; readonly config: Config; readonly options: DeskOptions; readonly choice?: Choice }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The configuration as the connector reads it at its start. */
async function configOf({ readFile, readSecret }: DoctorCommand, env: Environment): Promise<ReadConfig> {
  try {
    const { config, choice } = await settled(loadConfig(env, readFile, readSecret));
    const texts = config.texts === undefined ? undefined : parseTextsFile(config.texts);
    const read = readProfile(config.serviceNow.profile, config.serviceNow.options);
    const problems = [
      ...(texts && !texts.ok ? texts.problems.map((problem) => `TEXTS_FILE ${problem}`) : []),
      ...(read.ok ? [] : read.problems),
    ];
    return read.ok && problems.length === 0
      ? { ok: true, config, options: optionsOf(read.options), ...(choice ? { choice } : {}) }
      : { ok: false, problems };
  } catch (error) {
    if (error instanceof ConfigProblems) return { ok: false, problems: error.problems };
    throw error;
  }
}

/** What the checks of the instance go by; of the application's API they need two addresses. */
function optionsOf(profile: Profile): DeskOptions {
  if (profile.name === 'connect-support') return profile.options;
  if (profile.name === 'va-bot') {
    const { path, tokenPath: token } = profile.options;
    return deskOptions.parse({ paths: { entries: path, token } });
  }
  const { base, tokenPath: token } = profile.options;
  return deskOptions.parse({ paths: { entries: `${base}/changes`, queue: `${base}/queues/{queue}`, token } });
}

/** Nothing else can be looked at: the connector would not start either. */
function misconfigured(problems: readonly string[]): Looked {
  const findings = problems.map((problem) => {
    const [what = problem, step] = problem.split(/; (?=it should)/);
    return broken({
      what: `${what}.`,
      why: 'The connector does not start. Nothing else could be looked at.',
      who: 'who runs the connector',
      step: `${step ? `Set it anew: ${step}.` : 'Correct it as README.md and .env.example say.'} Then run the doctor again.`,
    });
  });
  return { check: 'connector.configuration', area: 'This connector', findings };
}
