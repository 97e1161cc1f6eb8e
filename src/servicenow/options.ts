import { z } from 'zod';
import { openingHours } from './hours';
import { isPattern } from './is-pattern';

const path = z
  .string()
  .regex(/^\/(?:[\w/.~-]|\{\w+\})*$/, 'it should be a path such as /api/now/connect/conversations/{chat}/messages')
  .refine((text) => !text.split('/').some((part) => /^\.+$/.test(part)), 'it should not climb to another path');

/** A path in which no other name than this one stands in braces. */
function pathFor(slot: string) {
  return path.refine((text) => namesIn(text).every((name) => name === slot), `only {${slot}} may stand in it`);
}

/** The same where the path would otherwise lead to one place for all. */
function pathOf(slot: string) {
  return pathFor(slot).refine((text) => namesIn(text).includes(slot), `{${slot}} should stand in it`);
}

const fixedPath = path.refine((text) => namesIn(text).length === 0, 'nothing should stand in braces');

function namesIn(text: string): string[] {
  return [...text.matchAll(/\{(.*?)\}/g)].map(([, name = '']) => name);
}

const milliseconds = z.number().int().min(0).max(2_147_483_647);
const count = z.number().int().min(1);

/** Where the calls of Connect Support live; names in braces are replaced by checked ids. */
const paths = z.strictObject({
  open: pathFor('queue').default('/api/now/connect/support/queues/{queue}/sessions'),
  list: pathFor('queue').default('/api/now/connect/support/queues/{queue}/sessions'),
  entries: fixedPath.default('/api/now/connect/support/sessions'),
  leave: pathOf('chat').default('/api/now/connect/support/sessions/{chat}/leave'),
  messages: pathOf('chat').default('/api/now/connect/conversations/{chat}/messages'),
  conversation: pathOf('chat').default('/api/now/connect/conversations/{chat}'),
  /** Of what a queue says of itself, and who answers in it. */
  queue: pathOf('queue').default('/api/now/connect/support/queues/{queue}'),
  agents: pathOf('queue').default('/api/now/connect/support/queues/{queue}/agents'),
  /** System properties, which only `npm run doctor` reads. */
  properties: fixedPath.default('/api/now/table/sys_properties'),
  profile: pathOf('user').default('/api/now/live/profiles/sys_user.{user}'),
  file: pathOf('file').default('/api/now/attachment/{file}/file'),
  attachment: fixedPath.default('/api/now/attachment'),
  upload: fixedPath.default('/api/now/attachment/file'),
  entry: pathOf('entry').default('/api/now/table/chat_queue_entry/{entry}'),
  token: fixedPath.default('/oauth_token.do'),
});

/** Numbers of the queue entry's state. Any other number counts as open, and is logged. */
const states = z.strictObject({
  waiting: z.array(z.number()).default([1]),
  inProgress: z.array(z.number()).default([2]),
  ended: z.array(z.number()).default([3, 4, 7, 8]),
});

/**
 * What differs between instances and no source could settle, as `SERVICENOW_OPTIONS` gives it. Each default is what the
 * sources make most likely.
 */
export const deskOptions = z.strictObject({
  paths: paths.prefault({}),
  leaveMethod: z.enum(['POST', 'PUT', 'DELETE']).default('POST'),
  /** What an id looks like from its first character to its last; anything else never enters an address. */
  idPattern: z.string().refine(isPattern, 'it should be a regular expression').default('^[0-9a-f]{32}$'),
  /** Rows in a full page of a thread. */
  pageSize: count.default(30),
  /** Pages that are followed back in one read at the most. */
  mostPages: count.default(200),
  /** Bytes of one answer at the most. */
  longestAnswer: count.default(20_000_000),
  /** Whether one call lists all chats of a queue with their last message; `auto` finds out. */
  listCall: z.enum(['auto', 'on', 'off']).default('auto'),
  /** How long a call that this instance does not have is not tried again. */
  listRetryMs: milliseconds.default(600_000),
  /** How long after its answer was lost, or the connector died, a call may still take effect; it is looked up only then. */
  lateEffectMs: milliseconds.default(3_000),
  states: states.prefault({}),
  /** User name of the service account in threads where it is not `SERVICENOW_USERNAME`. */
  ownUser: z.string().min(1).optional(),
  /** Author name of rows of the platform itself. */
  systemUser: z.string().default('system'),
  /** Longest text of one row, in UTF-16 units. */
  longestMessage: z.number().int().min(200).default(4_000),
  /** Whether files are put into the chat. Off, the agent gets their names, and links where there are any. */
  files: z.enum(['on', 'off']).default('on'),
  /** The table whose record a chat is: files are attached to it. */
  chatTable: z.string().regex(/^\w+$/, 'it should be the name of a table').default('live_group_profile'),
  /** The field of the queue entry that takes how content the employee was, 1 to 5. Without one ServiceNow is not told. */
  ratingField: z.string().regex(/^\w+$/, 'it should be the name of a field').optional(),
  /** What is asked before a chat is opened: whether the queue is open, also whether it has an agent at all, or nothing. */
  availability: z.enum(['queue', 'agents', 'off']).default('queue'),
  /** When the help desk is there: told to who comes when it is not. */
  hours: openingHours.optional(),
  /** Language of what the connector says to agents. */
  agentLocale: z.string().default('en'),
});

export type DeskOptions = z.infer<typeof deskOptions>;
