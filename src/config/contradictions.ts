import { databaseOf } from './database';
import type { Values, VariableName } from './variables';

/** One line for what is missing or does not go together; variables that are wrong by themselves are left out. */
export function contradictions(values: Values, wrong: ReadonlySet<string>): string[] {
  const lines = [
    ...missing(values),
    ...plainAddresses(values),
    ...teams(values),
    ...serviceNow(values),
    ...patterns(values),
    ...database(values),
    ...rasa(values),
    ...admin(values),
  ];
  return lines.filter((line) => !wrong.has(line.split(' ')[0] ?? ''));
}

function missing(values: Values): string[] {
  const should: [VariableName, string][] = [
    ['RASA_URL', 'it should be the base address of the Rasa server, such as https://rasa.example'],
    ['SERVICENOW_URL', 'it should be the address of the instance, such as https://name.service-now.com'],
    ['SERVICENOW_QUEUE', 'it should be the sys_id of the queue that live chats are opened in'],
  ];
  const isBot = values.SERVICENOW_PROFILE === 'va-bot';
  if (isBot)
    should.push(['SERVICENOW_CALLBACK_SECRET', 'it should be the secret that the instance sends its callbacks with']);
  const needed = isBot ? should.filter(([name]) => name !== 'SERVICENOW_QUEUE') : should;
  return needed.filter(([name]) => values[name] === undefined).map(([name, what]) => `${name} is missing; ${what}`);
}

/** Words and secrets go over http to this machine only. */
function plainAddresses(values: Values): string[] {
  if (values.DEV_INSECURE) return [];
  const names = ['RASA_URL', 'SERVICENOW_URL', 'TEAMS_OPENID_METADATA_URL', 'TEAMS_LOGIN_URL'] as const;
  return names
    .filter((name) => values[name]?.startsWith('http:') && !isLoopback(values[name]))
    .map((name) => `${name} is an http address of another machine; it should begin with https://`);
}

function isLoopback(address: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(address).hostname);
}

function teams(values: Values): string[] {
  const { MicrosoftAppId, MicrosoftAppTenantId, MicrosoftAppPassword, MicrosoftAppType } = values;
  if (MicrosoftAppId === undefined) {
    const what =
      'it should be the application id of the Azure Bot registration (or set DEV_INSECURE=1 for development)';
    return values.DEV_INSECURE ? [] : [`MicrosoftAppId is missing; ${what}`];
  }
  const lines: string[] = [];
  if (MicrosoftAppTenantId === undefined) {
    lines.push('MicrosoftAppTenantId is missing; it should be the tenant id of the Azure Bot registration');
  }
  const certificate = [values.CertificateThumbprint, values.CertificatePrivateKey];
  const given = certificate.filter((part) => part !== undefined).length;
  if (MicrosoftAppType === 'UserAssignedMSI') {
    if (MicrosoftAppPassword)
      lines.push('MicrosoftAppPassword is set; with MicrosoftAppType=UserAssignedMSI it should not be');
    return lines;
  }
  if (given === 1) lines.push('CertificateThumbprint and CertificatePrivateKey should both be set, or neither');
  if (MicrosoftAppPassword && given === 2) {
    lines.push('MicrosoftAppPassword is set, and a certificate too; it should be one of them');
  }
  if (!MicrosoftAppPassword && given === 0) {
    lines.push(
      'MicrosoftAppPassword is missing; it should be the client secret of the registration (or set a certificate)',
    );
  }
  return lines;
}

function serviceNow(values: Values): string[] {
  const lines: string[] = [];
  const need = (name: VariableName, what: string) => {
    if (values[name] === undefined) lines.push(`${name} is missing; it should be ${what}`);
  };
  const oauth = values.SERVICENOW_CLIENT_ID !== undefined || values.SERVICENOW_CLIENT_SECRET !== undefined;
  if (oauth) {
    need('SERVICENOW_CLIENT_ID', 'the id that belongs to SERVICENOW_CLIENT_SECRET');
    need('SERVICENOW_CLIENT_SECRET', 'the secret that belongs to SERVICENOW_CLIENT_ID');
  }
  if (!oauth || values.SERVICENOW_OAUTH_GRANT === 'password') {
    need('SERVICENOW_USERNAME', 'the user name of the service account');
    need('SERVICENOW_PASSWORD', 'the password of the service account');
  }
  return lines;
}

function rasa({ RASA_END_INTENT, RASA_TRACKER }: Values): string[] {
  if (RASA_END_INTENT === undefined || RASA_TRACKER) return [];
  return ['RASA_END_INTENT is set; it needs RASA_TRACKER=1, because it is triggered over the same interface'];
}

function admin({ ADMIN_TOKEN, ADMIN_PORT }: Values): string[] {
  if (ADMIN_TOKEN === undefined || ADMIN_PORT !== undefined) return [];
  return ['ADMIN_TOKEN is set; it should go with ADMIN_PORT, because the admin page is on that port only'];
}

function patterns(values: Values): string[] {
  return (values.LIVE_CHAT_CLOSING_PATTERNS ?? [])
    .filter((pattern) => pattern.startsWith('/') && pattern.endsWith('/') && !isExpression(pattern.slice(1, -1)))
    .map(
      (pattern) =>
        `LIVE_CHAT_CLOSING_PATTERNS holds ${pattern}, which is no regular expression; it should be one, or a fragment`,
    );
}

function isExpression(source: string): boolean {
  try {
    return new RegExp(source, 'i') !== undefined;
  } catch {
    return false;
  }
}

function database(values: Values): string[] {
  const address = values.DATABASE_URL;
  if (address === undefined || databaseOf(address)) return [];
  return [
    'DATABASE_URL names no database; it should be file:<path> such as file:data/connector.db, or postgres://<user>:<password>@<host>:5432/<database>',
  ];
}
