import type { Reach } from '../upstream/reach';

/** The hosts at which Teams serves its bots: the public cloud, GCC, GCC High and DoD. Never a whole domain. */
const microsoftHosts: ReadonlySet<string> = new Set([
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
]);

/** Decides which addresses may get our messages, and the token that goes with them. */
export interface ServiceHosts {
  /** The address in its normal form, without a slash at the end; `undefined` when nothing may be sent there. */
  baseOf(serviceUrl: unknown): string | undefined;
  /** The same for a call that is about to leave. */
  readonly reach: Reach;
}

/**
 * @param settings.extra exact names or addresses, with a port or without one (then any), as in `TEAMS_SERVICE_HOSTS`.
 * @param settings.dev development: addresses of this machine are allowed, by http too.
 */
export function makeServiceHosts(settings: { readonly extra: readonly string[]; readonly dev: boolean }): ServiceHosts {
  const extra = new Set(settings.extra.map((host) => host.trim().toLowerCase()).filter((host) => host !== ''));
  const isNamed = (url: URL) => extra.has(url.hostname) || extra.has(`${url.hostname}:${portOf(url)}`);
  const isMicrosoft = (url: URL) => microsoftHosts.has(url.hostname) && url.port === '';
  const reach: Reach = (url) => {
    const here = settings.dev && isLoopback(url.hostname);
    if (url.protocol !== 'https:' && !(here && url.protocol === 'http:')) return undefined;
    if (here || isNamed(url)) return 'named';
    return isMicrosoft(url) ? 'internet' : undefined;
  };
  return {
    reach,
    baseOf(serviceUrl) {
      const url = parse(serviceUrl);
      return url && reach(url) ? url.href.replace(/\/+$/, '') : undefined;
    },
  };
}

/** Only a plain address: no user info, no query, no fragment, nothing that another parser could read differently. */
function parse(serviceUrl: unknown): URL | undefined {
  if (typeof serviceUrl !== 'string' || !/^https?:\/\/[^\s\\@?#]+$/i.test(serviceUrl)) return undefined;
  try {
    return new URL(serviceUrl);
  } catch {
    return undefined;
  }
}

function portOf(url: URL): string {
  if (url.port !== '') return url.port;
  return url.protocol === 'https:' ? '443' : '80';
}

/** Whether a host name of a URL is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
