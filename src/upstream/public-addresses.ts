import { lookup as askDns } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** What a refused address fails with; nothing was sent. */
export const privateAddress = 'PRIVATE_ADDRESS';

/** Addresses that are nobody's on the internet: this machine, its networks, the cloud's own services, and what is kept for special use. */
const notPublic: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['168.63.129.16', 32, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

const blocked = new BlockList();
for (const [network, prefix, family] of notPublic) blocked.addSubnet(network, prefix, family);

/** Whether an address, as DNS gives it or as it stands in a URL, is one on the internet. */
export function isPublic(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '');
  const family = isIP(bare);
  if (family === 0) return false;
  return !blocked.check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

/** Where clouds give their machines identities and secrets: nobody has business there but the machine's own software. */
const metadata: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['169.254.0.0', 16, 'ipv4'],
  ['168.63.129.16', 32, 'ipv4'],
  ['100.100.100.200', 32, 'ipv4'],
  ['192.0.0.192', 32, 'ipv4'],
  ['fe80::', 10, 'ipv6'],
  ['fd00:ec2::254', 128, 'ipv6'],
  ['fd20:ce::254', 128, 'ipv6'],
  ['64:ff9b::a9fe:0', 112, 'ipv6'],
  ['64:ff9b::a83f:8110', 128, 'ipv6'],
];

const forMachines = new BlockList();
for (const [network, prefix, family] of metadata) forMachines.addSubnet(network, prefix, family);

/** Whether an address is one at which a cloud's own services answer. */
export function isMetadata(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '');
  const family = isIP(bare);
  return family !== 0 && forMachines.check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

/** Whether the host of a URL is an address, not a name. */
export function isAddress(hostname: string): boolean {
  return isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
}

/**
 * Finds the addresses of a name, for connections: the address that was checked is the one that is connected to. A name of which one
 * address is not on the internet has none.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  askDns(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => isPublic(address))) return callback(refusal(hostname), '', 0);
    if (options.all) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
};

function refusal(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} is not on the internet`), { code: privateAddress });
}
