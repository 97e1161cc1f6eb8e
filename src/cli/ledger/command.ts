import { parseArgs } from 'node:util';
import type { Redriven } from '../../control/ledger';
import type { ConversationKey, Instant } from '../../conversation/types';
import type { LedgerEntry } from '../../engine/store';
import { lineOf, linesOf, recordOf } from './lines';
import { type OpenLedger, openLedger } from './open-ledger';
import { refusals } from './words';

/** What the command works on and where it says what it found. */
export interface LedgerCommand {
  readonly args: readonly string[];
  readonly databaseUrl: string;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

type Wish =
  | { readonly does: 'show'; readonly id: string; readonly json: boolean }
  | { readonly does: 'given-up'; readonly since: Instant; readonly json: boolean }
  | { readonly does: 'redrive'; readonly key: ConversationKey; readonly seq: number }
  | { readonly does: 'redrive-all'; readonly since: Instant };

export const usage = [
  'npm run ledger -- show <id> [--json]                       the trail of a turn, a row or chat of ServiceNow, or a conversation',
  'npm run ledger -- given-up [--since 2026-11-01] [--json]   what was given up, and what nobody knows the outcome of',
  'npm run ledger -- redrive <conversation> <number>          puts one of those back to work',
  'npm run ledger -- redrive --all-since 2026-11-01           puts all of those back to work',
];

/** Answers what is asked, and the exit code: 0; 1 when nothing was found or something was refused; 2 when the question is unclear. */
export async function askLedger(command: LedgerCommand): Promise<number> {
  const wish = readWish(command.args);
  if (wish === undefined) {
    for (const line of usage) command.err(line);
    return 2;
  }
  const opened = await openLedger(command.databaseUrl);
  try {
    return await answer(command, opened, wish);
  } finally {
    await opened.close();
  }
}

function answer(command: LedgerCommand, opened: OpenLedger, wish: Wish): Promise<number> {
  switch (wish.does) {
    case 'show':
      return show(command, opened, wish);
    case 'given-up':
      return listGivenUp(command, opened, wish);
    case 'redrive':
      return redriveOne(command, opened, wish);
    case 'redrive-all':
      return redriveAll(command, opened, wish);
  }
}

function readWish(args: readonly string[]): Wish | undefined {
  const parsed = parsedArgs(args);
  if (!parsed) return undefined;
  const { values, positionals } = parsed;
  const [does, first, second, ...more] = positionals;
  const json = values.json ?? false;
  const since = timeOf(values.since ?? values['all-since'] ?? '1970-01-01');
  if (since === undefined || more.length > 0) return undefined;
  const seq = /^[1-9][0-9]*$/.test(second ?? '') ? Number(second) : undefined;
  if (does === 'show' && first && second === undefined) return { does, id: first, json };
  if (does === 'given-up' && first === undefined) return { does, since, json };
  if (does === 'redrive' && first && seq !== undefined) return { does, key: first as ConversationKey, seq };
  if (does === 'redrive' && !first && values['all-since'] !== undefined) return { does: 'redrive-all', since };
  return undefined;
}

function parsedArgs(args: readonly string[]) {
  const option = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { since: option, 'all-since': option, json: { type: 'boolean' } },
    });
  } catch {
    return undefined;
  }
}

function timeOf(value: string): Instant | undefined {
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : (at as Instant);
}

async function show({ out, err }: LedgerCommand, { ledger }: OpenLedger, { id, json }: Wish & { does: 'show' }) {
  const trail = await ledger.trail(id);
  const { received, effects } = trail;
  if (json) out(JSON.stringify({ received: received.map(recordOf), effects: effects.map(recordOf) }, undefined, 2));
  else for (const line of linesOf(trail)) out(line);
  if (received.length + effects.length > 0) return 0;
  err(`Nothing is known of ${id}. What is older than RETENTION_DAYS is forgotten.`);
  return 1;
}

async function listGivenUp({ out }: LedgerCommand, opened: OpenLedger, { since, json }: Wish & { does: 'given-up' }) {
  const entries = await givenUp(opened, since);
  if (json) out(JSON.stringify(entries.map(recordOf), undefined, 2));
  else for (const entry of entries) out(lineOf(entry));
  return 0;
}

async function givenUp({ ledger }: OpenLedger, since: Instant): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  let page = await ledger.givenUp(since);
  for (let last = page.at(-1); last; last = page.at(-1)) {
    entries.push(...page);
    const { settledAt = since, key, seq } = last;
    page = await ledger.givenUp(since, { settledAt, key, seq });
  }
  return entries;
}

async function redriveOne(command: LedgerCommand, opened: OpenLedger, { key, seq }: Wish & { does: 'redrive' }) {
  const redriven = await opened.ledger.redrive(key, seq);
  say(command, { key, seq }, redriven);
  tellWhen(command, opened, redriven.outcome === 'redriven' ? 1 : 0);
  return redriven.outcome === 'redriven' ? 0 : 1;
}

/** What is given up anew meanwhile is left for the next time; and what is refused does not make the whole fail. */
async function redriveAll(command: LedgerCommand, opened: OpenLedger, { since }: Wish & { does: 'redrive-all' }) {
  let count = 0;
  for (const entry of await givenUp(opened, since)) {
    if (entry.redrivenAt !== undefined) continue;
    const redriven = await opened.ledger.redrive(entry.key, entry.seq);
    say(command, entry, redriven);
    if (redriven.outcome === 'redriven') count += 1;
  }
  command.out(`${count} redriven`);
  tellWhen(command, opened, count);
  return 0;
}

function say({ out, err }: LedgerCommand, { key, seq }: { key: string; seq: number }, redriven: Redriven): void {
  if (redriven.outcome === 'redriven') out(`redriven  ${key} ${seq}`);
  else err(`refused   ${key} ${seq}: ${refusals[redriven.reason]}`);
}

function tellWhen({ out }: LedgerCommand, { from }: OpenLedger, count: number): void {
  if (from === 'database' && count > 0) out('It is carried out when the connector runs.');
}
