import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startRasa } from '../../src/simulator/rasa/server';
import { startServiceNow } from '../../src/simulator/servicenow/simulator';
import { environmentOf, makeFolder, type Product, startProduct } from '../support/product';
import { startTeamsChannel, type TeamsChannel } from '../support/teams-channel';

/** The kinds of attack that `attacker.js` knows. */
export const kinds = [
  'forged tokens',
  'no token, 100 MB announced',
  'forged token, endless chunks',
  'compressed 50 MB',
  'headers of 15 KB',
  'many requests on one connection',
  'no HTTP',
  'other paths',
  'slow headers',
  'slow bodies',
  'silent connections',
] as const;

export interface Damage {
  readonly kind: string;
  /** How often the attacker got an answer, or was thrown out. */
  readonly blows: number;
  /** What genuine turns took meanwhile, milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly turns: number;
  readonly refusedTurns: number;
  /** How much more memory the product has at its worst than before the first attack, megabytes. */
  readonly grownMb: number;
}

/** Turns that each of forty employees sends before: what the memory of a process at work is, is known only then. */
const warmUp = 40;

/** Garbage is taken away at once: what grows is what is held, not what waits to be collected. */
const tidy = { NODE_OPTIONS: '--max-semi-space-size=1 --max-old-space-size=200', MALLOC_ARENA_MAX: '2' };

interface Besieged {
  readonly product: Product;
  readonly teams: TeamsChannel;
  /** The memory that it had after genuine turns alone, megabytes. */
  readonly atRest: number;
}

/** Attacks the started product, one kind after the other, each for so long; genuine turns come all the while. */
export async function attack(milliseconds: number, which: readonly string[] = kinds): Promise<Damage[]> {
  const folder = makeFolder();
  const [rasa, serviceNow, teams] = await Promise.all([
    startRasa({ preset: 'demo' }),
    startServiceNow(),
    startTeamsChannel({ enforceRates: false }),
  ]);
  const environment = { ...environmentOf(rasa, serviceNow, folder.path), ...teams.environment, ...tidy };
  const product = await startProduct(environment);
  try {
    await Promise.all(Array.from({ length: 40 }, () => genuineTurns({ product, teams }, () => false, warmUp)));
    const besieged = { product, teams, atRest: megabytesOf(product) };
    const damages: Damage[] = [];
    for (const kind of which) damages.push(await onslaught(besieged, kind, milliseconds));
    return damages;
  } finally {
    await product.kill();
    await Promise.all([rasa.close(), serviceNow.close(), teams.close()]);
    folder.remove();
  }
}

async function onslaught(besieged: Besieged, kind: string, milliseconds: number): Promise<Damage> {
  const { product, teams, atRest } = besieged;
  const forged = teams.authority.sign(teams.serviceUrl, { aud: 'somebody else' });
  const attacker = fork(join(__dirname, 'attacker.js'), [String(product.port), kind, forged], { execArgv: [] });
  await new Promise((resolve) => attacker.once('message', resolve));
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, megabytesOf(product));
  }, 50);
  const end = Date.now() + milliseconds;
  const { times, refused } = await genuineTurns(besieged, () => Date.now() >= end);
  clearInterval(watch);
  const blows = await callOff(attacker);
  const { length: turns } = times;
  const grownMb = Math.max(most, megabytesOf(product)) - atRest;
  return { kind, blows, p50: quantile(times, 0.5), p99: quantile(times, 0.99), turns, refusedTurns: refused, grownMb };
}

async function genuineTurns(
  { product, teams }: Pick<Besieged, 'product' | 'teams'>,
  isOver: () => boolean,
  most = 1e6,
) {
  const times: number[] = [];
  let refused = 0;
  while (!isOver() && times.length < most) {
    const number = times.length;
    const conversation = { id: `a:${number % 50}`, conversationType: 'personal', tenantId: teams.tenantId };
    const activity = teams.activity({ conversation, type: 'typing', text: undefined });
    const started = performance.now();
    const answer = await teams.sendTo(product.url, activity).catch(() => ({ status: 0 }));
    times.push(performance.now() - started);
    if (answer.status !== 200) refused += 1;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { times, refused };
}

function callOff(attacker: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    let blows = 0;
    attacker.on('message', (message: { done: number }) => {
      blows = message.done;
    });
    attacker.once('exit', () => resolve(blows));
    attacker.send('enough');
  });
}

function megabytesOf({ child }: Product): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1_024;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function tableOf(damages: readonly Damage[]): string {
  const head =
    '| attack | blows | genuine turns (refused) | p50 ms | p99 ms | memory grown by, MB |\n|---|---|---|---|---|---|';
  const lines = damages.map(
    ({ kind, blows, turns, refusedTurns, p50, p99, grownMb }) =>
      `| ${kind} | ${blows} | ${turns} (${refusedTurns}) | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${grownMb.toFixed(1)} |`,
  );
  return [head, ...lines].join('\n');
}
