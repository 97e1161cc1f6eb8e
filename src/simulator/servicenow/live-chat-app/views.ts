import { select } from '#live-chat-app/memory/tables';
import type { Fields, Query } from '#live-chat-app/server/logic/glide';
import { platform } from '#live-chat-app/server/logic/names';
import type { RowFile, State } from '../model/state';
import type { World } from '../model/world';

/** Tables whose records are what the simulator holds anyway. */
const views: Readonly<Record<string, (world: World) => Fields[]>> = {
  [platform.user]: ({ state }) =>
    Object.values(state.users).map(({ sysId, userName, name }) => ({
      sys_id: sysId,
      user_name: userName,
      name,
      active: '1',
    })),
  // The opening hours of a queue are a schedule of their own, which has the queue's id.
  [platform.queue]: ({ state }) =>
    Object.values(state.queues).map(({ id, name, averageWaitTime }) => ({
      sys_id: id,
      name,
      active: '1',
      schedule: id,
      average_wait_time: averageWaitTime,
    })),
  [platform.attachment]: ({ state }) => [
    ...Object.values(state.chats).flatMap(({ rows }) =>
      rows.flatMap((row) => row.files.map((file) => attachmentOf(file, platform.message, row.id))),
    ),
    ...Object.values(state.uploads).map((upload) =>
      attachmentOf(upload, platform.interaction, interactionOf(state, upload.record)),
    ),
  ],
};

export function isView(table: string): boolean {
  return table in views;
}

/** The records of such a table that fit. */
export function selectFrom(world: World, query: Query): Fields[] {
  return select(views[query.table]?.(world) ?? [], query);
}

function attachmentOf({ id, name, contentType, sizeBytes }: RowFile, table: string, record: string): Fields {
  const facts = { file_name: name, content_type: contentType, size_bytes: String(sizeBytes) };
  return { sys_id: id, table_name: table, table_sys_id: record, ...facts };
}

function interactionOf({ tables }: State, conversation: string): string {
  const all = Object.values(tables[platform.interaction] ?? {});
  return all.find((each) => each.channel_metadata_document === conversation)?.sys_id ?? '';
}
