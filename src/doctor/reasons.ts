import { ApiFailure } from '../conversation/failures';
import type { Who } from './finding';

/** Why a far side gave no answer at all, in words; what to do about it, and who can. */
export interface Reason {
  readonly words: string;
  readonly who: Who;
  readonly step: string;
}

const certificate = (words: string): Omit<Reason, 'who'> => ({
  words,
  step: 'Let that server send a certificate for this name with its whole chain. If it comes from a company authority: start the connector with NODE_EXTRA_CA_CERTS=<file with that authority, PEM>.',
});

const reasons: Readonly<Record<string, Omit<Reason, 'who'>>> = {
  ENOTFOUND: {
    words: 'its name is not known to DNS',
    step: 'Look for a typing error in the address; if there is none, make the name known to the DNS of this machine.',
  },
  EAI_AGAIN: {
    words: 'DNS does not answer on this machine',
    step: 'Mend the DNS settings of this machine or container (/etc/resolv.conf).',
  },
  ECONNREFUSED: {
    words: 'nothing listens at this address and port',
    step: 'Start that server, or correct the port in the address.',
  },
  ECONNRESET: {
    words: 'the connection was broken off',
    step: 'Look for a firewall or proxy between this machine and that address, and for https where the server speaks http (or the other way round).',
  },
  EPROTO: {
    words: 'the server does not speak https there',
    step: 'Correct the address: http or https, and the port that belongs to it.',
  },
  ERR_CANCELED: {
    words: 'it does not answer in time',
    step: 'Open the way in the firewall: this machine has to reach that host and port directly (the connector uses no proxy).',
  },
  CERT_HAS_EXPIRED: certificate('its certificate has expired'),
  DEPTH_ZERO_SELF_SIGNED_CERT: certificate('its certificate is signed by itself'),
  SELF_SIGNED_CERT_IN_CHAIN: certificate('its certificate comes from an authority that this machine does not know'),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate('its certificate comes without the chain that proves it'),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate(
    'its certificate comes from an authority that this machine does not know',
  ),
  ERR_TLS_CERT_ALTNAME_INVALID: certificate('its certificate is for another name'),
};

/** Explains a call without an answer. `who` runs the far side. */
export function reasonOf(error: unknown, who: Who): Reason {
  const code = codeOf(error);
  const known = reasons[code];
  if (known) return { ...known, who: isNetwork(code) ? 'network administrator' : who };
  return {
    words: `it gives no answer (${code})`,
    who,
    step: `Try the address from this machine (curl -v) and mend what it says.`,
  };
}

function codeOf(error: unknown): string {
  const cause = error instanceof ApiFailure ? error.cause : error;
  const { code, name } = (cause ?? error) as { code?: unknown; name?: unknown };
  return String(code ?? name ?? 'unknown');
}

function isNetwork(code: string): boolean {
  return ['ENOTFOUND', 'EAI_AGAIN', 'ECONNRESET', 'ERR_CANCELED', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code);
}
