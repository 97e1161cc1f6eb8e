import { createHash } from 'node:crypto';
import type { Chat, RowFile, Upload, User } from './state';
import { newId, platformNow, type World } from './world';

/** The table whose records chats are. */
export const chatTable = 'live_group_profile';

/** Attaches a file to a record. In a thread it is not seen by that alone. */
export function addUpload(
  world: World,
  given: {
    readonly record: string;
    readonly name: string;
    readonly contentType: string;
    readonly bytes: Buffer;
    readonly by: User;
  },
): Upload {
  const { record, name, contentType, bytes, by } = given;
  const upload: Upload = {
    id: newId(world),
    table: chatTable,
    record,
    name,
    contentType,
    sizeBytes: bytes.byteLength,
    hash: createHash('sha256').update(bytes).digest('hex'),
    content: bytes.toString('base64'),
    createdAt: platformNow(world),
    createdBy: by.userName,
  };
  world.state.uploads[upload.id] = upload;
  world.changed(record);
  return upload;
}

/** What is attached to a chat's record, the newest first. */
export function uploadsOf(world: World, chat: Chat): Upload[] {
  return Object.values(world.state.uploads)
    .filter((upload) => upload.record === chat.id)
    .reverse();
}

/** The upload as a row of a thread names it. */
export function rowFile({ id, name, contentType, sizeBytes }: Upload): RowFile {
  return { id, name, contentType, sizeBytes };
}

export function bytesOf(upload: Upload): Buffer {
  return Buffer.from(upload.content, 'base64');
}
