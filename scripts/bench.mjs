// What the connector costs, measured on this machine: npm run bench [-- --chats 1,10,100,1000 --seconds 30 --profile connect-support|scripted]
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    chats: { type: 'string', default: '1,10,100,1000' },
    seconds: { type: 'string', default: '30' },
    profile: { type: 'string', default: 'connect-support' },
  },
});
const env = {
  ...process.env,
  BENCH_CHATS: values.chats,
  BENCH_SECONDS: values.seconds,
  BENCH_PROFILE: values.profile,
  BENCH_KEEP: join(root, 'bench-results'),
};
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const { status } = spawnSync(process.execPath, [jest, '--silent=false', 'test/bench'], {
  cwd: root,
  env,
  stdio: 'inherit',
});
process.exit(status ?? 1);
