import { join } from 'node:path';
import { SqliteStore } from '../../src/store/sqlite/store';
import type { Product } from './product';

/** How many files a connector that is not running keeps in the database of this folder. */
export async function keptFiles(folder: string): Promise<number> {
  const store = await SqliteStore.open({ file: join(folder, 'connector.db') });
  const { count } = await store.blobs.size();
  await store.close();
  return count;
}

/** How many files this process has forgotten, as its log says. */
export function forgottenBy({ lines }: Product): number {
  return lines.filter(({ event, effect }) => event === 'effect_settled' && effect === 'discard').length;
}
