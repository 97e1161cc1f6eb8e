import { live, type Now } from './live';
import { callbackSecrets, signingKeys } from './readings';
import type { SecretName, Values } from './variables';

export type ServiceNowAuth =
  | { readonly type: 'basic'; readonly username: string; readonly password: string }
  | { readonly type: 'client_credentials'; readonly clientId: string; readonly clientSecret: string }
  | {
      readonly type: 'password';
      readonly clientId: string;
      readonly clientSecret: string;
      readonly username: string;
      readonly password: string;
    };

/** How the instance is reached, and what it reaches the connector with. */
export interface ServiceNowConfig {
  /** `auto`: it is settled at the start, by what the instance has. */
  readonly profile: 'connect-support' | 'va-bot' | 'scripted' | 'auto';
  readonly url: string;
  readonly auth: ServiceNowAuth;
  /** Empty where the profile needs none and none is given. */
  readonly queue: string;
  readonly queues: Readonly<Record<string, string>>;
  readonly pollMs: number;
  readonly timeoutMs: number;
  readonly options: Readonly<Record<string, unknown>>;
  /** What signs events just now; absent: none are taken. */
  readonly eventKeys?: () => readonly Buffer[];
  /** What callbacks are known by just now; absent: none are taken. */
  readonly callbackSecrets?: () => readonly string[];
  /** What proves that messages are ours, as it is now. */
  readonly messageAuth: { readonly token?: string; readonly signingKey?: string };
}

type Complete = { readonly [N in keyof Values]: NonNullable<Values[N]> };

export function serviceNowOf(v: Complete, values: Values, now: Now): ServiceNowConfig {
  return {
    profile: v.SERVICENOW_PROFILE,
    url: v.SERVICENOW_URL,
    auth: authOf(v, now),
    queue: values.SERVICENOW_QUEUE ?? '',
    queues: v.SERVICENOW_QUEUES,
    pollMs: v.SERVICENOW_POLL_MS,
    timeoutMs: v.SERVICENOW_TIMEOUT_MS,
    options: v.SERVICENOW_OPTIONS,
    eventKeys: renewed(values, 'SERVICENOW_EVENTS_SECRET', now, (text) => signingKeys.safeParse(text).data),
    callbackSecrets: callbackSecretsOf(values, now),
    messageAuth: messageAuthOf(values, now),
  };
}

function callbackSecretsOf(values: Values, now: Now): (() => readonly string[]) | undefined {
  if (values.SERVICENOW_PROFILE !== 'va-bot' && values.SERVICENOW_PROFILE !== 'auto') return undefined;
  return renewed(values, 'SERVICENOW_CALLBACK_SECRET', now, (text) => callbackSecrets.safeParse(text).data);
}

function messageAuthOf(values: Values, now: Now): ServiceNowConfig['messageAuth'] {
  const { SERVICENOW_MESSAGE_TOKEN: token, SERVICENOW_MESSAGE_KEY: signingKey } = values;
  const given = { ...(token ? { token } : {}), ...(signingKey ? { signingKey } : {}) };
  return live(given, { token: now('SERVICENOW_MESSAGE_TOKEN'), signingKey: now('SERVICENOW_MESSAGE_KEY') });
}

/** A secret as its file holds it now. A file that holds none for the moment changes nothing. */
function renewed<N extends SecretName>(
  values: Values,
  name: N,
  now: Now,
  read: (text: string) => Values[N],
): (() => NonNullable<Values[N]>) | undefined {
  const first = values[name];
  if (!first) return undefined;
  const text = now(name);
  let last: NonNullable<Values[N]> = first;
  return () => {
    last = (text && read(text())) ?? last;
    return last;
  };
}

function authOf(values: { readonly [N in keyof Values]: NonNullable<Values[N]> }, now: Now): ServiceNowAuth {
  const { SERVICENOW_USERNAME: username, SERVICENOW_PASSWORD: password } = values;
  const { SERVICENOW_CLIENT_ID: clientId, SERVICENOW_CLIENT_SECRET: clientSecret } = values;
  const passwordNow = { password: now('SERVICENOW_PASSWORD') };
  const secretNow = { clientSecret: now('SERVICENOW_CLIENT_SECRET') };
  if (!clientId) return live({ type: 'basic', username, password }, passwordNow);
  if (values.SERVICENOW_OAUTH_GRANT === 'client_credentials')
    return live({ type: 'client_credentials', clientId, clientSecret }, secretNow);
  return live({ type: 'password', clientId, clientSecret, username, password }, { ...passwordNow, ...secretNow });
}
