import { accessSync, closeSync, constants, existsSync, openSync, readSync, statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { migrations } from './migrations';

/** What can be seen of a database file from outside. */
export interface FileFacts {
  readonly path: string;
  /** `absent`: it will be made. `empty`: made, and nothing in it yet. */
  readonly file: 'absent' | 'empty' | 'foreign' | 'ours' | 'unreadable';
  /** Schema of the file; unknown while it stands only in the journal beside it. */
  readonly schema?: number;
  readonly knownSchema: number;
  /** The folder, or the one in which it would be made, can be written to. */
  readonly isWritable: boolean;
  /** Bytes that are left on the disk. */
  readonly free: number;
  readonly fileSystem: 'local' | 'network' | 'shared';
}

/** A file system, as `statfs` tells it. */
interface Volume {
  readonly type: number;
  readonly bavail: number;
  readonly bsize: number;
}

/** Numbers of Linux for file systems that lie on another machine: NFS, SMB in three forms, Ceph, AFS. */
const networkTypes = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x00c36400, 0x5346414f]);
/** Those that pass on what lies elsewhere, on this machine or another: FUSE, 9P. */
const sharedTypes = new Set([0x65735546, 0x01021997]);

const header = 'SQLite format 3\0';
/** Where the header keeps `user_version`, big endian. */
const versionAt = 60;

/** Reads the first bytes of the file; the connector that may be at work in it is not disturbed. */
export function inspectFile(file: string, volumeOf: (folder: string) => Volume = statfsSync): FileFacts {
  const path = resolve(file);
  const folder = nearestFolder(dirname(path));
  const { type, bavail, bsize } = volumeOf(folder);
  const place = { path, knownSchema: migrations.length, isWritable: isWritable(folder), free: bavail * bsize };
  return { ...place, fileSystem: fileSystemOf(type), ...contentOf(path) };
}

function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}

function fileSystemOf(type: number): FileFacts['fileSystem'] {
  const unsigned = type >>> 0;
  if (networkTypes.has(unsigned)) return 'network';
  return sharedTypes.has(unsigned) ? 'shared' : 'local';
}

function contentOf(path: string): Pick<FileFacts, 'file' | 'schema'> {
  if (!existsSync(path)) return { file: 'absent' };
  try {
    const bytes = Buffer.alloc(100);
    const fd = openSync(path, 'r');
    const read = readSync(fd, bytes, 0, bytes.length, 0);
    closeSync(fd);
    if (read === 0) return { file: 'empty' };
    const isDatabase = read === bytes.length && bytes.toString('latin1', 0, header.length) === header;
    if (!isDatabase) return { file: 'foreign' };
    const schema = bytes.readUInt32BE(versionAt);
    return schema === 0 && existsSync(`${path}-wal`) ? { file: 'ours' } : { file: 'ours', schema };
  } catch {
    return { file: 'unreadable' };
  }
}
