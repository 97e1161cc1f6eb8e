import { z } from 'zod';
import { openingHours } from '../hours';

const path = z
  .string()
  .regex(/^\/[\w/.~-]*[\w.~-]$/, 'it should be a path such as /api/x_tlc/live_chat/v1')
  .refine((text) => !text.split('/').some((part) => /^\.+$/.test(part)), 'it should not climb to another path');

const milliseconds = z.number().int().min(0).max(2_147_483_647);
const count = z.number().int().min(1);

/** What differs between instances, as `SERVICENOW_OPTIONS` gives it to the profile `scripted`. */
export const scriptedOptions = z.strictObject({
  /** Where the application's API is: another scope has another one. */
  base: path.default('/api/x_tlc/live_chat/v1'),
  tokenPath: path.default('/oauth_token.do'),
  filePath: path.default('/api/now/attachment'),
  /** Changes in one answer. */
  pageSize: count.max(500).default(500),
  /** Answers that are asked for in a row, in one look. */
  mostPages: count.default(200),
  /** Bytes of one answer at the most. */
  longestAnswer: count.default(20_000_000),
  /** How often the places in the queue are asked for while chats wait. */
  placesEveryMs: milliseconds.default(5_000),
  /** How long after its answer was lost, or the connector died, a call may still take effect; it is looked up only then. */
  lateEffectMs: milliseconds.default(3_000),
  /** Longest text of one message, in UTF-16 units. */
  longestMessage: z.number().int().min(200).max(30_000).default(4_000),
  /** Whether the queue is asked, before a chat is opened, if it is open. */
  availability: z.enum(['queue', 'off']).default('queue'),
  /** Whether files are put into the chat. Off, the agent gets their names, and links where there are any. */
  files: z.enum(['on', 'off']).default('on'),
  /** When the help desk is there: told to who comes when it is not. */
  hours: openingHours.optional(),
  /** Language of what the connector says to agents. */
  agentLocale: z.string().default('en'),
});

export type ScriptedOptions = z.infer<typeof scriptedOptions>;
