import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import type { ServiceNowSimulator } from '../../src/simulator/servicenow/simulator';

type Environment = Readonly<Record<string, string | undefined>>;

/** The connector as a process of its own, as `npm start` runs it. */
export interface Product {
  readonly url: string;
  readonly port: number;
  /** Its log lines so far. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly child: ChildProcess;
  /** SIGKILL, and nothing is left of it. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with its exit code. */
  stop(): Promise<number | null>;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const main = join(__dirname, '..', '..', 'dist', 'main.js');

/** A folder for databases, taken away by `remove`. */
export function makeFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'product-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The environment of a connector between two simulators. */
export function environmentOf(rasa: RasaSimulator, serviceNow: ServiceNowSimulator, folder: string): Environment {
  return {
    PORT: '0',
    DEV_INSECURE: '1',
    RASA_URL: rasa.url,
    SERVICENOW_URL: serviceNow.url,
    SERVICENOW_USERNAME: 'svc_teams',
    SERVICENOW_PASSWORD: 'svc-teams-password',
    SERVICENOW_QUEUE: 'c54f0abf0a0a0b452db84664f409c79c',
    SERVICENOW_POLL_MS: '250',
    DATABASE_URL: `file:${join(folder, 'connector.db')}`,
  };
}

/** Starts the connector and waits until it accepts turns. */
export async function startProduct(environment: Environment): Promise<Product> {
  const child = spawnProduct(environment);
  const lines: Record<string, unknown>[] = [];
  let stderr = '';
  child.stderr?.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const port = await new Promise<number>((resolve, reject) => {
    onLines(child, (line) => {
      const entry = JSON.parse(line) as Record<string, unknown>;
      lines.push(entry);
      if (entry.event === 'listening') resolve(entry.port as number);
    });
    void gone.then((code) => reject(new Error(`the connector ended with ${code}: ${stderr}`)));
  });
  const end = (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return gone;
  };
  const kill = async () => void (await end('SIGKILL'));
  return { url: `http://127.0.0.1:${port}/api/messages`, port, lines, child, kill, stop: () => end('SIGTERM') };
}

/** Runs the connector to its end. */
export function runProduct(environment: Environment): Promise<Ended> {
  const child = spawnProduct(environment);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (data: Buffer) => {
    stdout += data.toString();
  });
  child.stderr?.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, stdout, stderr })));
}

/** Only what is given counts: nothing of the surrounding shell's settings, and no `.env` file. */
function spawnProduct(environment: Environment): ChildProcess {
  const { PATH, HOME, NODE_EXTRA_CA_CERTS } = process.env;
  const env = { PATH, HOME, NODE_EXTRA_CA_CERTS, ...environment } as NodeJS.ProcessEnv;
  return spawn(process.execPath, [main], { cwd: tmpdir(), env, stdio: ['ignore', 'pipe', 'pipe'] });
}

function onLines(child: ChildProcess, take: (line: string) => void): void {
  let rest = '';
  child.stdout?.on('data', (data: Buffer) => {
    const lines = (rest + data.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
}

/** Resolves with the first answer that is something; it is asked again and again. */
export async function eventually<T>(
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  what: string,
): Promise<T> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not within 20 s: ${what}`);
}
