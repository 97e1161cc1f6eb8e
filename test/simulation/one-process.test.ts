import { least } from './least';
import { runsOf, simulate } from './simulate';
import { rare } from './tally';

const runs = runsOf(0.6);

test(`${runs} histories of one process: nothing is lost, doubled, misplaced or stuck`, async () => {
  const casting = { processes: 1, longest: 30, longestPauseMs: 7_200_000 } as const;
  const tally = await simulate({ casting, seed: 20_260_101, runs, file: 'test/simulation/one-process' });
  if (process.env.SIM_PATH === undefined) expect(rare(tally, runs, least)).toEqual([]);
}, 86_400_000);
