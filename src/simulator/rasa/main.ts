import { presetName } from './presets/presets';
import { startRasa } from './server';

/** Runs a simulated Rasa as a process of its own until it is told to stop. */
async function main(environment: NodeJS.ProcessEnv): Promise<void> {
  const preset = presetName(environment.SIM_PRESET || 'demo');
  const simulator = await startRasa({ port: Number(environment.SIM_PORT ?? 0), preset, latencyMs: [20, 120] });
  const stop = () => void simulator.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(JSON.stringify({ listening: simulator.port }));
}

main(process.env).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
