import { makeServiceHosts, type ServiceHosts } from '../service-hosts';

/** Where Teams keeps its users' files: these hosts and their subdomains. None of them ever gets the token. */
const fileHosts: readonly string[] = [
  'sharepoint.com',
  'sharepoint.us',
  'svc.ms',
  'graph.microsoft.com',
  'teams.microsoft.com',
  'teams.microsoft.us',
  'blob.core.windows.net',
];

/** An address that may be called for a file. */
export interface FileAddress {
  readonly url: string;
  /** The admin, not Microsoft, named its host: it may be in a network of ours. */
  readonly isNamed: boolean;
}

/** Decides where files may be fetched from and brought to. */
export interface FileHosts {
  /** An address at Teams' own service, which gets the token; `undefined` for any other. */
  service(url: string): FileAddress | undefined;
  /** An address of a file store, which does not. */
  store(url: string): FileAddress | undefined;
}

/** `hosts` are those of the service, the extra ones of `TEAMS_SERVICE_HOSTS` among them: they may serve files too. */
export function makeFileHosts(hosts: ServiceHosts): FileHosts {
  const microsoft = makeServiceHosts({ extra: [], dev: false });
  const service = (address: string): FileAddress | undefined => {
    const url = parse(address);
    if (!url || hosts.baseOf(url.origin) === undefined) return undefined;
    return { url: url.href, isNamed: microsoft.baseOf(url.origin) === undefined };
  };
  return { service, store: (address) => service(address) ?? storeOf(parse(address)) };
}

function storeOf(url: URL | undefined): FileAddress | undefined {
  if (url?.protocol !== 'https:' || url.port !== '') return undefined;
  const isKnown = fileHosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
  return isKnown ? { url: url.href, isNamed: false } : undefined;
}

/** Only a plain address: no user info, nothing that another parser could read differently. */
function parse(address: string): URL | undefined {
  if (!/^https?:\/\/[^\s\\@]+$/i.test(address) || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.username === '' && url.password === '' ? url : undefined;
}
