import { type ChildProcess, spawn } from 'node:child_process';

/** A process of the demo. */
export interface Child {
  readonly process: ChildProcess;
  /** Resolves with the exit code, or the signal's name, once it is gone. */
  readonly gone: Promise<string>;
  /** Asks it to end, and ends it when it does not. */
  stop(): Promise<void>;
}

/** After so long a process that was asked to end is ended. */
const patienceMs = 12_000;

/** Starts a Node process. Its standard output goes to `onLine`, line by line. */
export function startChild(options: {
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onLine?: (line: string) => void;
}): Child {
  const { args, cwd, env, onLine } = options;
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? String(code)));
  });
  let rest = '';
  child.stdout.on('data', (data: Buffer) => {
    const lines = (rest + data.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine?.(line);
  });
  child.stderr.on('data', (data: Buffer) => process.stderr.write(`${options.name}: ${data}`));
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    await gone;
    clearTimeout(timer);
  };
  return { process: child, gone, stop };
}
