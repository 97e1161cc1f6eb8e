import { ControlError } from '../control/client';
import { StoreError } from '../store/store-error';
import { askLedger } from './ledger/command';

try {
  process.loadEnvFile();
} catch {
  // No .env file: the environment alone counts.
}
askLedger({
  args: process.argv.slice(2),
  databaseUrl: process.env.DATABASE_URL || 'file:data/connector.db',
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    const isKnown = error instanceof StoreError || error instanceof ControlError;
    process.stderr.write(`${isKnown ? error.message : error.stack}\n`);
    process.exitCode = 1;
  },
);
