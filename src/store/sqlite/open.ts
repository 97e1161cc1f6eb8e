import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'libsql';
import { StoreError } from '../store-error';
import { migrations } from './migrations';

/** How long a start waits for another process to let the file go: a replaced process may still be on its way out. */
const longestWaitMs = 10_000;

export interface OpenOptions {
  /** A path; relative ones count from the working directory. */
  readonly file: string;
  readonly waitMs?: number;
}

/**
 * Opens the database file for this process alone and brings its schema up to date. The exclusive lock is the lease: a second process
 * is refused. Throws {@link StoreError}.
 */
export async function openDatabase({ file, waitMs = longestWaitMs }: OpenOptions): Promise<Database.Database> {
  const path = resolve(file);
  makeFolder(path);
  const deadline = Date.now() + waitMs;
  for (;;) {
    try {
      return openOnce(path);
    } catch (error) {
      if (!isBusy(error)) throw explained(path, error);
      if (Date.now() >= deadline) {
        throw new StoreError(
          `${path} is in use by another process. One database file serves one connector; stop the other one, or use PostgreSQL for several.`,
        );
      }
      await new Promise((again) => setTimeout(again, 100 + Math.random() * 200));
    }
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw new StoreError(`${dirname(path)} cannot be created (${(error as NodeJS.ErrnoException).code}).`, {
      cause: error,
    });
  }
}

function openOnce(path: string): Database.Database {
  const db = new Database(path);
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    migrate(db, path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function migrate(db: Database.Database, path: string): void {
  db.exec('BEGIN EXCLUSIVE');
  try {
    const [row] = db.pragma('user_version') as [{ user_version: number }];
    const from = row.user_version;
    if (from > migrations.length) {
      throw new StoreError(
        `${path} was written by a newer version of the connector (schema ${from}, this one knows ${migrations.length}). Start the newer version, or restore a backup from before the upgrade.`,
      );
    }
    for (const step of migrations.slice(from)) db.exec(step);
    db.exec(`PRAGMA user_version = ${migrations.length}`);
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

function isBusy(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === 'SQLITE_BUSY' || /database is locked/.test(message ?? '');
}

function explained(path: string, error: unknown): Error {
  if (error instanceof StoreError) return error;
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'SQLITE_NOTADB') {
    return new StoreError(
      `${path} is not a database of the connector. Name another file in DATABASE_URL, or restore a backup.`,
    );
  }
  return new StoreError(
    `${path} cannot be opened (${code || message}). Check that the process may read and write it and its folder.`,
    {
      cause: error,
    },
  );
}
