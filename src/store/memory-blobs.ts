import type { Blobs } from '../engine/blobs';

/** Keeps bytes in memory, for tests. */
export class MemoryBlobs implements Blobs {
  private readonly kept = new Map<string, Uint8Array>();

  async put(id: string, bytes: Uint8Array): Promise<void> {
    this.kept.set(id, Uint8Array.from(bytes));
  }

  async get(id: string): Promise<Uint8Array | undefined> {
    const bytes = this.kept.get(id);
    return bytes && Uint8Array.from(bytes);
  }

  async drop(id: string): Promise<void> {
    this.kept.delete(id);
  }

  async size(): Promise<{ readonly count: number; readonly bytes: number }> {
    const sizes = [...this.kept.values()].map((bytes) => bytes.byteLength);
    return { count: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  }
}
