import { ConfidentialClientApplication, type INetworkModule, type NetworkRequestOptions } from '@azure/msal-node';
import {
  AuthenticationConstants,
  JwtTokenProviderFactory,
  ManagedIdentityAppCredentials,
  MsalAppCredentials,
} from 'botframework-connector';
import { failureOfStatus } from '../upstream/answers';
import type { Caller } from '../upstream/call';

/** How the bot proves to Microsoft who it is; Bot Framework's own settings. */
export type CredentialSettings = {
  readonly appId: string;
  /** The base to which `/{tenant}/oauth2/v2.0/token` is appended; Microsoft's public cloud when absent. */
  readonly loginUrl?: string;
  /** Who the token is for; Bot Framework of the public cloud when absent. */
  readonly scope?: string;
} & (
  | { readonly type: 'secret'; readonly tenantId: string; readonly password: string }
  | {
      readonly type: 'certificate';
      readonly tenantId: string;
      readonly thumbprint: string;
      readonly privateKey: string;
    }
  | { readonly type: 'managed_identity' }
);

/** Fetches a new token every time: nothing is taken from the SDK's cache, which a refused token would stay in. */
export interface Credentials {
  fetch(): Promise<{ readonly accessToken: string; readonly expiresOn: Date }>;
}

const publicLogin = 'https://login.microsoftonline.com';
const tokenTimeoutMs = 10_000;

/** Bot Framework's credentials for the given settings. All calls but a managed identity's go through `call`. */
export function makeCredentials(settings: CredentialSettings, call: Caller): Credentials {
  const { appId, scope = AuthenticationConstants.ToChannelFromBotOAuthScope } = settings;
  if (settings.type === 'managed_identity') return new ManagedIdentity(appId, scope, new JwtTokenProviderFactory());
  const secret =
    settings.type === 'secret'
      ? { clientSecret: settings.password }
      : { clientCertificate: { thumbprint: settings.thumbprint, privateKey: settings.privateKey } };
  const application = new ConfidentialClientApplication({
    auth: { clientId: appId, ...authorityOf(settings.tenantId, settings.loginUrl ?? publicLogin), ...secret },
    system: { networkClient: networkOf(call) },
  });
  return new Application(application, appId, scope);
}

/** The same with the secret that holds at the time of each request: it may be replaced while the process runs. */
export function makeLiveCredentials(settingsNow: () => CredentialSettings, call: Caller): Credentials {
  let made: { readonly secret: string; readonly credentials: Credentials } | undefined;
  return {
    fetch: () => {
      const settings = settingsNow();
      const secret = JSON.stringify(settings);
      if (made?.secret !== secret) made = { secret, credentials: makeCredentials(settings, call) };
      return made.credentials.fetch();
    },
  };
}

class Application extends MsalAppCredentials implements Credentials {
  constructor(application: ConfidentialClientApplication, appId: string, scope: string) {
    super(application, appId, '', scope);
  }

  fetch() {
    return this.refreshToken();
  }
}

class ManagedIdentity extends ManagedIdentityAppCredentials implements Credentials {
  fetch() {
    return this.refreshToken();
  }
}

/**
 * The library takes only authorities that it knows, by https, or looks them up. So it is given one that it knows, together
 * with the addresses that are to be used.
 */
function authorityOf(tenant: string, loginUrl: string): { authority: string; authorityMetadata: string } {
  const base = `${loginUrl.replace(/\/+$/, '')}/${encodeURIComponent(tenant)}`;
  const metadata = {
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    issuer: `${base}/v2.0`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
  };
  return { authority: `${publicLogin}/${encodeURIComponent(tenant)}`, authorityMetadata: JSON.stringify(metadata) };
}

/**
 * Our own calls under the library. An outage is thrown: as an answer it would make the library refuse every request for the
 * minute that follows.
 */
function networkOf(call: Caller): INetworkModule {
  const send = async <T>(method: 'GET' | 'POST', url: string, options: NetworkRequestOptions = {}) => {
    const { headers = {}, body } = options;
    const answer = await call({ method, url, headers, body, timeoutMs: tokenTimeoutMs, maxBytes: 200_000 });
    const isOutage = answer.status === 429 || answer.status >= 500 || answer.status < 200;
    if (isOutage || (answer.status >= 300 && answer.status < 400)) throw failureOfStatus('teams', answer, 'a token');
    return { headers: { ...answer.headers }, body: JSON.parse(answer.text) as T, status: answer.status };
  };
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
}
