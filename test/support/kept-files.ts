import { join } from 'node:path';
import { SqliteStore } from '../../src/store/sqlite/store';
import { eventually, type Product } from './product';

/** How many files a connector that is not running keeps in the database of this folder. */
async function keptFiles(folder: string): Promise<number> {
  const store = await SqliteStore.open({ file: join(folder, 'connector.db') });
  const { count } = await store.blobs.size();
  await store.close();
  return count;
}

/** How many files this process has forgotten, as its log says. */
function forgottenBy({ lines }: Product): number {
  return lines.filter(({ event, effect }) => event === 'effect_settled' && effect === 'discard').length;
}

/** Ends the connector and starts it again until it keeps nothing of any file; resolves with the one that runs then. */
export async function untilNothingIsKept(
  folder: string,
  product: Product,
  start: () => Promise<Product>,
): Promise<Product> {
  let running = product;
  await eventually(async () => {
    await running.stop();
    const kept = await keptFiles(folder);
    running = await start();
    await eventually(() => forgottenBy(running) >= kept, `${kept} files forgotten`);
    return kept === 0;
  }, 'no file that is kept');
  return running;
}
