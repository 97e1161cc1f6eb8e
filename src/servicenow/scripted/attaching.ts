import { createHash } from 'node:crypto';
import { ApiFailure } from '../../conversation/failures';
import type { RowId } from '../../conversation/types';
import type { AttachRequest } from '../../engine/ports';
import type { ScriptedParts } from './parts';
import { pagesAfter } from './reading';
import { newestOf, rowId } from './rows';

/** Puts a file into the chat, once: the instance knows by the file's id that it has it, or the message that names it, already. */
export async function attach(parts: ScriptedParts, request: AttachRequest, bytes: Uint8Array): Promise<RowId> {
  const { calls, options } = parts;
  const { chat, file } = request;
  if (options.files === 'off') throw notTaken();
  const { name, type } = file.stored;
  const id = await calls.upload(chat.id, externalId(request), name, { bytes, type });
  return rowId(await calls.post(chat.id, externalId(request), `File: ${name}`, [id]));
}

/** Our own row that names the file. */
export async function findAttached(
  parts: ScriptedParts,
  request: AttachRequest,
  bound: readonly RowId[],
): Promise<RowId | undefined> {
  const pages = await pagesAfter(parts, request.chat, newestOf(bound), 'all');
  const rows = pages.flatMap((page) => page.messages);
  const found = rows.find((row) => row.author === 'self' && row.externalId === externalId(request));
  return found && rowId(found.sequence);
}

/** The same for the same file of the employee's, however often it is tried. */
function externalId({ file }: AttachRequest): string {
  return `file-${createHash('sha256').update(`${file.id}\n${file.stored.hash}`).digest('hex').slice(0, 32)}`;
}

/** The agent gets the names of files, and links where there are any. */
function notTaken(): ApiFailure {
  const message = 'servicenow: files are not put into chats on this instance';
  return new ApiFailure({ upstream: 'servicenow', kind: 'rejected', certain: true, message });
}
