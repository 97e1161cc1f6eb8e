import { join } from 'node:path';
import { type Child, startChild } from './child';

export interface ConnectorOptions {
  readonly port: number;
  readonly folder: string;
  readonly rasaUrl: string;
  readonly serviceNow: {
    readonly url: string;
    readonly profile: string;
    readonly username: string;
    readonly password: string;
    readonly queue: string;
    /** What the instance calls back with. */
    readonly callbackSecret: string;
  };
}

/** The product itself, as `npm start` runs it, set up for the demo: no authentication, this machine only. */
export function startConnector(options: ConnectorOptions): Child & { readonly listening: Promise<void> } {
  let ready = () => {};
  const listening = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const child = startChild({
    name: 'connector',
    args: [join(__dirname, '..', '..', 'main.js')],
    cwd: options.folder,
    env: { ...environmentOf(options), ...withoutRealSettings() },
    onLine: (line) => {
      if (line.includes('"event":"listening"')) ready();
    },
  });
  return { ...child, listening };
}

/** What stands in the `.env` of a set-up such as the demo's. */
export function environmentOf({ port, folder, rasaUrl, serviceNow }: ConnectorOptions): Record<string, string> {
  return {
    DEV_INSECURE: '1',
    PORT: String(port),
    RASA_URL: rasaUrl,
    RASA_TRACKER: '1',
    SERVICENOW_URL: serviceNow.url,
    SERVICENOW_PROFILE: serviceNow.profile,
    SERVICENOW_USERNAME: serviceNow.username,
    SERVICENOW_PASSWORD: serviceNow.password,
    SERVICENOW_QUEUE: serviceNow.queue,
    SERVICENOW_CALLBACK_SECRET: serviceNow.callbackSecret,
    DATABASE_URL: `file:${join(folder, 'connector.db')}`,
  };
}

/** What a shell may hold for the real systems has no place in a demo. */
function withoutRealSettings(): Record<string, string> {
  const names = Object.keys(process.env).filter((name) =>
    /^(MicrosoftApp|TEAMS_|Certificate|SERVICENOW_CLIENT|RASA_TOKEN)/.test(name),
  );
  return Object.fromEntries(names.map((name) => [name, '']));
}

/** Starts the connector, and starts it again whenever it is killed: try it in the middle of a chat. */
export async function keepConnector(options: ConnectorOptions, onRestart: () => void): Promise<() => Promise<void>> {
  let stopped = false;
  let current = startConnector(options);
  const watch = async () => {
    for (;;) {
      const how = await current.gone;
      if (stopped) return;
      if (how === '2') throw new Error('the connector does not accept its configuration');
      onRestart();
      await new Promise((resolve) => setTimeout(resolve, 300));
      if (stopped) return;
      current = startConnector(options);
    }
  };
  const watching = watch().catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
    process.kill(process.pid, 'SIGTERM');
  });
  await Promise.race([current.listening, watching]);
  return async () => {
    stopped = true;
    await current.stop();
  };
}
