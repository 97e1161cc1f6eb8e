import type { Blobs } from '../../engine/blobs';
import type { Ask } from './ask';

/** Bytes of one statement: a large file is written in pieces, so that a connection is never busy with it for long. */
const pieceBytes = 1_000_000;

/**
 * Keeps bytes in pieces beside the conversations. A file counts as kept once its last line is written; pieces without that line are
 * what a process that died left behind, and the next put or drop removes them.
 */
export class PostgresBlobs implements Blobs {
  constructor(private readonly ask: Ask) {}

  async put(id: string, bytes: Uint8Array): Promise<void> {
    await this.drop(id);
    for (let from = 0, place = 0; from < bytes.byteLength; from += pieceBytes, place += 1) {
      await this.ask('addPiece', id, place, Buffer.from(bytes.subarray(from, from + pieceBytes)));
    }
    await this.ask('finishBlob', id, bytes.byteLength);
  }

  /** Piece by piece as well. Pieces that are dropped meanwhile are noticed by the size. */
  async get(id: string): Promise<Uint8Array | undefined> {
    const [blob] = await this.ask<{ size: number }>('blob', id);
    if (!blob) return undefined;
    const pieces: Buffer[] = [];
    for (let place = 0; place * pieceBytes < blob.size; place += 1) {
      const [piece] = await this.ask<{ bytes: Buffer }>('piece', id, place);
      if (!piece) return undefined;
      pieces.push(piece.bytes);
    }
    return Buffer.concat(pieces);
  }

  async drop(id: string): Promise<void> {
    await this.ask('dropBlob', id);
  }

  async size(): Promise<{ readonly count: number; readonly bytes: number }> {
    const [row] = await this.ask<{ count: number; bytes: number }>('blobSize');
    return row ?? { count: 0, bytes: 0 };
  }
}
