import type { Place } from './open';
import { inspectPostgres, type PostgresFacts } from './postgres/inspect';
import { type FileFacts, inspectFile } from './sqlite/inspect';

/** What can be seen of a database without opening it for work. */
export type StoreFacts = ({ readonly kind: 'file' } & FileFacts) | ({ readonly kind: 'postgres' } & PostgresFacts);

/** Looks at the database, and changes nothing: no file is made, no schema, no lock taken. */
export async function inspectStore(place: Place): Promise<StoreFacts> {
  return place.kind === 'file'
    ? { kind: 'file', ...inspectFile(place.path) }
    : { kind: 'postgres', ...(await inspectPostgres(place.url)) };
}
