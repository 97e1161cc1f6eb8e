import { z } from 'zod';
import type { RowId, ServerTime } from '../../conversation/types';

/** ServiceNow leaves fields out, sends null, or an empty text for "nothing". */
const text = z
  .union([z.string(), z.number(), z.null()])
  .transform((value) => (value === null || value === '' ? undefined : String(value)))
  .optional();
/** A field that can be done without, whatever it holds. */
const aside = text.catch(undefined);
const number = z
  .union([z.number(), z.string(), z.null()])
  .transform((value) => (value === null || value === '' || Number.isNaN(Number(value)) ? undefined : Number(value)))
  .optional()
  .catch(undefined);
const some = <T>(item: z.ZodType<T>) => z.array(item).catch([]).optional();

/** What could be read of a list: one item of another shape does not take the others with it. */
export interface PartlyRead<T> {
  readonly items: T[];
  readonly unreadable: number;
  /** Where the first unreadable item is of another shape. */
  readonly wrongAt?: string;
}

const listOf = <T>(item: z.ZodType<T>) =>
  z.array(z.unknown()).transform((all): PartlyRead<T> => {
    const read = all.map((one) => item.safeParse(one));
    const items = read.flatMap((one) => (one.success ? [one.data] : []));
    const issues = read.find((one) => !one.success)?.error?.issues ?? [];
    const wrongAt = issues.map((issue) => issue.path.join('.') || '(whole)').join(', ');
    return { items, unreadable: all.length - items.length, ...(wrongAt === '' ? {} : { wrongAt }) };
  });

/** A file (sys_attachment), as a row of a thread or the Attachment API shows it; sizes come as text. */
export const attachment = z.looseObject({
  sys_id: aside,
  file_name: aside,
  content_type: aside,
  size_bytes: number,
  hash: aside,
});

/** A row of the queue (chat_queue_entry). Source: the vendor's own browser scripts. */
export const queueEntry = z.looseObject({
  sys_id: aside,
  group: text,
  number: aside,
  state: number,
  position: number,
  average_wait_time: aside,
  opened_by: aside,
  short_description: aside,
  queue: aside,
  sys_updated_on: aside,
});

/** A row of a thread (live_message). Source: the vendor's own browser scripts; `message` from a published integration. */
export const message = z.looseObject({
  sys_id: aside,
  id: aside,
  message: aside,
  formatted_message: aside,
  created_by: aside,
  sender_name: aside,
  profile: aside,
  created_on: aside,
  timestamp: number,
  reflected_field: aside,
  context: aside,
  links: some(z.looseObject({ sys_id: aside, url: aside, title: aside })),
  attachments: some(attachment),
});

/** A row that was read from a thread: without an id or a time it could be neither ordered nor told from others. */
const threadRow = message.extend({ message: text, formatted_message: text }).transform((row, context) => {
  const key = row.sys_id ?? row.id;
  const at = timeOf(row);
  if (key !== undefined && at !== undefined) return { ...row, key: key as RowId, at };
  context.addIssue({ code: 'custom', path: [key === undefined ? 'sys_id' : 'timestamp'], message: 'is missing' });
  return z.NEVER;
});

/** A conversation (live_group_profile) as the list and the single call give it. */
export const conversation = z.looseObject({
  sys_id: z.string(),
  last_message: message.nullish().catch(undefined),
  queueEntry: queueEntry.nullish(),
});

/** A queue (chat_queue); `not_available` is there only when it is closed. */
export const queue = z.looseObject({ sys_id: aside, not_available: text });

export const profile = z.looseObject({ sys_id: z.string() });
export const profiles = z.array(z.unknown());
export const messages = listOf(threadRow);
export const conversations = listOf(conversation);
export const queueEntries = listOf(queueEntry);
export const attachments = listOf(attachment);
export const anything = z.unknown().optional();

/** A row as an answer to a post, or the last one of a list, may show it: nothing of it is certain. */
export type Message = z.infer<typeof message>;
export type ThreadMessage = z.infer<typeof threadRow>;
export type QueueEntry = z.infer<typeof queueEntry>;
export type Queue = z.infer<typeof queue>;
export type Attachment = z.infer<typeof attachment>;
export type ListedConversation = z.infer<typeof conversation>;

/** `timestamp` is epoch milliseconds; `created_on` is UTC without saying so. */
function timeOf({ timestamp, created_on }: { timestamp?: number; created_on?: string }): ServerTime | undefined {
  const time = timestamp ?? serverTime(created_on);
  return time !== undefined && time > 0 ? (time as ServerTime) : undefined;
}

/** A time as ServiceNow writes it: `YYYY-MM-DD HH:MM:SS` in UTC. */
export function serverTime(written: string | undefined): ServerTime | undefined {
  if (written === undefined || !/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d/.test(written)) return undefined;
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(written) ? written : `${written}Z`;
  const parsed = Date.parse(zoned.replace(' ', 'T'));
  return Number.isNaN(parsed) ? undefined : (parsed as ServerTime);
}
