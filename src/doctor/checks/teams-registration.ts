import { z } from 'zod';
import type { Config } from '../../config/config';
import { ApiFailure } from '../../conversation/failures';
import type { Check } from '../check';
import { broken, type Finding, good, risk, unseen } from '../finding';
import { readAs } from '../json';
import { reasonOf } from '../reasons';
import { refusalOf } from '../registration-refusals';

const why = 'The bot hears what employees write, but cannot answer anything.';
const longestWaitMs = 15_000;

/** Whether the bot gets a token for its registration, and whether it is for this application and tenant. */
export const teamsRegistration: Check = {
  id: 'teams.registration',
  area: 'Microsoft Teams',
  async look({ botToken, config }) {
    if (!botToken) return [withoutRegistration()];
    const token = await Promise.race([botToken().catch((error: Error) => error), tooLate()]);
    const found = token instanceof Error ? refused(token, config.teams) : tokenFindings(token, config.teams);
    return [...found, ...tenants(config.teams)];
  },
};

function tooLate(): Promise<Error> {
  return new Promise((resolve) => {
    const error = Object.assign(new Error('no token in time'), { code: 'ERR_CANCELED' });
    setTimeout(() => resolve(error), longestWaitMs).unref();
  });
}

function withoutRegistration(): Finding {
  return unseen({
    what: 'There is no registration to look at (DEV_INSECURE=1 without MicrosoftAppId).',
    why: 'Everybody who reaches the connector may write as anybody: this is for development on one machine.',
    who: 'who runs the connector',
    step: 'For real use set MicrosoftAppId, MicrosoftAppTenantId and MicrosoftAppPassword, and remove DEV_INSECURE.',
  });
}

function refused(error: Error, { credential, loginUrl }: Config['teams']): Finding[] {
  if (credential?.type === 'managed_identity') return [noIdentity()];
  const code = /AADSTS(\d+)/.exec(error.message)?.[1];
  if (code !== undefined || error.name === 'ServerError') {
    const { words, step } = refusalOf(code);
    const what = `Microsoft gives the bot no token: ${words}${code ? ` (AADSTS${code})` : ''}.`;
    return [broken({ what, why, who: 'Azure administrator', step })];
  }
  const { words, who, step } = unanswered(error);
  return [broken({ what: `The login service ${new URL(loginUrl).host} gives no token: ${words}.`, why, who, step })];
}

function unanswered(error: Error) {
  const status = error instanceof ApiFailure ? error.status : undefined;
  if (status === undefined) return reasonOf(error, 'network administrator');
  return {
    words: `it answers ${status}`,
    who: 'network administrator' as const,
    step: 'Run the doctor again in a minute. If it stays so, look for a proxy that answers in place of the login service, and at TEAMS_LOGIN_URL.',
  };
}

function noIdentity(): Finding {
  return broken({
    what: 'This machine has no managed identity that gives the bot a token.',
    why,
    who: 'Azure administrator',
    step: 'Assign the user-assigned managed identity whose client id is in MicrosoftAppId to the machine, container or app service that the connector runs on. Outside of Azure use MicrosoftAppType=SingleTenant with a client secret.',
  });
}

const claims = z.looseObject({ tid: z.string().optional(), appid: z.string().optional() });

/** What Microsoft says of the token's owner; the token itself is never shown. */
function tokenFindings(token: string, { appId, credential }: Config['teams']): Finding[] {
  const [, payload = ''] = token.split('.');
  const { tid, appid } = readAs(Buffer.from(payload, 'base64url').toString(), claims) ?? {};
  const tenant = credential && 'tenantId' in credential ? credential.tenantId : undefined;
  const isOther = (given?: string, wanted?: string) =>
    given !== undefined && wanted !== undefined && isGuid(wanted) && given.toLowerCase() !== wanted.toLowerCase();
  if (isOther(appid, appId) || isOther(tid, tenant)) return [otherOwner()];
  return [good(`Microsoft gives the bot a token (${kindOf(credential)}).`)];
}

function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

function otherOwner(): Finding {
  return broken({
    what: 'The token is for another application or tenant than the configured one.',
    why,
    who: 'Azure administrator',
    step: 'Copy Microsoft App ID and App Tenant ID from the Azure Bot (Settings › Configuration) into MicrosoftAppId and MicrosoftAppTenantId.',
  });
}

function kindOf(credential: Config['teams']['credential']): string {
  switch (credential?.type) {
    case 'managed_identity':
      return 'user-assigned managed identity';
    case 'certificate':
      return 'single tenant, by certificate';
    default:
      return 'single tenant, by client secret';
  }
}

function tenants({ credential, tenants: allowed }: Config['teams']): Finding[] {
  const own = credential && 'tenantId' in credential ? credential.tenantId.toLowerCase() : undefined;
  if (own === undefined || allowed.some((tenant) => tenant.toLowerCase() === own)) return [];
  return [
    risk({
      what: 'TEAMS_ALLOWED_TENANTS does not name the tenant of the registration.',
      why: 'Employees of the own tenant get no answer: their turns are refused with 403.',
      who: 'who runs the connector',
      step: 'Add MicrosoftAppTenantId to TEAMS_ALLOWED_TENANTS, or remove TEAMS_ALLOWED_TENANTS.',
    }),
  ];
}
