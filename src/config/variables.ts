import { z } from 'zod';
import {
  address,
  callbackSecrets,
  flag,
  id,
  integer,
  json,
  list,
  milliseconds,
  oneOf,
  type Reading,
  signingKeys,
  text,
  timeout,
  token,
} from './readings';

export interface Variable<T> {
  readonly reading: Reading<T>;
  /** One line for `.env.example`. */
  readonly meaning: string;
  /** What holds when it is not set. */
  readonly fallback?: string;
  /** What `.env.example` says of the default where it is not one value. */
  readonly otherwise?: string;
  /** May come from a file instead (`NAME_FILE`), and is never repeated in a message. */
  readonly secret?: true;
}

const record = z.record(z.string(), z.string());
const strings = z.array(z.string().min(1));
const triggers = z.strictObject({
  markers: strings.optional(),
  commands: strings.optional(),
  actions: strings.optional(),
  hosts: strings.optional(),
});

function variable<T>(reading: Reading<T>, meaning: string, more: Partial<Variable<T>> = {}): Variable<T> {
  return { reading, meaning, ...more };
}

/** Every variable the connector reads, in the order of `.env.example`. */
export const variables = {
  PORT: variable(integer(0, 65_535), 'where the server listens; 0 picks a free port', { fallback: '3978' }),
  HOST: variable(text, 'the address the server listens on', { otherwise: '0.0.0.0; 127.0.0.1 with DEV_INSECURE=1' }),
  ADMIN_PORT: variable(integer(0, 65_535), 'a port of its own for /healthz, /readyz, /metrics and the admin page', {
    otherwise: 'the same port, and no admin page',
  }),
  ADMIN_TOKEN: variable(token, 'what the admin page asks for, at least 24 characters', {
    secret: true,
    otherwise: 'the page is there for this machine alone',
  }),
  DEV_INSECURE: variable(
    flag,
    '1 = development: no authentication while MicrosoftAppId is not set, http and loopback allowed',
  ),

  MicrosoftAppType: variable(oneOf('SingleTenant', 'UserAssignedMSI'), 'kind of the Azure Bot registration', {
    fallback: 'SingleTenant',
  }),
  MicrosoftAppId: variable(id, 'application (client) id of the Azure Bot registration'),
  MicrosoftAppPassword: variable(text, 'its client secret', { secret: true }),
  MicrosoftAppTenantId: variable(id, 'the tenant of the registration'),
  CertificateThumbprint: variable(text, 'instead of a client secret: thumbprint of its certificate'),
  CertificatePrivateKey: variable(text, 'and the private key, PEM', { secret: true }),
  TEAMS_OPENID_METADATA_URL: variable(address, "where Bot Framework's signing keys are announced", {
    fallback: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  }),
  TEAMS_TOKEN_ISSUER: variable(text, 'who issues the tokens of incoming turns', {
    fallback: 'https://api.botframework.com',
  }),
  TEAMS_LOGIN_URL: variable(address, 'base to which /{tenant}/oauth2/v2.0/token is appended', {
    fallback: 'https://login.microsoftonline.com',
  }),
  TEAMS_SERVICE_HOSTS: variable(
    list,
    "hosts that may be a serviceUrl or serve its files, beside Microsoft's own: exact names, optional :port",
  ),
  TEAMS_ALLOWED_TENANTS: variable(list, 'tenants whose turns are taken', { otherwise: 'MicrosoftAppTenantId' }),

  RASA_URL: variable(address, 'base address of the Rasa server'),
  RASA_TOKEN: variable(text, 'its --auth-token, if it has one', { secret: true }),
  RASA_HEADERS: variable(json(record, '{"Authorization":"Bearer …"}'), 'headers for every call to Rasa, JSON', {
    secret: true,
  }),
  RASA_TIMEOUT_MS: variable(timeout, 'how long an answer of the assistant may take', { fallback: '25000' }),
  RASA_TRACKER: variable(flag, '1 = the tracker API is enabled there: slots are mirrored, lost answers are looked up'),

  RASA_END_INTENT: variable(
    text,
    'intent that is triggered there when a live chat is over, such as EXTERNAL_live_chat_ended; what the bot says is shown',
  ),

  SERVICENOW_URL: variable(address, 'https://<instance>.service-now.com'),
  SERVICENOW_PROFILE: variable(
    oneOf('connect-support', 'va-bot', 'scripted', 'auto'),
    'how to talk to the instance: connect-support, va-bot, scripted, or auto: whichever of them it has',
    {
      fallback: 'connect-support',
    },
  ),
  SERVICENOW_USERNAME: variable(text, 'the service account'),
  SERVICENOW_PASSWORD: variable(text, 'its password', { secret: true }),
  SERVICENOW_CLIENT_ID: variable(text, 'with the secret: OAuth 2.0 instead of Basic'),
  SERVICENOW_CLIENT_SECRET: variable(text, 'the OAuth client secret', { secret: true }),
  SERVICENOW_OAUTH_GRANT: variable(oneOf('client_credentials', 'password'), 'the OAuth grant', {
    fallback: 'client_credentials',
  }),
  SERVICENOW_QUEUE: variable(text, 'sys_id of the queue that live chats are opened in'),
  SERVICENOW_QUEUES: variable(
    json(record, '{"hr":"<sys_id>"}'),
    'further queues a hand-off may name, JSON: alias to sys_id',
    {
      fallback: '{}',
    },
  ),
  SERVICENOW_POLL_MS: variable(integer(250, 2_147_483_647), 'pause between two looks while chats are live', {
    fallback: '1000',
  }),
  SERVICENOW_TIMEOUT_MS: variable(timeout, 'deadline of one call, from connect to last byte', {
    fallback: '10000',
  }),
  SERVICENOW_EVENTS_SECRET: variable(
    signingKeys,
    'what signs events of ServiceNow that wake the reader: whsec_ and base64; two, with a comma, while they are exchanged',
    { secret: true, otherwise: 'none are taken' },
  ),
  SERVICENOW_CALLBACK_SECRET: variable(
    callbackSecrets,
    'what callbacks of the profile va-bot are known by, at least 16 characters; two, with a comma, while they are exchanged',
    { secret: true, otherwise: 'none are taken' },
  ),
  SERVICENOW_MESSAGE_TOKEN: variable(
    text,
    'static token that the profile va-bot proves its messages with, where the instance asks for one',
    { secret: true },
  ),
  SERVICENOW_MESSAGE_KEY: variable(
    text,
    'shared secret that the profile va-bot signs its messages with, where the instance asks for that',
    { secret: true },
  ),
  SERVICENOW_OPTIONS: variable(
    json(z.record(z.string(), z.unknown()), '{"pageSize":30}'),
    'what differs between instances and no source could settle, JSON; see README.md',
    { fallback: '{}' },
  ),
  CURSOR_OVERLAP_MS: variable(
    milliseconds,
    'how far behind the newest row the reader looks for rows that appear late',
    {
      fallback: '10000',
    },
  ),
  CURSOR_LATE_MS: variable(
    milliseconds,
    'how late a row may appear and still be shown; the reader looks back farther once rows were that late',
    {
      fallback: '900000',
    },
  ),
  SERVICENOW_RETRY_BUDGET_MS: variable(
    milliseconds,
    'how long one operation is retried before it ends the chat; 0 = not at all',
    {
      fallback: '60000',
    },
  ),

  LIVE_CHAT_TRIGGERS: variable(
    json(triggers, '{"markers":["handoff_to_human"],"commands":["/live_agent"]}'),
    'JSON that replaces parts of the defaults: markers, commands, actions, hosts',
    { fallback: '{}' },
  ),
  LIVE_CHAT_CLOSING_PATTERNS: variable(
    json(strings, '["a beendet den Chat","/^closed by .+$/"]'),
    'JSON list of fragments or /regular expressions/ that mean the chat is over, beside "has closed the support session"',
    { fallback: '[]' },
  ),
  QUEUE_TIMEOUT_MS: variable(milliseconds, 'a chat that nobody picks up ends after this; 0 = never', {
    fallback: '900000',
  }),
  IDLE_TIMEOUT_MS: variable(milliseconds, 'a chat in which nobody writes ends after this; 0 = never', {
    fallback: '1800000',
  }),

  NOBODY_THERE: variable(
    oneOf('assistant', 'message'),
    'what is offered when no agent is there: the assistant alone, or to leave a message',
    {
      fallback: 'assistant',
    },
  ),
  REOPEN_WITHIN_MS: variable(
    milliseconds,
    'for so long after a chat "I still need help" leads to one that follows it',
    {
      fallback: '1800000',
    },
  ),

  DATABASE_URL: variable(text, 'file:<path> of the embedded database, or postgres://… for several replicas', {
    fallback: 'file:data/connector.db',
    secret: true,
  }),
  RETENTION_DAYS: variable(integer(1, 3_650), 'how long transcripts and the record of what was done are kept', {
    fallback: '30',
  }),
  TEXTS_FILE: variable(text, 'JSON file that overrides words people read: {"<locale>":{"<key>":"<ICU message>"}}'),
  LOG_LEVEL: variable(oneOf('info', 'warn', 'error', 'silent'), 'which log lines are written', { fallback: 'info' }),
} as const;

export type VariableName = keyof typeof variables;
/** Those that may come from files which are read again while the process runs. */
export type SecretName = Extract<
  VariableName,
  | 'MicrosoftAppPassword'
  | 'CertificatePrivateKey'
  | 'SERVICENOW_PASSWORD'
  | 'SERVICENOW_CLIENT_SECRET'
  | 'RASA_TOKEN'
  | 'SERVICENOW_EVENTS_SECRET'
  | 'SERVICENOW_CALLBACK_SECRET'
  | 'SERVICENOW_MESSAGE_TOKEN'
  | 'SERVICENOW_MESSAGE_KEY'
  | 'RASA_HEADERS'
>;
export type Values = {
  readonly [N in VariableName]: (typeof variables)[N] extends Variable<infer T> ? T | undefined : never;
};
