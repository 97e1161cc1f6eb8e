import { z } from 'zod';
import { openingHours } from '../hours';
import { isPattern } from '../is-pattern';

const path = z
  .string()
  .regex(/^\/[\w/.~-]*[\w.~-]$/, 'it should be a path such as /api/sn_va_as_service/bot/integration')
  .refine((text) => !text.split('/').some((part) => /^\.+$/.test(part)), 'it should not climb to another path');
const pattern = z.string().refine(isPattern, 'it should be a regular expression');
const milliseconds = z.number().int().min(0).max(2_147_483_647);

/** What differs between instances, as `SERVICENOW_OPTIONS` gives it to the profile `va-bot`. */
export const botOptions = z.strictObject({
  /** Where the Virtual Agent Bot Integration API is: an admin may have given it another path. */
  path: path.default('/api/sn_va_as_service/bot/integration'),
  uploadPath: path.default('/api/now/cccif/media/upload'),
  tokenPath: path.default('/oauth_token.do'),
  /** How an agent is asked for: one request, the same twice, words that start a topic, or a conversation made and started first. */
  handover: z.enum(['agent', 'agent_twice', 'start_text', 'create_start_agent']).default('agent'),
  /** What `start_text` says. */
  startText: z.string().min(1).default('live agent support.'),
  /** The instance drops what it does not take without a word: no callback for so long is a failure. */
  confirmMs: milliseconds.default(15_000),
  /** What the instance's routing goes by, beside what is always sent. Each name must be defined there. */
  contextVariables: z.record(z.string(), z.string()).default({}),
  /** The context variable that takes the queue of the hand-off, where the instance has one. */
  queueVariable: z.string().min(1).optional(),
  /** Whether what was said with the assistant is sent as the conversation's history, or as a part of the first words. */
  history: z.enum(['history', 'words']).default('words'),
  /** On every request, where several provider applications exist. */
  appInboundId: z.string().min(1).optional(),
  /** Where the token of the message stands. */
  tokenPlace: z.enum(['header', 'body']).default('header'),
  /** For so long the same callback without an id of its own is the same again. */
  repeatedWithinMs: milliseconds.default(2_000),
  /** A message of the platform's that tells who has come; the first group is the name. */
  enteredPattern: pattern.default('^(.+?) has (?:entered|joined) the (?:chat|conversation)'),
  /** `com.glide.cs.idle_chat_cancel_timeout` of the instance, milliseconds: it closes a chat in which the employee is silent for so long. 0: never. */
  idleCancelMs: milliseconds.default(360_000),
  /** What ServiceNow's own assistant is called. */
  botName: z.string().min(1).default('ServiceNow'),
  /** How long after its answer was lost, or the connector died, a call may still take effect. */
  lateEffectMs: milliseconds.default(3_000),
  /** Longest text of one message, in UTF-16 units. */
  longestMessage: z.number().int().min(200).max(100_000).default(4_000),
  /** Bytes of one answer at the most. */
  longestAnswer: z.number().int().min(1).default(1_000_000),
  /** Whether the agent's desk is told that the employee was shown the words (`third_party_chat` must be true there). */
  receipts: z.enum(['on', 'off']).default('off'),
  /** Whether files are put into the chat. Off, the agent gets their names, and links where there are any. */
  files: z.enum(['on', 'off']).default('on'),
  /** When the help desk is there: told to who comes when it is not. */
  hours: openingHours.optional(),
  /** Language of what the connector says to agents. */
  agentLocale: z.string().default('en'),
});

export type BotOptions = z.infer<typeof botOptions>;
