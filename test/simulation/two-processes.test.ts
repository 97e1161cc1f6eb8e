import { least } from './least';
import { runsOf, simulate } from './simulate';
import { rare } from './tally';

const runs = runsOf(0.4);

test(`${runs} histories of two processes over one store: nothing is lost, doubled, misplaced or stuck`, async () => {
  const casting = { processes: 2, longest: 30, longestPauseMs: 600_000 } as const;
  const tally = await simulate({ casting, seed: 20_260_102, runs, file: 'test/simulation/two-processes' });
  if (process.env.SIM_PATH === undefined)
    expect(rare(tally, runs, { ...least, handovers: 0.3, fenced: 0.03, freezes: 0.3 })).toEqual([]);
}, 86_400_000);
