import type { ThreadRow } from '../../conversation/events';
import { plainOf } from '../../conversation/marks';
import type { AgentFile } from '../../conversation/types';
import { markedUp } from '../markup';
import type { Message, ThreadMessage } from './schema';

/** Who we are in threads, as far as it is known; user names in lower case. */
export interface Self {
  readonly userNames: ReadonlySet<string>;
  readonly profiles: ReadonlySet<string>;
}

/** What rows are read by. */
export interface RowReading {
  readonly self: Self;
  readonly systemUser: string;
  /** Where links without a host lead. */
  readonly instance?: string;
  /** Whether files come with their rows; otherwise they are named in the words. */
  readonly carriesFiles?: boolean;
}

/** The row in the core's words. */
export function rowOf(message: ThreadMessage, reading: RowReading): ThreadRow {
  const { self, systemUser, instance, carriesFiles } = reading;
  const files = carriesFiles ? filesOf(message) : [];
  return {
    id: message.key,
    at: message.at,
    author: authorOf(message, self, systemUser),
    ...(message.sender_name ? { name: message.sender_name } : {}),
    text: textOf(message, files, instance),
    ...(files.length > 0 ? { files } : {}),
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
function textOf(
  { formatted_message, message, links, attachments = [] }: Message,
  carried: readonly AgentFile[],
  instance?: string,
): string {
  const text = withoutCaptions(markedUp(formatted_message ?? message ?? '', { links, instance }), carried);
  if (carried.length > 0) return text;
  const seen = plainOf(text);
  const files = attachments.flatMap(({ file_name }) => (file_name && !seen.includes(file_name) ? [file_name] : []));
  return [...(text === '' ? [] : [text]), ...files.map((name) => `File: ${name}`)].join('\n');
}

/** The files that can be fetched. */
function filesOf({ attachments = [] }: Message): AgentFile[] {
  return attachments.flatMap(({ sys_id: id, file_name: name, content_type: type, size_bytes: size }) => {
    if (id === undefined || name === undefined) return [];
    return [{ id, name, ...(type === undefined ? {} : { type }), ...(size === undefined ? {} : { size }) }];
  });
}

/** The platform's client writes a line for each file, which says no more than the file itself. */
function withoutCaptions(text: string, files: readonly AgentFile[]): string {
  const captions = new Set(files.map(({ name }) => `File: ${name}`));
  const isCaption = (line: string) => captions.has(plainOf(line).trim());
  const lines = text.split(/\r?\n/);
  if (!lines.some(isCaption)) return text;
  return lines
    .filter((line) => !isCaption(line))
    .join('\n')
    .trim();
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
