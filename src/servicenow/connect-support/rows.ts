import type { ThreadRow } from '../../conversation/events';
import type { RowId, ServerTime } from '../../conversation/types';
import type { Message } from './schema';

/** Who we are in a thread, as far as it is known. */
export interface Self {
  readonly userName?: string;
  readonly profile?: string;
}

/** The row in the core's words. */
export function rowOf(message: Message, self: Self, systemUser: string): ThreadRow {
  return {
    id: message.sys_id as RowId,
    at: timeOf(message),
    author: authorOf(message, self, systemUser),
    ...(message.sender_name ? { name: message.sender_name } : {}),
    text: readable(message.formatted_message ?? message.message ?? ''),
    workNote: message.reflected_field === 'work_notes',
  };
}

function authorOf(message: Message, self: Self, systemUser: string): ThreadRow['author'] {
  if (message.created_by === systemUser) return 'system';
  const byName = self.userName !== undefined && message.created_by === self.userName;
  const byProfile = self.profile !== undefined && message.profile === self.profile;
  return byName || byProfile ? 'self' : 'agent';
}

/** `timestamp` is epoch milliseconds; `created_on` is UTC without saying so. */
export function timeOf({ timestamp, created_on }: Pick<Message, 'timestamp' | 'created_on'>): ServerTime {
  if (timestamp !== undefined) return timestamp as ServerTime;
  const parsed = Date.parse(`${(created_on ?? '').replace(' ', 'T')}Z`);
  return (Number.isNaN(parsed) ? 0 : parsed) as ServerTime;
}

/** ServiceNow's mark-up as plain text: links keep their address, mentions their name. */
export function readable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/@L\[([^\]|]*)\|([^\]]*)\]/g, (_, target: string, name: string) => link(target, name))
    .replace(/@M\[[^\]|]*\|([^\]]*)\]/g, '@$1')
    .replace(/@\[[^\]:]*:([^\]]*)\]/g, '@$1')
    .replace(/\u200b/g, '');
}

function link(target: string, name: string): string {
  return !/^https?:/i.test(target) || name === target ? name || target : `${name} (${target})`;
}

/** Oldest first: by time, and within a time by id. */
export function byAge(one: Message, other: Message): number {
  return timeOf(one) - timeOf(other) || byId(one.id ?? '', other.id ?? '');
}

/** Ids count up, as decimal or hexadecimal numbers: the longer one is the later one, and of two as long the greater one. */
function byId(one: string, other: string): number {
  if (one.length !== other.length) return one.length - other.length;
  return one < other ? -1 : one > other ? 1 : 0;
}
