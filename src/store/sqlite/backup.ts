import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'libsql';
import { StoreError } from '../store-error';

/**
 * Writes a copy of the whole database as it is at this moment, readable by its owner alone. Nothing else is written meanwhile. Returns
 * its size in bytes; throws {@link StoreError} when it cannot be made, and leaves nothing behind then.
 */
export function backUp(db: Database.Database, file: string): number {
  if (existsSync(file)) throw new StoreError(`${file} is there already; a backup is never written over another file.`);
  const part = `${file}.part`;
  try {
    closeSync(openSync(part, 'wx', 0o600));
  } catch (error) {
    throw failed(file, error);
  }
  try {
    db.prepare('VACUUM INTO ?').run(part);
    syncToDisk(part);
    // Unlike a rename, a link replaces nothing that came there meanwhile.
    linkSync(part, file);
    syncToDisk(dirname(file));
    return statSync(file).size;
  } catch (error) {
    throw failed(file, error);
  } finally {
    rmSync(part, { force: true });
  }
}

function syncToDisk(path: string): void {
  const fd = openSync(path, 'r');
  fsyncSync(fd);
  closeSync(fd);
}

function failed(file: string, error: unknown): StoreError {
  const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
  return new StoreError(
    `${file} cannot be written (${code}); it should lie in a folder with room that may be written to.`,
    {
      cause: error,
    },
  );
}
