import { createHash } from 'node:crypto';
import type { FileRefusal } from '../../conversation/file-refusal';
import type { FileRef, StoredFile } from '../../conversation/types';
import { familyOfEnding, isProgramName, isText, type Kind, kindOfContent } from './kinds';
import type { FileLimits } from './limits';
import { endingOf } from './names';

/** Types of what is in a zip or an OLE file, by the endings that are believed. */
const office: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  msg: 'application/vnd.ms-outlook',
};

const plainTexts: Readonly<Record<string, string>> = { txt: 'text/plain', log: 'text/plain', csv: 'text/csv' };

/** What the bytes of a file say, or why it is not passed on. The content decides; name and claimed type must not contradict it. */
export function lookAt(file: FileRef, bytes: Uint8Array, { mostBytes }: FileLimits): StoredFile | FileRefusal {
  if (bytes.byteLength === 0) return 'empty';
  if (bytes.byteLength > mostBytes) return 'too_large';
  const ending = endingOf(file.name);
  const kind = kindOfContent(bytes);
  if (isProgramName(ending) || kind?.family === 'program') return 'dangerous';
  if (isLie(file, ending, kind, bytes)) return 'not_what_it_says';
  return {
    name: ending === '' && kind ? `${file.name}.${kind.ending}` : file.name,
    type: typeOf(ending, kind),
    size: bytes.byteLength,
    hash: createHash('sha256').update(bytes).digest('hex'),
  };
}

function isLie({ type = '' }: FileRef, ending: string, kind: Kind | undefined, bytes: Uint8Array): boolean {
  const named = familyOfEnding(ending);
  if (/^image\//i.test(type) && kind?.family !== 'image' && ending !== 'svg') return true;
  if (named === undefined) return false;
  if (named === 'text') return kind !== undefined || !isText(bytes);
  return !fits(named, kind);
}

/** Media have more beginnings than are known here; anything else must begin as it should. An Office file with a password is OLE. */
function fits(named: string, kind: Kind | undefined): boolean {
  if (named === 'media') return kind === undefined || kind.family === 'media';
  if (named === 'zip') return kind?.family === 'zip' || kind?.family === 'ole';
  return kind?.family === named;
}

/** A page or a drawing that a browser would run is bytes to it. */
function typeOf(ending: string, kind: Kind | undefined): string {
  if (kind?.family === 'zip' || kind?.family === 'ole') return office[ending] ?? kind.type;
  return kind?.type ?? plainTexts[ending] ?? 'application/octet-stream';
}
