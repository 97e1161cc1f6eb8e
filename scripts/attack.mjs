// Attacks the started product from another process, without a token, and prints what a genuine turn and the memory made of it.
// npm run attack [-- --seconds 5]
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '5' } } });
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const { status } = spawnSync(process.execPath, [jest, '--silent=false', 'test/attack/attack'], {
  cwd: root,
  env: { ...process.env, ATTACK_SECONDS: values.seconds },
  stdio: 'inherit',
});
process.exit(status ?? 1);
