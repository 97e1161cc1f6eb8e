import type Database from 'libsql';
import type { HighWaterMark } from './high-water';

interface Unit<T> {
  readonly apply: () => T;
  readonly resolve: (result: T) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes of one turn of the event loop share one transaction, and so one sync to disk. A promise resolves after the commit;
 * a unit that fails takes nothing with it, a commit that fails takes all.
 */
export class GroupCommit {
  private units: Unit<unknown>[] = [];
  private scheduled = false;
  private readonly begin: Database.Statement;
  private readonly commit: Database.Statement;
  private readonly rollback: Database.Statement;
  private readonly save: Database.Statement;
  private readonly undo: Database.Statement;
  private readonly release: Database.Statement;

  constructor(
    db: Database.Database,
    private readonly mark?: HighWaterMark,
  ) {
    this.begin = db.prepare('BEGIN IMMEDIATE');
    this.commit = db.prepare('COMMIT');
    this.rollback = db.prepare('ROLLBACK');
    this.save = db.prepare('SAVEPOINT unit');
    this.undo = db.prepare('ROLLBACK TO unit');
    this.release = db.prepare('RELEASE unit');
  }

  /** `apply` runs synchronously inside the shared transaction. */
  run<T>(apply: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.units.push({ apply, resolve: resolve as (result: unknown) => void, reject });
      if (this.scheduled) return;
      this.scheduled = true;
      setImmediate(() => this.flush());
    });
  }

  /** Writes what still waits. */
  flush(): void {
    this.scheduled = false;
    const units = this.units;
    this.units = [];
    if (units.length === 0) return;
    const settled: (() => void)[] = [];
    try {
      this.begin.run();
      for (const unit of units) settled.push(this.applyOne(unit));
      const commits = this.mark?.raise();
      this.commit.run();
      if (commits !== undefined) this.mark?.note(commits);
    } catch (error) {
      this.giveUp();
      for (const unit of units) unit.reject(error);
      return;
    }
    for (const settle of settled) settle();
  }

  private applyOne(unit: Unit<unknown>): () => void {
    this.save.run();
    try {
      const result = unit.apply();
      this.release.run();
      return () => unit.resolve(result);
    } catch (error) {
      this.undo.run();
      this.release.run();
      return () => unit.reject(error);
    }
  }

  private giveUp(): void {
    try {
      this.rollback.run();
    } catch {
      // Some faults (a full disk among them) end the transaction by themselves; then there is nothing to roll back.
    }
  }
}
