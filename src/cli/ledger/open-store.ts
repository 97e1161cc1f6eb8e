import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ConversationStore } from '../../engine/store';
import { SqliteStore } from '../../store/sqlite/store';
import { StoreError } from '../../store/store-error';

/** The path of an embedded database; `undefined` for any other address. */
export function databaseFileOf(databaseUrl: string): string | undefined {
  return databaseUrl.startsWith('file:') ? databaseUrl.slice('file:'.length) : undefined;
}

/** Opens the database that `DATABASE_URL` names, as a command does: what is not there is not made. Throws StoreError. */
export async function openStore(databaseUrl: string): Promise<ConversationStore> {
  const file = databaseFileOf(databaseUrl);
  if (file === undefined)
    throw new StoreError('DATABASE_URL is not an address of this version; it should be file:<path>.');
  if (!existsSync(file)) throw new StoreError(`${resolve(file)} is not there. Is DATABASE_URL that of the connector?`);
  return SqliteStore.open({ file, waitMs: 0 });
}
