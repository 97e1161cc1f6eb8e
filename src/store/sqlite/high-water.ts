import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'libsql';

interface Kept {
  readonly commits: number;
  readonly put_back: number;
}

/** Digits of the number in the file: it is written over in place, and never gets longer. */
const digits = 16;

/**
 * Knows whether the database was put back from a backup. Each transaction counts itself in the database, and after its commit in a
 * small file beside it (`-mark`); so the file is never ahead of its own database, and one that is ahead stands beside an older copy. A
 * database that has counted and has no such file is a copy that was brought from elsewhere. Out of reach: a file that was put back
 * together with its database.
 */
export class HighWaterMark {
  private readonly raiseOne: Database.Statement;
  private readonly accept: Database.Statement;
  private readonly select: Database.Statement;

  private constructor(
    db: Database.Database,
    private readonly file: number,
  ) {
    this.raiseOne = db.prepare('UPDATE mark SET commits = commits + 1 RETURNING commits');
    this.accept = db.prepare('UPDATE mark SET put_back = 0');
    this.select = db.prepare('SELECT commits, put_back FROM mark');
  }

  /** Compares the two, and keeps in the database what comes of it until somebody has dealt with it. */
  static open(db: Database.Database, path: string): HighWaterMark {
    const name = `${path}-mark`;
    const noted = read(name);
    const [kept] = db.prepare('SELECT commits, put_back FROM mark').all() as Kept[];
    const commits = kept?.commits ?? 0;
    const isOlder = noted === undefined ? commits > 0 : noted > commits;
    db.prepare('INSERT OR REPLACE INTO mark (id, commits, put_back) VALUES (1, ?, ?)').run(
      Math.max(commits, noted ?? 0),
      isOlder ? 1 : (kept?.put_back ?? 0),
    );
    const file = openSync(name, noted === undefined ? 'w' : 'r+', 0o600);
    const mark = new HighWaterMark(db, file);
    mark.note(Math.max(commits, noted ?? 0));
    syncWithFolder(file, path);
    return mark;
  }

  /** Inside a transaction: one more. */
  raise(): number {
    return (this.raiseOne.get() as Kept).commits;
  }

  /** After its commit. A mark that cannot be written stays behind, which is harmless. */
  note(commits: number): void {
    try {
      writeSync(this.file, String(commits).padStart(digits, '0'), 0);
    } catch {
      // The store works without it: only a backup that is put back now is not known as one.
    }
  }

  get wasPutBack(): boolean {
    return (this.select.get() as Kept).put_back === 1;
  }

  /** Inside a transaction: it has been dealt with. */
  acceptPutBack(): void {
    this.accept.run();
  }

  close(): void {
    closeSync(this.file);
  }
}

/** Nothing where there is no number: a power cut may leave a new file empty. */
function read(name: string): number | undefined {
  try {
    const text = readFileSync(name, 'utf8');
    return /^\d{16}$/.test(text) ? Number(text) : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function syncWithFolder(file: number, path: string): void {
  fsyncSync(file);
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
