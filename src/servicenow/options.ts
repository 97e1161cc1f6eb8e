import { z } from 'zod';

const path = z
  .string()
  .regex(/^\/[\w/{}.~-]*$/, 'it should be a path such as /api/now/connect/conversations/{chat}/messages');
const milliseconds = z.number().int().min(0);

/** Where the calls of Connect Support live; names in braces are replaced by checked ids. */
const paths = z.strictObject({
  open: path.default('/api/now/connect/support/queues/{queue}/sessions'),
  list: path.default('/api/now/connect/support/queues/{queue}/sessions'),
  entries: path.default('/api/now/connect/support/sessions'),
  leave: path.default('/api/now/connect/support/sessions/{chat}/leave'),
  messages: path.default('/api/now/connect/conversations/{chat}/messages'),
  conversation: path.default('/api/now/connect/conversations/{chat}'),
  profile: path.default('/api/now/live/profiles/sys_user.{user}'),
  token: path.default('/oauth_token.do'),
});

/**
 * What differs between instances and no source could settle, as `SERVICENOW_OPTIONS` gives it. Each default is what the
 * sources make most likely.
 */
export const deskOptions = z.strictObject({
  paths: paths.prefault({}),
  leaveMethod: z.enum(['POST', 'PUT', 'DELETE']).default('POST'),
  /** What an id looks like; anything else never enters an address. */
  idPattern: z.string().default('^[0-9a-f]{32}$'),
  /** Rows in a full page of a thread. */
  pageSize: z.number().int().min(1).default(30),
  /** Pages that are followed back in one read at the most. */
  mostPages: z.number().int().min(1).default(200),
  /** Whether one call lists all chats of a queue with their last message; `auto` finds out. */
  listCall: z.enum(['auto', 'on', 'off']).default('auto'),
  /** How long a list that did not work is not tried again. */
  listRetryMs: milliseconds.default(600_000),
  /** Numbers of the queue entry's state. */
  states: z
    .strictObject({
      waiting: z.array(z.number()).default([1]),
      inProgress: z.array(z.number()).default([2]),
      ended: z.array(z.number()).default([3, 4, 7, 8]),
    })
    .prefault({}),
  /** User name of the service account where it is not `SERVICENOW_USERNAME`. */
  ownUser: z.string().optional(),
  /** Author name of rows of the platform itself. */
  systemUser: z.string().default('system'),
  /** Longest text of one row, in UTF-16 units. */
  longestMessage: z.number().int().min(200).default(4_000),
  /** Language of what the connector says to agents. */
  agentLocale: z.string().default('en'),
});

export type DeskOptions = z.infer<typeof deskOptions>;
