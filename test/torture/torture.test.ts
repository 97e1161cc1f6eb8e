import { type TortureOptions, tableOf, torture } from './run';

const { env } = process;
const options: TortureOptions = {
  kills: Number(env.TORTURE_KILLS ?? 8),
  messages: Number(env.TORTURE_MESSAGES ?? 400),
  chats: Number(env.TORTURE_CHATS ?? 12),
  seed: Number(env.TORTURE_SEED ?? 1),
  replicas: Number(env.TORTURE_REPLICAS ?? 1),
  ...(env.TORTURE_DATABASE_URL ? { databaseUrl: env.TORTURE_DATABASE_URL } : {}),
};

test(`${options.kills} SIGKILLs while ${options.messages} messages go both ways: nothing lost, doubled, reordered or crossed (rows 1, 2, 3, 4, 5, 6, 7, 8)`, async () => {
  const result = await torture(options);
  process.stdout.write(`${tableOf(result, options)}\n`);
  const smallest = [...result.violations].sort((one, other) => one.history.length - other.history.length)[0];
  if (smallest) {
    const { kind, what, history } = smallest;
    throw new Error(`seed ${options.seed}: ${kind}: ${what}\n${history.join('\n')}`);
  }
}, 7_200_000);
