/** Why Microsoft gives no token, and the step that helps. */
export interface RegistrationRefusal {
  readonly words: string;
  readonly step: string;
}

const newSecret =
  'In the Azure portal open App registrations › the bot’s application › Certificates & secrets, make a new client secret, and put its Value (not its Secret ID) into MicrosoftAppPassword.';
const ids =
  'Copy Microsoft App ID and App Tenant ID from the Azure Bot (Settings › Configuration) into MicrosoftAppId and MicrosoftAppTenantId.';

/** By the numbers that Microsoft publishes as AADSTS codes. */
const refusals: Readonly<Record<string, RegistrationRefusal>> = {
  '7000215': { words: 'the client secret is wrong', step: newSecret },
  '7000222': { words: 'the client secret has expired', step: newSecret },
  '700016': { words: 'the application is not known in this tenant', step: ids },
  '90002': { words: 'there is no such tenant', step: ids },
  '900023': { words: 'the tenant id is not one', step: ids },
  '900971': { words: 'the application has no reply address', step: ids },
  '7000112': {
    words: 'the application is disabled',
    step: 'In the Azure portal open Enterprise applications › the bot’s application › Properties and enable it for sign-in.',
  },
  '7000229': {
    words: 'the application has no service principal in this tenant',
    step: 'Run: az ad sp create --id <MicrosoftAppId> in the tenant of MicrosoftAppTenantId.',
  },
  '700027': {
    words: 'the certificate is not the one of the registration, or has expired',
    step: 'Upload the certificate under App registrations › Certificates & secrets, put its thumbprint into CertificateThumbprint and its key into CertificatePrivateKey. A clock that is wrong has the same effect.',
  },
  '53003': {
    words: 'a conditional access policy forbids it',
    step: 'In Entra › Conditional Access exclude the bot’s service principal, or allow the address that this machine calls from.',
  },
};

const unknown: RegistrationRefusal = {
  words: 'it does not accept the credentials',
  step: `${ids} Then make a new client secret (App registrations › Certificates & secrets) for MicrosoftAppPassword. What the number means: https://login.microsoftonline.com/error`,
};

/** Explains the number behind `AADSTS`. */
export function refusalOf(code: string | undefined): RegistrationRefusal {
  return (code === undefined ? undefined : refusals[code]) ?? unknown;
}
