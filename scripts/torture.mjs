// The kill loop: real processes, real sockets, SIGKILL at named calls and at any moment; then the far sides are asked what they saw.
// npm run torture [-- --kills 60 --messages 6000 --chats 40 --seed 1 --replicas 1 --store sqlite|postgres --rest 1000 --pause 300 --profile connect-support|va-bot|scripted]
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '60' },
    messages: { type: 'string', default: '6000' },
    chats: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    replicas: { type: 'string', default: '1' },
    store: { type: 'string', default: 'sqlite' },
    rest: { type: 'string', default: '1000' },
    pause: { type: 'string', default: '300' },
    profile: { type: 'string', default: 'connect-support' },
  },
});
const env = {
  ...process.env,
  TORTURE_KILLS: values.kills,
  TORTURE_MESSAGES: values.messages,
  TORTURE_CHATS: values.chats,
  TORTURE_SEED: values.seed,
  TORTURE_REPLICAS: values.replicas,
  TORTURE_STORE: values.store,
  TORTURE_REST: values.rest,
  TORTURE_PAUSE: values.pause,
  TORTURE_PROFILE: values.profile,
};
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const { status } = spawnSync(process.execPath, [jest, '--silent=false', 'test/torture/torture'], {
  cwd: root,
  env,
  stdio: 'inherit',
});
process.exit(status ?? 1);
