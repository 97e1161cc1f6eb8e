import fc from 'fast-check';
import { type Casting, histories } from './arbitrary';
import { check } from './checker';
import { chronicle } from './chronicle';
import type { History } from './history';
import { play } from './play';
import { note, type Tally } from './tally';

export interface Simulation {
  readonly casting: Casting;
  /** `SIM_SEED` has the last word. */
  readonly seed: number;
  readonly runs: number;
  /** How this file is run again. */
  readonly file: string;
}

const env = process.env;
/** Lines of the chronicle that are printed. */
const longestChronicle = 80;

/** Plays histories until one fails, and then looks for the smallest that does. Resolves with how many histories had what. */
export async function simulate({ casting, seed, runs, file }: Simulation): Promise<Tally> {
  const tally: Tally = new Map();
  const property = fc.asyncProperty(histories(casting), async (history) => {
    const played = await play(history);
    const faults = check(played);
    note(tally, played.end);
    if (faults.length > 0) throw new Error(faults.join('\n'));
  });
  const details = await fc.check(property, {
    seed: env.SIM_SEED === undefined ? seed : Number(env.SIM_SEED),
    path: env.SIM_PATH,
    numRuns: runs,
    endOnFailure: env.SIM_SHRINK === '0' || env.SIM_PATH !== undefined,
  });
  if (details.failed) throw new Error(await report(details, file));
  return tally;
}

/** The smallest failing history, what is wrong with it, what was to be seen, and how to play it again. */
async function report(details: fc.RunDetails<[History]>, file: string): Promise<string> {
  const { seed, counterexamplePath, counterexample, errorInstance, numRuns, numShrinks } = details;
  const [history] = counterexample ?? [];
  if (!history) return 'no history failed, and yet they did not come to their end';
  const { steps, ...world } = history;
  const played = await play(history).catch(() => undefined);
  return [
    `history ${numRuns} of seed ${seed} fails; the smallest that does, after ${numShrinks} steps of shrinking:`,
    ...steps.map((step) => `  ${JSON.stringify(step)},`),
    `in ${JSON.stringify(world)}`,
    (errorInstance as Error | undefined)?.message ?? '',
    ...(played ? chronicle(played.end).slice(0, longestChronicle) : []),
    `replay: SIM_SEED=${seed} SIM_PATH=${counterexamplePath} npx jest ${file}`,
  ].join('\n');
}

/** How many histories each of the files plays: 5,000 together, or as many as `SIM_RUNS` says. */
export function runsOf(share: number): number {
  return Math.ceil(Number(env.SIM_RUNS ?? 5_000) * share);
}
