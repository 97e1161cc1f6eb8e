import type { Upload } from '../model/state';
import { addUpload, bytesOf, chatTable, uploadsOf } from '../model/uploads';
import { failure, json, Refused, result } from './answer';
import { type Call, type Handler, param } from './call';
import { membersOf, platformTime } from './json';

/** The Attachment API, for files of chats. */
export const attachmentRoutes: Readonly<Record<string, Handler>> = {
  'GET /attachment': (call) => {
    const { record, limit } = asked(call);
    const chat = call.world.state.chats[record];
    return result(chat ? uploadsOf(call.world, chat).slice(0, limit).map(uploadJson) : []);
  },

  'POST /attachment/file': (call) => {
    const { query, headers, bytes } = call.incoming;
    const [table, record, name] = ['table_name', 'table_sys_id', 'file_name'].map((key) => query.get(key) ?? '');
    if (!table || !record || !name)
      throw new Refused(failure(400, 'Invalid request', 'table_name, table_sys_id and file_name are required'));
    const chat = table === chatTable ? call.world.state.chats[record] : undefined;
    if (!chat || !isMember(call, record)) throw new Refused(notThere());
    const contentType = headers['content-type'] ?? 'application/octet-stream';
    const upload = addUpload(call.world, { record, name, contentType, bytes, by: call.caller });
    call.effects.push(upload.id);
    return json(201, { result: uploadJson(upload) }, { location: `/api/now/attachment/${upload.id}` });
  },

  'GET /attachment/:id': (call) => result(uploadJson(uploadFor(call))),

  'GET /attachment/:id/file': (call) => {
    const upload = uploadFor(call);
    const headers = {
      'content-type': upload.contentType,
      'x-attachment-metadata': JSON.stringify(uploadJson(upload)).replace(/[^\x20-\x7e]/g, '?'),
    };
    return { status: 200, headers, body: '', bytes: bytesOf(upload) };
  },
};

/** The only query that is understood: the files of one record. */
function asked({ incoming: { query } }: Call): { readonly record: string; readonly limit: number } {
  const [, record = ''] = /(?:^|\^)table_sys_id=([0-9a-f]{32})(?:\^|$)/.exec(query.get('sysparm_query') ?? '') ?? [];
  return { record, limit: Number(query.get('sysparm_limit') ?? 1_000) };
}

function uploadFor(call: Call): Upload {
  const upload = call.world.state.uploads[param(call, 'id')];
  if (!upload || !isMember(call, upload.record)) throw new Refused(notThere());
  return upload;
}

function isMember(call: Call, record: string): boolean {
  const chat = call.world.state.chats[record];
  if (!chat) return false;
  return call.caller.agent !== null || membersOf(call.world, chat).some((user) => user.sysId === call.caller.sysId);
}

function notThere() {
  return failure(404, 'No Record found', "Record doesn't exist or ACL restricts the record retrieval");
}

/** Sizes come as text. */
function uploadJson(upload: Upload) {
  const { id, table, record, name, contentType, sizeBytes, hash, createdAt, createdBy } = upload;
  return {
    sys_id: id,
    table_name: table,
    table_sys_id: record,
    file_name: name,
    content_type: contentType,
    size_bytes: String(sizeBytes),
    size_compressed: String(sizeBytes),
    hash,
    download_link: `/api/now/attachment/${id}/file`,
    sys_created_on: platformTime(createdAt),
    sys_created_by: createdBy,
  };
}
