import { crc32 } from 'node:zlib';

/** One entry of a zip archive, as its central directory and its own header tell it. */
export interface ArchiveEntry {
  readonly name: string;
  readonly content: Buffer;
  readonly date: string;
}

/** Reads an archive of stored files from its central directory, and verifies every check sum. */
export function readArchive(archive: Buffer): ArchiveEntry[] {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const entries: ArchiveEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    entries.push(entryAt(archive, at));
    at += 46 + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

function entryAt(archive: Buffer, at: number): ArchiveEntry {
  const nameEnd = at + 46 + archive.readUInt16LE(at + 28);
  const name = archive.toString('utf8', at + 46, nameEnd);
  const header = archive.readUInt32LE(at + 42);
  const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const content = archive.subarray(start, start + archive.readUInt32LE(at + 24));
  if (archive.readUInt16LE(at + 10) !== 0) throw new Error(`${name} is compressed`);
  if (crc32(content) !== archive.readUInt32LE(at + 16)) throw new Error(`${name} is damaged`);
  return { name, content, date: dosDate(archive.readUInt16LE(at + 14), archive.readUInt16LE(at + 12)) };
}

function dosDate(date: number, time: number): string {
  const parts = [1980 + (date >> 9), (date >> 5) & 15, date & 31, time >> 11, (time >> 5) & 63];
  const [year, month, day, hour, minute] = parts.map((part) => String(part).padStart(2, '0'));
  return `${year}-${month}-${day} ${hour}:${minute}`;
}
