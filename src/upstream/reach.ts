import { lookup as askDns } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isAddress, isMetadata, isPublic, privateAddress, publicLookup } from './public-addresses';

/**
 * What is known of the place that a call goes to: `internet`, if its name must not lead into a network of ours, and `named`, if the admin
 * named it, who may well mean such a network. `undefined`: nothing is sent there.
 */
export type Place = 'internet' | 'named' | undefined;

/** Decides where the calls of one purpose may go. Every call is held against it just before it leaves, whatever was checked before. */
export type Reach = (url: URL) => Place;

/** The places that the admin named, by scheme, host and port: nothing else, not even a neighbour. */
export function onlyTo(...addresses: readonly (string | undefined)[]): Reach {
  const origins = new Set(
    addresses.flatMap((address) => (URL.canParse(address ?? '') ? [new URL(address ?? '').origin] : [])),
  );
  return (url) => (origins.has(url.origin) ? 'named' : undefined);
}

/** Whatever is on the internet, by https: for calls that carry nothing that is secret. */
export const publicWeb: Reach = (url) => (url.protocol === 'https:' ? 'internet' : undefined);

/** What holds in the first reach that says anything. */
export function either(...reaches: readonly Reach[]): Reach {
  return (url) => reaches.map((reach) => reach(url)).find((place) => place !== undefined);
}

/** Where this address leads by these rules: what the address itself tells is looked at here, what its name leads to by {@link lookups}. */
export function placeOf(address: string, reach: Reach): Place {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const isPlain = /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  const place = isPlain ? reach(url) : undefined;
  if (place === undefined || !isAddress(url.hostname)) return place;
  const isFine = place === 'named' ? !isMetadata(url.hostname) : isPublic(url.hostname);
  return isFine ? place : undefined;
}

/** A name that an admin gave may lead anywhere but to the addresses at which clouds hand out identities. */
const namedLookup: LookupFunction = (hostname, options, callback) => {
  askDns(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const [first] = addresses;
    const isRefused = !first || addresses.some(({ address }) => isMetadata(address));
    if (isRefused) return callback(Object.assign(new Error('not sent'), { code: privateAddress }), '', 0);
    if (options.all) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
};

/** How the address of a name is found: the one that was looked at is the one that is connected to. */
export const lookups: Readonly<Record<NonNullable<Place>, LookupFunction>> = {
  internet: publicLookup,
  named: namedLookup,
};
