import { parseArgs } from 'node:util';
import type { Instant } from '../conversation/types';
import { StoreError } from '../store/sqlite/open';
import { SqliteStore } from '../store/sqlite/store';

const usage =
  'npm run export -- [--from 2026-11-01] [--to 2026-11-08] [--who user,bot]   (the connector must not be running)';
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
  const file = (process.env.DATABASE_URL || 'file:data/connector.db').replace(/^file:/, '');
  const store = await SqliteStore.open({ file, waitMs: 0 });
  for await (const line of store.transcript(from, to)) {
    if (!who.includes(line.who)) continue;
    const { key: conversation, at, chat, name, text } = line;
    const record = { at: new Date(at).toISOString(), conversation, who: line.who, name, live_chat_id: chat, text };
    process.stdout.write(`${JSON.stringify(record)}\n`);
  }
  await store.close();
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
  process.stderr.write(error instanceof StoreError ? `${error.message}\n${usage}\n` : `${error.stack}\n`);
  process.exitCode = 1;
});
