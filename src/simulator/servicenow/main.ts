import { startServiceNow } from './simulator';

/** Runs a simulated instance by itself: SIM_PORT, SIM_SEED and SIM_STATE_FILE say how. */
async function main(): Promise<void> {
  const { SIM_PORT, SIM_SEED, SIM_STATE_FILE } = process.env;
  const simulator = await startServiceNow({
    port: Number(SIM_PORT ?? 0),
    seed: SIM_SEED,
    stateFile: SIM_STATE_FILE || undefined,
  });
  process.stdout.write(`${JSON.stringify({ listening: simulator.port })}\n`);
  const stop = () => simulator.close().then(() => process.exit(0), fail);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}

main().catch(fail);
