import { defaultRules, type Rules } from '../conversation/rules';
import { contradictions } from './contradictions';
import { type Database, databaseOf } from './database';
import { live, type Now } from './live';
import { misspelt } from './misspelt';
import { ConfigProblems } from './problems';
import { type ReadFile, secretFileProblem, secretNow, withoutLineEnd } from './secret-files';
import { type ServiceNowConfig, serviceNowOf } from './service-now';
import { type SecretName, type Values, type VariableName, variables } from './variables';

type Environment = Readonly<Record<string, string | undefined>>;

export type TeamsCredential =
  | { readonly type: 'secret'; readonly tenantId: string; readonly password: string }
  | {
      readonly type: 'certificate';
      readonly tenantId: string;
      readonly thumbprint: string;
      readonly privateKey: string;
    }
  | { readonly type: 'managed_identity' };

export interface RasaSecrets {
  readonly token?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What in the assistant's words or records means that a live agent is wanted. */
export interface Triggers {
  /** Exact texts, such as `handoff_to_human`. */
  readonly markers: readonly string[];
  /** Names of custom actions, looked for in the tracker. */
  readonly actions: readonly string[];
  /** Values of `custom.handoff_host` that mean a live agent, beside the aliases of the queues. */
  readonly hosts: readonly string[];
}

const defaultTriggers: Triggers = {
  markers: ['handoff_to_human'],
  actions: ['action_live_agent', 'action_human_handoff', 'action_handoff', 'action_request_human'],
  hosts: [],
};

/** The configuration as the rest of the program takes it. */
export interface Config {
  readonly server: { readonly port: number; readonly host: string; readonly adminPort?: number };
  /** What the admin page asks for; absent: it is there for this machine alone. */
  readonly adminToken?: string;
  readonly dev: boolean;
  readonly teams: {
    readonly appId?: string;
    readonly credential?: TeamsCredential;
    readonly metadataUrl: string;
    readonly issuer: string;
    readonly loginUrl: string;
    readonly serviceHosts: readonly string[];
    readonly tenants: readonly string[];
  };
  readonly rasa: {
    readonly url: string;
    readonly token?: string;
    readonly headers: Readonly<Record<string, string>>;
    /** Token and headers as they are now: their files may change while the process runs. */
    readonly secrets: () => RasaSecrets;
    readonly timeoutMs: number;
    readonly tracker: boolean;
    readonly endIntent?: string;
    readonly triggers: Triggers;
  };
  readonly serviceNow: ServiceNowConfig;
  readonly rules: Rules;
  readonly database: Database;
  readonly retentionDays: number;
  /** Content of the TEXTS_FILE. */
  readonly texts?: string;
  readonly logLevel: 'info' | 'warn' | 'error' | 'silent';
}

/**
 * The configuration that the environment describes. Throws {@link ConfigProblems} with all that is wrong.
 * @param readSecret reads the files of secrets, at the start and whenever a secret is used.
 */
export function loadConfig(env: Environment, readFile: ReadFile, readSecret: ReadFile = readFile): Config {
  const problems: string[] = [];
  const values = readAll(env, readSecret, problems);
  problems.push(...contradictions(values, new Set(problems.map(nameIn))));
  problems.push(...misspelt(env));
  const texts = readTexts(values.TEXTS_FILE, readFile, problems);
  if (problems.length > 0) throw new ConfigProblems(problems);
  const config = configOf(values, (name) => now(name, env, readSecret));
  return { ...config, ...(texts === undefined ? {} : { texts }) };
}

/** The variable that a line is about, also where its file is what is wrong. */
function nameIn(line: string): string {
  return (line.split(' ')[0] ?? '').replace(/(?<!^TEXTS)_FILE$/, '');
}

function now(name: SecretName, env: Environment, readSecret: ReadFile): (() => string) | undefined {
  const file = env[`${name}_FILE`];
  return file ? secretNow(file, readSecret, withoutLineEnd(readSecret(file))) : undefined;
}

function readAll(env: Environment, readFile: ReadFile, problems: string[]): Values {
  const entries = (Object.keys(variables) as VariableName[]).map((name) => {
    const { reading, fallback } = variables[name] as (typeof variables)['PORT'];
    const given = textOf(name, env, readFile, problems) ?? fallback;
    if (given === undefined) return [name, undefined];
    const parsed = reading.safeParse(given);
    if (!parsed.success) problems.push(`${name} ${parsed.error.issues[0]?.message}`);
    return [name, parsed.data];
  });
  return Object.fromEntries(entries) as Values;
}

/** The variable's text, or that of the file which `NAME_FILE` names. Set to nothing counts as not set. */
function textOf(name: VariableName, env: Environment, readFile: ReadFile, problems: string[]): string | undefined {
  const direct = env[name] === '' ? undefined : env[name];
  const file = env[`${name}_FILE`];
  if (name === 'TEXTS_FILE' || !file || !('secret' in variables[name])) return direct;
  if (direct !== undefined) {
    problems.push(`${name} is set, and ${name}_FILE too; it should be one of them`);
    return undefined;
  }
  try {
    return withoutLineEnd(readFile(file));
  } catch (error) {
    problems.push(secretFileProblem(name, file, error));
    return undefined;
  }
}

function readTexts(file: string | undefined, readFile: ReadFile, problems: string[]): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFile(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    problems.push(`TEXTS_FILE names ${file}, which cannot be read (${code}); it should be a JSON file`);
    return undefined;
  }
}

/** Called only with values that were found to be complete. */
function configOf(values: Values, now: Now): Config {
  const v = values as Required<{ [N in keyof Values]: NonNullable<Values[N]> }>;
  const dev = values.DEV_INSECURE ?? false;
  const { markers, actions, hosts } = { ...defaultTriggers, ...v.LIVE_CHAT_TRIGGERS };
  return {
    server: { port: v.PORT, host: values.HOST ?? (dev ? '127.0.0.1' : '0.0.0.0'), adminPort: values.ADMIN_PORT },
    adminToken: values.ADMIN_TOKEN,
    dev,
    teams: {
      appId: values.MicrosoftAppId,
      credential: credentialOf(values, now),
      metadataUrl: v.TEAMS_OPENID_METADATA_URL,
      issuer: v.TEAMS_TOKEN_ISSUER,
      loginUrl: v.TEAMS_LOGIN_URL,
      serviceHosts: values.TEAMS_SERVICE_HOSTS ?? [],
      tenants: values.TEAMS_ALLOWED_TENANTS ?? (values.MicrosoftAppTenantId ? [values.MicrosoftAppTenantId] : []),
    },
    rasa: {
      url: v.RASA_URL,
      token: values.RASA_TOKEN,
      headers: values.RASA_HEADERS ?? {},
      secrets: rasaSecrets(values, now),
      timeoutMs: v.RASA_TIMEOUT_MS,
      tracker: values.RASA_TRACKER ?? false,
      endIntent: values.RASA_END_INTENT,
      triggers: { markers, actions, hosts },
    },
    serviceNow: serviceNowOf(v, values, now),
    rules: rulesOf(v),
    database: databaseOf(v.DATABASE_URL) as Database,
    retentionDays: v.RETENTION_DAYS,
    logLevel: v.LOG_LEVEL,
  };
}

function credentialOf(values: Values, now: Now): TeamsCredential | undefined {
  if (values.MicrosoftAppType === 'UserAssignedMSI')
    return values.MicrosoftAppId ? { type: 'managed_identity' } : undefined;
  const tenantId = values.MicrosoftAppTenantId;
  if (!tenantId) return undefined;
  const {
    MicrosoftAppPassword: password,
    CertificateThumbprint: thumbprint,
    CertificatePrivateKey: privateKey,
  } = values;
  if (password) return live({ type: 'secret' as const, tenantId, password }, { password: now('MicrosoftAppPassword') });
  return thumbprint && privateKey
    ? live(
        { type: 'certificate' as const, tenantId, thumbprint, privateKey },
        { privateKey: now('CertificatePrivateKey') },
      )
    : undefined;
}

function rasaSecrets({ RASA_TOKEN: token, RASA_HEADERS: headers = {} }: Values, now: Now): () => RasaSecrets {
  const [tokenNow, headersNow] = [now('RASA_TOKEN'), now('RASA_HEADERS')];
  return () => {
    const read = headersNow && variables.RASA_HEADERS.reading.safeParse(headersNow());
    return { token: tokenNow?.() ?? token, headers: read?.success ? read.data : headers };
  };
}

function rulesOf(values: { readonly [N in keyof Values]: NonNullable<Values[N]> }): Rules {
  const { commands } = values.LIVE_CHAT_TRIGGERS;
  return {
    ...defaultRules,
    agentCommands: commands?.map((command) => command.trim().toLowerCase()) ?? defaultRules.agentCommands,
    closingPatterns: [...defaultRules.closingPatterns, ...values.LIVE_CHAT_CLOSING_PATTERNS.map(patternOf)],
    cursorOverlapMs: values.CURSOR_OVERLAP_MS,
    cursorLateMs: values.CURSOR_LATE_MS,
    queueTimeoutMs: values.QUEUE_TIMEOUT_MS,
    idleTimeoutMs: values.IDLE_TIMEOUT_MS,
    retryBudgetMs: values.SERVICENOW_RETRY_BUDGET_MS,
    takesMessages: values.NOBODY_THERE === 'message',
    assistantGreets: values.RASA_END_INTENT !== undefined,
    reopenWithinMs: values.REOPEN_WITHIN_MS,
  };
}

/** `/…/` is a regular expression, anything else a fragment; neither looks at the case. */
export function patternOf(pattern: string): RegExp {
  const expression = /^\/(.+)\/$/s.exec(pattern)?.[1];
  return new RegExp(expression ?? pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
}
