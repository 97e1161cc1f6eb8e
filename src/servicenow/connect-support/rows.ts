import type { ThreadRow } from '../../conversation/events';
import { readable } from './markup';
import type { Message, ThreadMessage } from './schema';

/** Who we are in threads, as far as it is known; user names in lower case. */
export interface Self {
  readonly userNames: ReadonlySet<string>;
  readonly profiles: ReadonlySet<string>;
}

/** The row in the core's words. */
export function rowOf(message: ThreadMessage, self: Self, systemUser: string): ThreadRow {
  return {
    id: message.key,
    at: message.at,
    author: authorOf(message, self, systemUser),
    ...(message.sender_name ? { name: message.sender_name } : {}),
    text: textOf(message),
    workNote: message.reflected_field === 'work_notes',
  };
}

export function authorOf(message: Message, self: Self, systemUser: string): ThreadRow['author'] {
  const { created_by: name, profile } = message;
  if (name === systemUser) return 'system';
  const isByName = name !== undefined && self.userNames.has(name.toLowerCase());
  const isByProfile = profile !== undefined && self.profiles.has(profile);
  return isByName || isByProfile ? 'self' : 'agent';
}

/** What a person reads; a file that the words do not name is named, so that nobody waits for words that never come. */
function textOf({ formatted_message, message, links, attachments = [] }: Message): string {
  const text = readable(formatted_message ?? message ?? '', links);
  const files = attachments.flatMap(({ file_name }) => (file_name && !text.includes(file_name) ? [file_name] : []));
  return [...(text === '' ? [] : [text]), ...files.map((name) => `File: ${name}`)].join('\n');
}

/** Oldest first: by time, and within a time by id. */
export function byAge(one: ThreadMessage, other: ThreadMessage): number {
  return one.at - other.at || byId(one.id, other.id);
}

/** Ids count up, as decimal or hexadecimal numbers: the longer one is the later one, and of two as long the greater one. */
function byId(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined || one === other) return 0;
  if (one.length !== other.length) return one.length - other.length;
  return one < other ? -1 : 1;
}
