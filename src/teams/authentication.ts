import type { Activity } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  AuthenticationConstants,
  BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorClient,
  ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import { tenantsOf } from './identity';
import { Refusal } from './refusal';
import type { ServiceHosts } from './service-hosts';
import type { SigningKeys } from './signing-keys';
import { type CheckedToken, checkToken } from './token-check';

export interface AuthenticationSettings {
  /** `MicrosoftAppId`. Without one nothing is verified: for development only, and the configuration sees to that. */
  readonly appId?: string;
  readonly issuer: string;
  readonly keys: Pick<SigningKeys, 'find'>;
  readonly hosts: ServiceHosts;
  /** Tenants whose turns are taken; none: all. */
  readonly tenants: readonly string[];
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Bot Framework's own place for the question who may talk to this bot, answered by Microsoft's rules without exception. */
export class TeamsAuthentication extends BotFrameworkAuthentication {
  constructor(private readonly settings: AuthenticationSettings) {
    super();
  }

  /** Everything that the Authorization header alone can tell, before a byte of the body is read. Throws a {@link Refusal}. */
  async checkHeader(authorization: string | undefined): Promise<CheckedToken | undefined> {
    const { appId, issuer, keys, now } = this.settings;
    return appId === undefined ? undefined : checkToken(authorization, { keys, issuer, audience: appId, now });
  }

  override async authenticateRequest(activity: Activity, authorization: string): Promise<AuthenticateRequestResult> {
    const token = await this.checkHeader(authorization);
    if (token) checkBinding(token, activity);
    if (this.settings.hosts.baseOf(activity.serviceUrl) === undefined) throw new Refusal(403, 'service_host');
    if (!this.isTenantAllowed(activity)) throw new Refusal(403, 'tenant');
    const audience = AuthenticationConstants.ToChannelFromBotOAuthScope;
    return { audience, claimsIdentity: this.identity(), connectorFactory: new NothingIsSentInTurns() };
  }

  override authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    return Promise.reject(new Refusal(403, 'not_supported'));
  }

  override createConnectorFactory(): ConnectorFactory {
    return new NothingIsSentInTurns();
  }

  override async createUserTokenClient(): Promise<UserTokenClient> {
    return nothing<UserTokenClient>();
  }

  private identity(): ClaimsIdentity {
    const { appId = '' } = this.settings;
    return new ClaimsIdentity([{ type: AuthenticationConstants.AudienceClaim, value: appId }], appId !== '');
  }

  /** Every tenant that the turn names must be allowed, and where only some are, it must name one. */
  private isTenantAllowed(activity: Activity): boolean {
    const allowed = this.settings.tenants.map((tenant) => tenant.toLowerCase());
    if (allowed.length === 0) return true;
    const named = tenantsOf(activity);
    return named.length > 0 && named.every((tenant) => allowed.includes(tenant.toLowerCase()));
  }
}

/** A token is for one service address and, where its key says so, for certain channels: it proves nothing about others. */
function checkBinding(token: CheckedToken, activity: Activity): void {
  const { serviceUrl, channelId } = activity;
  if (typeof serviceUrl !== 'string' || serviceUrl === '' || token.serviceUrl !== serviceUrl) {
    throw new Refusal(401, 'wrong_service_url');
  }
  if (token.endorsements && !token.endorsements.includes(channelId)) throw new Refusal(401, 'not_endorsed');
}

/** The SDK wants a client per turn. Turns are answered later and elsewhere, so there is nothing that one could do. */
class NothingIsSentInTurns extends ConnectorFactory {
  override async create(): Promise<ConnectorClient> {
    return nothing<ConnectorClient>();
  }
}

function nothing<T>(): T {
  return {} as T;
}
