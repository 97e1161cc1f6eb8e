import { startPostgres, type TestPostgres } from '../support/postgres';
import { type TortureOptions, tableOf, torture } from './run';

const { env } = process;
const given: TortureOptions = {
  kills: Number(env.TORTURE_KILLS ?? 8),
  messages: Number(env.TORTURE_MESSAGES ?? 400),
  chats: Number(env.TORTURE_CHATS ?? 12),
  seed: Number(env.TORTURE_SEED ?? 1),
  replicas: Number(env.TORTURE_REPLICAS ?? 1),
  restMs: Number(env.TORTURE_REST ?? 1_000),
  longestPauseMs: Number(env.TORTURE_PAUSE ?? 300),
  profile: env.TORTURE_PROFILE ?? 'connect-support',
};

let postgres: TestPostgres | undefined;
afterAll(() => postgres?.close());

test(`${given.kills} SIGKILLs while ${given.messages} messages go both ways: nothing lost, doubled, reordered or crossed (rows 1, 2, 3, 4, 5, 6, 7, 8)`, async () => {
  if (env.TORTURE_STORE === 'postgres') postgres = await startPostgres();
  const options = { ...given, ...(postgres ? { databaseUrl: await postgres.database() } : {}) };
  const result = await torture(options);
  process.stdout.write(`${tableOf(result, options)}\n`);
  const smallest = [...result.violations].sort((one, other) => one.history.length - other.history.length)[0];
  if (smallest) {
    const { kind, what, history } = smallest;
    throw new Error(`seed ${options.seed}: ${kind}: ${what}\n${history.join('\n')}`);
  }
}, 7_200_000);
