import { join } from 'node:path';
import { makeFolder } from '../support/product';
import { chance } from '../support/world/mortality';
import { check, type Verdict } from './check';
import { callbackSecret, killUntil, Replica } from './fleet';
import { Killer, pause } from './killer';
import { Load } from './load';
import { openRelay } from './relay';
import { startSides } from './sides';
import { openTap } from './tap';

export interface TortureOptions {
  readonly kills: number;
  readonly messages: number;
  readonly chats: number;
  /** Decides what happens; when it happens is up to real processes, so that a seed leads near the same history, not to the very same. */
  readonly seed: number;
  readonly replicas: number;
  /** How long the connector lives between two deaths, about, milliseconds. */
  readonly restMs: number;
  /**
   * Between two messages of a chat, at most, milliseconds. Teams takes 1,800 messages an hour in a conversation: in a long run people must not write
   * faster than that, or much of what was written still waits at its end.
   */
  readonly longestPauseMs: number;
  /** How ServiceNow is talked to. */
  readonly profile: string;
  /** A PostgreSQL database; without one each run has an embedded database of its own. */
  readonly databaseUrl?: string;
}

export interface TortureResult extends Verdict {
  readonly deaths: ReadonlyMap<string, number>;
  readonly said: number;
  readonly written: number;
  readonly chats: number;
  /** From kill to turns being taken again, milliseconds. */
  readonly restarts: readonly number[];
  readonly seconds: number;
}

/** Until everything that was said has arrived, the product may go on for so long after the last kill. */
const longestSettlingMs = 60_000;

/** Real processes between three far sides that never die, killed again and again while people talk; then the far sides are asked what they saw. */
export async function torture(options: TortureOptions): Promise<TortureResult> {
  const began = Date.now();
  const random = chance(options.seed);
  const folder = makeFolder();
  const sides = await startSides();
  const killer = new Killer(random, options.restMs);
  const databaseUrl = options.databaseUrl ?? `file:${join(folder.path, 'connector.db')}`;
  const { profile } = options;
  const replica = () => new Replica(sides, killer, databaseUrl, folder.path, profile);
  const replicas = Array.from({ length: options.replicas }, replica);
  const anyone = () => replicas[Math.floor(random() * replicas.length)]?.die();
  const alive = () => replicas.find((one) => !one.isDead)?.product?.port;
  const door = () => (alive() === undefined ? undefined : `http://127.0.0.1:${alive()}/api/servicenow/callback`);
  const relay = await openRelay(door, `Bearer ${callbackSecret}`);
  sides.serviceNow.configure({ callback: { url: relay.url }, accountLinking: 'always' });
  const teamsTap = await openTap(sides.teams.serviceUrl, (name) => killer.fateOf(name), anyone);
  try {
    for (const replica of replicas) await replica.begin();
    const hasMoreToCome = () => killer.count < options.kills;
    const load = new Load(sides, replicas, { ...options, random, serviceUrl: teamsTap.url, hasMoreToCome });
    const killing = killUntil(replicas, killer, { ...options, random, isOver: () => load.isOver });
    await load.run();
    await killing;
    const verdict = await settled(load);
    const { said, written } = load;
    const counts = { said: said.length, written: written.length, chats: sides.serviceNow.chats().length };
    const restarts = replicas.flatMap((replica) => replica.restarts);
    return { ...verdict, ...counts, deaths: killer.deaths, restarts, seconds: (Date.now() - began) / 1_000 };
  } finally {
    for (const replica of replicas) await replica.end();
    await relay.close();
    await teamsTap.close();
    await Promise.all([sides.rasa.close(), sides.serviceNow.close(), sides.teams.close()]);
    folder.remove();
  }
}

/** What is still on its way may arrive. */
async function settled(load: Load): Promise<Verdict> {
  let verdict = check(load.history());
  for (const end = Date.now() + longestSettlingMs; verdict.violations.length > 0 && Date.now() < end; ) {
    await pause(1_000);
    verdict = check(load.history());
  }
  return verdict;
}

/** The result as a table for people. */
export function tableOf(result: TortureResult, options: TortureOptions): string {
  const kinds = (kind: string) => result.violations.filter((violation) => violation.kind === kind).length;
  const restarts = [...result.restarts].sort((one, other) => one - other);
  const at = (share: number) => restarts[Math.min(restarts.length - 1, Math.floor(restarts.length * share))] ?? 0;
  const kills = [...result.deaths.values()].reduce((sum, count) => sum + count, 0);
  const lines: [string, string | number][] = [
    ['store, replicas, seed', `${options.databaseUrl ? 'PostgreSQL' : 'SQLite'}, ${options.replicas}, ${options.seed}`],
    ['profile', options.profile],
    ['SIGKILLs', kills],
    ...[...result.deaths].sort().map(([point, count]): [string, number] => [`  ${point}`, count]),
    ['messages of employees / of agents', `${result.said} / ${result.written}`],
    ['live chats', result.chats],
    ['lost', kinds('lost')],
    ['doubled without a mark', kinds('doubled')],
    ['repeated with a mark', result.markedRepeats],
    ['said not to have arrived, or that nobody knows', result.told],
    ['reordered', kinds('reordered')],
    ['crossed', kinds('crossed')],
    ['chats left open / ends said twice', `${kinds('left open')} / ${kinds('ended twice')}`],
    ['from kill to turns being taken again', `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`],
    ['duration', `${result.seconds.toFixed(0)} s`],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}
