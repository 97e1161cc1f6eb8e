import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ConnectorOptions, environmentOf, keepConnector } from './demo/connector';
import { startPlayground } from './demo/playground';
import { freePort } from './demo/ports';
import { startRasa } from './rasa/server';
import { startServiceNow } from './servicenow/simulator';

/** Undoes what was started, the newest first. */
const closers: (() => Promise<void> | void)[] = [];
const queue = 'c54f0abf0a0a0b452db84664f409c79c';
const longestStartMs = 60_000;

async function demo(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'teams-port': { type: 'string' },
      'desk-port': { type: 'string' },
      'connector-port': { type: 'string' },
      profile: { type: 'string', default: 'connect-support' },
    },
  });
  const port = (name: `${string}-port` & keyof typeof values, usual: number) => freePort(Number(values[name] ?? usual));
  const folder = mkdtempSync(join(tmpdir(), 'live-chat-demo-'));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  const serviceNow = await startServiceNow({ port: await port('desk-port', 8_081) });
  closers.push(() => serviceNow.close());
  const rasa = await startRasa({ preset: 'demo' });
  closers.push(() => rasa.close());
  const connectorPort = await port('connector-port', 3_978);
  const account = { username: 'svc_teams', password: 'svc-teams-password', queue };
  const { profile } = values;
  const callbackSecret = randomBytes(24).toString('base64url');
  const callback = {
    url: `http://127.0.0.1:${connectorPort}/api/servicenow/callback`,
    auth: { kind: 'bearer' as const, token: callbackSecret },
  };
  serviceNow.configure({ callback, accountLinking: 'always', agentTyping: 'on' });
  const instance = { url: serviceNow.url, profile, callbackSecret, ...account };
  const connector = { port: connectorPort, folder, rasaUrl: rasa.url, serviceNow: instance };
  const settings = writeSettings(connector);
  closers.push(
    await keepConnector(connector, () => process.stdout.write('The connector was killed. It is starting again.\n')),
  );
  const teamsPort = await port('teams-port', 56_150);
  const endpoint = `http://127.0.0.1:${connectorPort}/api/messages`;
  const playground = startPlayground({ endpoint, port: teamsPort, folder });
  closers.push(() => playground.stop());
  await answering(`http://127.0.0.1:${teamsPort}/_debug/ping`);
  process.stdout.write(
    welcome(`http://localhost:${teamsPort}`, `${serviceNow.url}/__sim/console`, connectorPort, settings),
  );
}

/** The set-up of the demo as a file, for those who want to look at it from outside. */
function writeSettings(connector: ConnectorOptions): string {
  const file = join(connector.folder, 'demo.env');
  const lines = Object.entries(environmentOf(connector)).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(file, lines.join(''), { mode: 0o600 });
  return file;
}

function welcome(teams: string, desk: string, connector: number, settings: string): string {
  return `
  Teams (Microsoft's Agents Playground):   ${teams}
  Agent desk (simulated ServiceNow):       ${desk}

  Write "my vpn drops" in Teams, then "talk to a live agent", and accept the chat on the agent desk.
  Write in both directions, then close the chat on the desk or type /end_chat in Teams: the assistant answers again.
  Kill the connector in the middle (it listens on port ${connector}), or let the desk misbehave: nothing is lost, nothing comes twice.
  Look at this set-up as you would at a real one, in another shell: npm run doctor -- --env ${settings}

  Ctrl-C stops everything.
`;
}

/** Waits until the address answers. */
async function answering(url: string): Promise<void> {
  const deadline = Date.now() + longestStartMs;
  while (Date.now() < deadline) {
    const answers = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (answers) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${url} did not answer within ${longestStartMs / 1000} seconds`);
}

let _stopping: Promise<void> | undefined;

async function stopAll(): Promise<void> {
  for (const close of closers.reverse()) await close();
}

function stop(code: number): void {
  _stopping ??= stopAll().finally(() => process.exit(process.exitCode ?? code));
}

process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));
demo().catch((error: unknown) => {
  process.stderr.write(`The demo cannot start: ${(error as Error).message}\n`);
  stop(1);
});
