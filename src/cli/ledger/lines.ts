import type { LedgerEntry, Trail } from '../../engine/store';
import { effects, stateOf } from './words';

interface Happening {
  readonly at: number;
  readonly seq: number;
  readonly text: string;
}

/** A trail, for people: for each conversation what happened, in the order of time. */
export function linesOf({ received, effects: entries }: Trail): string[] {
  const keys = new Set([...received.map(({ key }) => key), ...entries.map(({ key }) => key)]);
  return [...keys].flatMap((key) => {
    const taken = received
      .filter((turn) => turn.key === key)
      .map(({ turn, at }) => ({ at, seq: 0, text: `received   turn ${turn}` }));
    const done = entries.filter((entry) => entry.key === key).flatMap(happeningsOf);
    const lines = [...taken, ...done].sort((one, other) => one.at - other.at || one.seq - other.seq);
    return [`conversation ${key}`, ...lines.map(({ at, text }) => `  ${timeOf(at)}  ${text}`)];
  });
}

function happeningsOf(entry: LedgerEntry): Happening[] {
  const { seq, type, correlation, attempts, storedAt, firstAttemptAt, lastAttemptAt, settledAt, redrivenAt } = entry;
  const name = `#${seq} ${effects[type]}`;
  const stored = `stored     ${name}, for ${correlation}${entry.chat === undefined ? '' : `, chat ${entry.chat}`}`;
  const end = settledAt ?? lastAttemptAt ?? storedAt ?? 0;
  const steps: [number | undefined, string][] = [
    [storedAt, stored],
    [firstAttemptAt, `tried      ${name}`],
    [attempts > 1 ? lastAttemptAt : undefined, `tried      ${name}, attempt ${attempts}`],
    [end, `${settledAt === undefined ? 'now       ' : 'settled   '} ${name}: ${stateOf(entry)}`],
    [redrivenAt, `redriven   ${name}`],
  ];
  return steps.flatMap(([at, text]) => (at === undefined ? [] : [{ at, seq, text }]));
}

/** One entry of what was given up, on one line. */
export function lineOf(entry: LedgerEntry): string {
  const { key, seq, type, correlation, attempts, settledAt = 0, redrivenAt } = entry;
  const times = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
  const redriven = redrivenAt === undefined ? '' : `, redriven ${timeOf(redrivenAt)}`;
  return `${timeOf(settledAt)}  ${key} ${seq}  ${effects[type]}, for ${correlation}: ${stateOf(entry)}, ${times}${redriven}`;
}

/** The same as plain data, times in ISO 8601. */
export function recordOf(entry: object): Record<string, unknown> {
  const isTime = (name: string) => name === 'at' || name.endsWith('At');
  const shown = Object.entries(entry).map(([name, value]) => [name, isTime(name) ? timeOf(value as number) : value]);
  return Object.fromEntries(shown) as Record<string, unknown>;
}

function timeOf(at: number): string {
  return new Date(at).toISOString();
}
