import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';

/** What the connector tells of itself at one moment. */
export interface Reading {
  /** Seconds of the processor that it has used. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  /** Calls to ServiceNow so far. */
  readonly serviceNowCalls: number;
  /** 99th percentile of the delay of the event loop since the last reading, milliseconds. */
  readonly loopLagMs: number;
}

/** Reads the connector's own metrics. */
export async function readFigures(port: number): Promise<Reading> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const sum = (pattern: RegExp) =>
    text
      .split('\n')
      .filter((line) => pattern.test(line))
      .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
  return {
    cpu: sum(/^process_cpu_seconds_total /),
    memory: sum(/^process_resident_memory_bytes /),
    serviceNowCalls: sum(/^connector_call_seconds_count\{.*upstream="servicenow"/),
    loopLagMs: sum(/^nodejs_eventloop_lag_p99_seconds /) * 1_000,
  };
}

export function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((one, other) => one - other);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
}

/** Columns as wide as what stands in them. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('   ')).join('\n');
}

/** Keeps a run beside the others, with what it ran on, so that two can be compared. */
export function keepRun(folder: string | undefined, name: string, results: unknown): void {
  if (folder === undefined) return;
  const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };
  const at = new Date().toISOString();
  const [processor] = cpus();
  const machine = {
    node: process.version,
    system: release(),
    processor: processor?.model,
    cores: cpus().length,
    memory: totalmem(),
  };
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}-${at.replaceAll(/[:.]/g, '-')}.json`);
  writeFileSync(file, `${JSON.stringify({ at, version, machine, results }, undefined, 2)}\n`);
}
