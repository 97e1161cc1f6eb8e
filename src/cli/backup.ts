import { resolve } from 'node:path';
import { ControlError, connectControl } from '../control/client';
import { backUpClosed } from '../store/open';
import { StoreError } from '../store/store-error';
import { databaseFileOf } from './ledger/open-store';

const usage = 'npm run backup -- backups/2026-11-23.db';

/** Copies the embedded database into a new file, while the connector runs or not. */
async function backUp([copy, ...more]: readonly string[]): Promise<void> {
  if (!copy || more.length > 0) throw new StoreError('One new file should be named.');
  const file = databaseFileOf(process.env.DATABASE_URL || 'file:data/connector.db');
  if (file === undefined) throw new StoreError('DATABASE_URL is no file; pg_dump makes backups of PostgreSQL.');
  const target = resolve(copy);
  const connector = await connectControl(file);
  const done = connector
    ? await connector.backUp(target)
    : { outcome: 'written' as const, bytes: await backUpClosed(file, target) };
  if (done.outcome === 'refused') throw new StoreError(done.reason);
  process.stdout.write(`${target}: ${done.bytes} bytes\n`);
}

try {
  process.loadEnvFile();
} catch {
  // No .env file: the environment alone counts.
}
backUp(process.argv.slice(2)).catch((error: Error) => {
  const isKnown = error instanceof StoreError || error instanceof ControlError;
  process.stderr.write(isKnown ? `${error.message}\n${usage}\n` : `${error.stack}\n`);
  process.exitCode = 1;
});
