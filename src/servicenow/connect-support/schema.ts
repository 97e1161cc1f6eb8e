import { z } from 'zod';

/** ServiceNow leaves fields out, sends null, or an empty text for "nothing". */
const text = z
  .union([z.string(), z.number(), z.null()])
  .transform((value) => (value === null || value === '' ? undefined : String(value)))
  .optional();
const number = z
  .union([z.number(), z.string(), z.null()])
  .transform((value) => (value === null || value === '' || Number.isNaN(Number(value)) ? undefined : Number(value)))
  .optional();

/** A row of the queue (chat_queue_entry). Source: the vendor's own browser scripts. */
export const queueEntry = z.looseObject({
  sys_id: text,
  group: text,
  number: text,
  state: number,
  position: number,
  average_wait_time: text,
  opened_by: text,
  assigned_to: text,
  short_description: text,
  queue: text,
});

/** A row of a thread (live_message). Source: the vendor's own browser scripts; `message` from a published integration. */
export const message = z.looseObject({
  sys_id: z.string(),
  id: text,
  message: text,
  formatted_message: text,
  created_by: text,
  sender_name: text,
  profile: text,
  created_on: text,
  timestamp: number,
  reflected_field: text,
});

/** A conversation (live_group_profile) as the list and the single call give it. */
export const conversation = z.looseObject({
  sys_id: z.string(),
  last_message: message.partial().nullish(),
  queueEntry: queueEntry.nullish(),
});

export const profile = z.looseObject({ sys_id: z.string() });
export const messages = z.array(message);
export const conversations = z.array(conversation);
export const queueEntries = z.array(queueEntry);
export const anything = z.unknown();

export type Message = z.infer<typeof message>;
export type QueueEntry = z.infer<typeof queueEntry>;
export type ListedConversation = z.infer<typeof conversation>;
