import { databaseOf } from '../../config/database';
import type { ConversationStore } from '../../engine/store';
import { openStoreForCommand } from '../../store/open';
import { StoreError } from '../../store/store-error';

/** The path of an embedded database; `undefined` for any other address. */
export function databaseFileOf(databaseUrl: string): string | undefined {
  const database = databaseOf(databaseUrl);
  return database?.kind === 'file' ? database.path : undefined;
}

/** Opens the database that `DATABASE_URL` names, as a command does: what is not there is not made. Throws StoreError. */
export async function openStore(databaseUrl: string): Promise<ConversationStore> {
  const database = databaseOf(databaseUrl);
  if (database) return openStoreForCommand(database);
  throw new StoreError('DATABASE_URL names no database; it should be file:<path> or postgres://….');
}
