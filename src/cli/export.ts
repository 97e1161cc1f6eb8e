import { parseArgs } from 'node:util';
import { ControlError, connectControl } from '../control/client';
import type { SaidLine } from '../control/transcript';
import type { Instant } from '../conversation/types';
import { StoreError } from '../store/store-error';
import { databaseFileOf, openStore } from './ledger/open-store';

const usage = 'npm run export -- [--from 2026-11-01] [--to 2026-11-08] [--who user,bot]';
const speakers = ['user', 'bot', 'agent', 'system'];

/**
 * Writes what was said, one JSON object per line, for review: who (`user`, `bot`, `agent`, `system`), when, the live chat it
 * belongs to (`live_chat_id`), and the text.
 */
async function exportTranscript(): Promise<void> {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, to: { type: 'string' }, who: { type: 'string' } },
  });
  const from = time('--from', values.from ?? '1970-01-01');
  const to = time('--to', values.to ?? '9999-12-31');
  const who = (values.who ?? speakers.join(',')).split(',');
  const unknown = who.filter((name) => !speakers.includes(name));
  if (unknown.length > 0)
    throw new StoreError(`--who holds ${unknown.join(', ')}; it should be some of ${speakers.join(', ')}.`);
  for await (const line of said(process.env.DATABASE_URL || 'file:data/connector.db', from, to)) {
    if (!who.includes(line.who)) continue;
    const { key: conversation, at, chat, name, text } = line;
    const record = { at: new Date(at).toISOString(), conversation, who: line.who, name, live_chat_id: chat, text };
    process.stdout.write(`${JSON.stringify(record)}\n`);
  }
}

/** From the running connector where it has the database to itself, else from the database. */
async function* said(databaseUrl: string, from: Instant, to: Instant): AsyncIterable<SaidLine> {
  const file = databaseFileOf(databaseUrl);
  const connector = file === undefined ? undefined : await connectControl(file);
  if (connector) return yield* connector.transcript(from, to);
  const store = await openStore(databaseUrl);
  try {
    yield* store.transcript(from, to);
  } finally {
    await store.close();
  }
}

function time(option: string, value: string): Instant {
  const at = Date.parse(value);
  if (Number.isNaN(at)) throw new StoreError(`${option} is "${value}"; it should be a date such as 2026-11-01.`);
  return at as Instant;
}

try {
  process.loadEnvFile();
} catch {
  // No .env file: the environment alone counts.
}
exportTranscript().catch((error: Error) => {
  const isKnown = error instanceof StoreError || error instanceof ControlError;
  process.stderr.write(isKnown ? `${error.message}\n${usage}\n` : `${error.stack}\n`);
  process.exitCode = 1;
});
