import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Systems refuse longer names of sockets. */
const longestPath = 100;

/** Where the connector of a database file listens for its admin: beside the file, or in the folder for temporary files where that name is too long. */
export function controlPath(databaseFile: string): string {
  const file = resolve(databaseFile);
  const beside = `${file}.sock`;
  if (Buffer.byteLength(beside) <= longestPath) return beside;
  const name = createHash('sha256').update(file).digest('hex').slice(0, 16);
  return join(tmpdir(), `connector-${name}.sock`);
}
