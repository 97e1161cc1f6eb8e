// Seeded histories of the core, with faults, deaths and clocks that are set; the smallest history that fails is printed with its seed.
// npm run simulate [-- --histories 1000000 --seed 1]
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
  },
});
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const { status } = spawnSync(process.execPath, [jest, 'test/simulation/one-process', 'test/simulation/two-processes'], {
  cwd: root,
  env: { ...process.env, SIM_RUNS: values.histories, SIM_SEED: values.seed },
  stdio: 'inherit',
});
process.exit(status ?? 1);
