import { ApiFailure } from '../../conversation/failures';
import type { RowId } from '../../conversation/types';
import type { AttachRequest, CallContext } from '../../engine/ports';
import type { DeskParts } from './parts';
import { threadOf } from './reading';
import { authorOf } from './rows';
import type { Attachment, Message, ThreadMessage } from './schema';

/**
 * Puts a file into the thread in two steps, as the platform's own client does: it is attached to the chat's record, and a row of the
 * thread names it. A file that an earlier attempt attached, and that no row names, is not attached again.
 */
export async function attach(
  parts: DeskParts,
  request: AttachRequest,
  bytes: Uint8Array,
  context: CallContext,
): Promise<RowId | undefined> {
  const { calls, options, identity } = parts;
  const { chat, file, isRepeat } = request;
  if (options.files === 'off') throw notTaken();
  checkId(parts, chat.id);
  const { name, type } = file.stored;
  const before = isRepeat ? await unnamed(parts, request) : undefined;
  const { sys_id: id } = before ?? (await calls.upload(chat.id, name, { bytes, type }));
  if (id === undefined || !parts.isId(id)) throw malformed();
  const row = await calls.post(chat.id, `File: ${name}`, context.correlation, [id]);
  identity.learn(row);
  return (row.sys_id ?? row.id) as RowId | undefined;
}

/** The oldest row of ours that names just this file, is bound to nothing else and is not older than what is. */
export async function findAttached(
  parts: DeskParts,
  request: AttachRequest,
  bound: readonly RowId[],
  _: CallContext,
): Promise<RowId | undefined> {
  const rows = await ownRows(parts, request, bound);
  return rows.find((row) => !bound.includes(row.key) && filesOf(row).some(isFile(request)))?.key;
}

/** Rows of ours in the thread, from the newest that is bound on. */
async function ownRows(
  parts: DeskParts,
  { chat }: AttachRequest,
  bound: readonly RowId[] = [],
): Promise<ThreadMessage[]> {
  const rows = await threadOf(parts, chat.id, (row) => bound.includes(row.key));
  const self = await parts.identity.of(chat);
  const since = rows.findLast((row) => bound.includes(row.key))?.at ?? 0;
  return rows.filter((row) => row.at >= since && authorOf(row, self, parts.options.systemUser) === 'self');
}

/** The same file, attached to the chat's record, that no row of the thread names: an earlier attempt came so far. */
async function unnamed(parts: DeskParts, request: AttachRequest): Promise<Attachment | undefined> {
  const uploads = (await parts.calls.uploads(request.chat.id)).filter(isFile(request));
  if (uploads.length === 0) return undefined;
  const rows = await threadOf(parts, request.chat.id);
  const named = new Set(rows.flatMap((row) => filesOf(row).map((file) => file.sys_id)));
  return uploads.find(({ sys_id: id }) => id !== undefined && !named.has(id));
}

/** By name and size, and by the hash of its bytes where the instance tells it. */
function isFile({ file }: AttachRequest): (found: Attachment) => boolean {
  const { name, size, hash } = file.stored;
  return (found) =>
    found.file_name === name &&
    (found.size_bytes === undefined || found.size_bytes === size) &&
    (found.hash === undefined || found.hash.toLowerCase() === hash);
}

function filesOf({ attachments }: Message): readonly Attachment[] {
  return attachments ?? [];
}

/** The chat's id stands in a query here, where no path checks it. */
function checkId({ isId }: DeskParts, chat: string): void {
  if (isId(chat)) return;
  const message = 'servicenow: the chat is no id that may stand in an address';
  throw new ApiFailure({ upstream: 'servicenow', kind: 'rejected', certain: true, message });
}

function notTaken(): ApiFailure {
  const message = 'servicenow: files are not put into chats on this instance';
  return new ApiFailure({ upstream: 'servicenow', kind: 'rejected', certain: true, message });
}

function malformed(): ApiFailure {
  const message = 'servicenow: uploading a file was answered without an id';
  return new ApiFailure({ upstream: 'servicenow', kind: 'malformed', certain: false, message });
}
