import {
  CertificateEncryption,
  GlideDateTime,
  GlideRecord,
  GlideSchedule,
  type GlideScriptableInputStream,
  GlideSysAttachment,
  gs,
} from '@servicenow/glide';
import { RESTMessageV2 } from '@servicenow/glide/sn_ws';
import type { Glide, NewFile, OutgoingRequest } from '../logic/glide';
import { agentChat } from './agent-chat';
import { records } from './records';

/** The platform as this application sees it: the one place that knows Glide. */
export function instance(): Glide {
  return {
    records,
    agentChat,
    user: { id: gs.getUserID() },
    now: () => Date.now(),
    isWithin: (schedule) => new GlideSchedule(schedule).isInSchedule(new GlideDateTime()),
    property: (name) => gs.getProperty(name, '') ?? '',
    mac: (key, text) => CertificateEncryption.generateMac(key, 'HmacSHA256', text),
    post,
    attach,
    warn: (line) => gs.warn(line),
  };
}

function post({ url, headers, body, timeoutMs }: OutgoingRequest): number {
  try {
    const message = new RESTMessageV2();
    message.setHttpMethod('post');
    message.setEndpoint(url);
    for (const [name, value] of Object.entries(headers)) message.setRequestHeader(name, value);
    message.setRequestBody(body);
    message.setHttpTimeout(timeoutMs);
    message.setFollowRedirect(false);
    return message.execute().getStatusCode();
  } catch {
    return 0; // no answer; what it would have told is read from the log
  }
}

function attach({ table, record: id, name, type, data }: NewFile): string {
  const record = new GlideRecord(table);
  if (!record.get(id)) throw new Error(`${table} has no record ${id}`);
  const file = new GlideSysAttachment().writeContentStream(record, name, type, data as GlideScriptableInputStream);
  if (!file) throw new Error('the platform did not take the file');
  return file;
}
