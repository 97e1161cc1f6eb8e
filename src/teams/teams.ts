import type { Clock, FileShare, Log, Messenger } from '../engine/ports';
import type { Texts } from '../texts/texts';
import { makeCaller } from '../upstream/call';
import { either, onlyTo, publicWeb } from '../upstream/reach';
import { TeamsAdapter } from './adapter';
import { TeamsAuthentication } from './authentication';
import { type BotParts, makeBot, type OfferEvent } from './bot';
import { type CredentialSettings, makeLiveCredentials } from './credentials';
import { makeFileHosts } from './files/file-hosts';
import { makeFileShare } from './files/file-share';
import { TeamsMessenger } from './messenger';
import { makeServiceHosts } from './service-hosts';
import { SigningKeys } from './signing-keys';
import { makeTokenSource, type TokenSource } from './tokens';

type Credential =
  | { readonly type: 'secret'; readonly tenantId: string; readonly password: string }
  | {
      readonly type: 'certificate';
      readonly tenantId: string;
      readonly thumbprint: string;
      readonly privateKey: string;
    }
  | { readonly type: 'managed_identity' };

export interface TeamsSettings {
  readonly appId?: string;
  readonly credential?: Credential;
  readonly metadataUrl: string;
  readonly issuer: string;
  readonly loginUrl: string;
  readonly serviceHosts: readonly string[];
  readonly tenants: readonly string[];
  readonly dev: boolean;
}

export interface TeamsParts {
  readonly settings: TeamsSettings;
  readonly texts: Texts;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether this process may speak for what it owns. */
  readonly mayCall?: () => boolean;
}

/** Both directions of Teams. */
export interface Teams {
  readonly messenger: Messenger;
  /** Where the employees' files are. */
  readonly files: FileShare;
  /** The door for what Teams delivers; every event goes to `offer`, and that she types to `typing`. */
  door(offer: OfferEvent, typing?: BotParts['typing']): TeamsAdapter;
  close(): void;
}

/** Deadline of one send, milliseconds. */
const sendTimeoutMs = 15_000;
const governmentIssuer = 'https://api.botframework.us';

/** Puts the Teams side together. */
export function makeTeams({ settings, texts, clock, log, mayCall }: TeamsParts): Teams {
  const now = () => clock.wall();
  const hosts = makeServiceHosts({ extra: settings.serviceHosts, dev: settings.dev });
  const call = makeCaller('teams', { mayCall, reach: hosts.reach });
  const login = makeCaller('teams', { reach: onlyTo(settings.loginUrl) });
  const announced = makeCaller('teams', { reach: either(onlyTo(settings.metadataUrl), publicWeb) });
  const tokens = tokensFor(settings, login, now);
  const messenger = new TeamsMessenger({ call, hosts, texts, timeoutMs: sendTimeoutMs, ...(tokens ? { tokens } : {}) });
  const files = makeFileShare({
    hosts: makeFileHosts(hosts),
    ...(tokens ? { tokens } : {}),
    ...(mayCall ? { mayCall } : {}),
  });
  const keys = new SigningKeys({ call: announced, metadataUrl: settings.metadataUrl, now });
  const { appId, issuer, tenants } = settings;
  const authentication = new TeamsAuthentication({ issuer, keys, hosts, tenants, now, ...(appId ? { appId } : {}) });
  return {
    messenger,
    files,
    door: (offer, typing) => new TeamsAdapter({ authentication, bot: makeBot({ offer, typing, clock, texts }), log }),
    close: () => {
      call.close();
      login.close();
      announced.close();
      files.close();
    },
  };
}

function tokensFor(
  { appId, credential, loginUrl, issuer }: TeamsSettings,
  call: ReturnType<typeof makeCaller>,
  now: () => number,
): TokenSource | undefined {
  if (!appId || !credential) return undefined;
  const scope = issuer === governmentIssuer ? { scope: 'https://api.botframework.us' } : {};
  const settings = (): CredentialSettings => ({ appId, loginUrl, ...scope, ...credential });
  return makeTokenSource({ credentials: makeLiveCredentials(settings, call), now });
}
