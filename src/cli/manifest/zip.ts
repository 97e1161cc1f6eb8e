import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** One file at the root of the archive. */
export interface PackageFile {
  readonly name: string;
  readonly content: Buffer;
}

/**
 * The archive. The same files in the same order give the same bytes on every machine: the date is one fixed wall clock
 * reading (yazl writes local time, so a moment in UTC would differ between time zones), and nothing is compressed,
 * because deflate may give other bytes with another release of Node.
 */
export async function zip(files: readonly PackageFile[]): Promise<Buffer> {
  const archive = new ZipFile();
  for (const { name, content } of files) {
    archive.addBuffer(content, name, {
      mtime: new Date(2020, 0, 1, 12),
      mode: 0o100644,
      compress: false,
      forceDosTimestamp: true,
    });
  }
  archive.end();
  return await buffer(archive.outputStream);
}
