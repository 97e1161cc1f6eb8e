import type { Evidence } from './evidence';
import { keyOf } from './facts';

/** How many histories had what. */
export type Tally = Map<string, number>;

/** Adds what this history had. */
export function note(tally: Tally, seen: Evidence): void {
  for (const what of stations(seen)) tally.set(what, (tally.get(what) ?? 0) + 1);
}

/** Everything worth counting that a history came by. */
function stations({ counts, chats, taken, shown, faults, doubtful }: Evidence): Set<string> {
  return new Set([
    ...counts.keys(),
    ...chats.map(({ id }) => (taken.has(id) ? 'chat' : 'chat that nobody waited for')),
    ...shown.map((one) => `shown: ${keyOf(one)}`),
    ...shown.filter(({ repeat }) => repeat).map(() => 'marked repeat'),
    ...faults.map(({ side, how }) => `${side}: ${how}`),
    ...doubtful.map(({ type, state }) => `ledger: ${type} ${state}`),
  ]);
}

/** Fewer histories than this tell nothing about what is rare. */
const enough = 1_000;

/** What fewer histories had than they should, by a share of all. */
export function rare(tally: Tally, runs: number, least: Readonly<Record<string, number>>): string[] {
  if (runs < enough) return [];
  return Object.entries(least)
    .filter(([what, share]) => (tally.get(what) ?? 0) < Math.floor(share * runs))
    .map(([what]) => `${what}: ${tally.get(what) ?? 0} of ${runs}`);
}
