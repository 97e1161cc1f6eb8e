import type Database from 'libsql';
import type { Blobs } from '../../engine/blobs';
import type { GroupCommit } from './group-commit';

/** Bytes of one write: a large file is written in pieces, so that turns that wait for the disk do not wait for all of it. */
const pieceBytes = 1_000_000;

/**
 * Keeps bytes in pieces beside the conversations. A file counts as kept once its last line is written; pieces without that line are
 * what a process that died left behind, and the next put or drop removes them.
 */
export class SqliteBlobs implements Blobs {
  private readonly sql: Readonly<
    Record<'addPiece' | 'pieces' | 'dropPieces' | 'finish' | 'whole' | 'unfinish' | 'size', Database.Statement>
  >;

  constructor(
    db: Database.Database,
    private readonly group: GroupCommit,
  ) {
    this.sql = {
      addPiece: db.prepare('INSERT INTO blob_pieces (id, place, bytes) VALUES (?, ?, ?)'),
      pieces: db.prepare('SELECT bytes FROM blob_pieces WHERE id = ? ORDER BY place'),
      dropPieces: db.prepare('DELETE FROM blob_pieces WHERE id = ?'),
      finish: db.prepare('INSERT INTO blobs (id, size) VALUES (?, ?)'),
      whole: db.prepare('SELECT size FROM blobs WHERE id = ?'),
      unfinish: db.prepare('DELETE FROM blobs WHERE id = ?'),
      size: db.prepare('SELECT COUNT(*) AS count, COALESCE(SUM(size), 0) AS bytes FROM blobs'),
    };
  }

  async put(id: string, bytes: Uint8Array): Promise<void> {
    await this.drop(id);
    for (let from = 0, place = 0; from < bytes.byteLength; from += pieceBytes, place += 1) {
      const piece = bytes.subarray(from, from + pieceBytes);
      await this.group.run(() => this.sql.addPiece.run(id, place, piece));
    }
    await this.group.run(() => this.sql.finish.run(id, bytes.byteLength));
  }

  async get(id: string): Promise<Uint8Array | undefined> {
    if (!this.sql.whole.get(id)) return undefined;
    const pieces = this.sql.pieces.all(id) as { bytes: ArrayBuffer }[];
    return Buffer.concat(pieces.map((piece) => new Uint8Array(piece.bytes)));
  }

  async drop(id: string): Promise<void> {
    await this.group.run(() => {
      this.sql.unfinish.run(id);
      this.sql.dropPieces.run(id);
    });
  }

  async size(): Promise<{ readonly count: number; readonly bytes: number }> {
    const { count, bytes } = this.sql.size.get() as { count: number; bytes: number };
    return { count, bytes };
  }
}
