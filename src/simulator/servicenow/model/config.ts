import { z } from 'zod';
import { botDefaults, botSwitches } from '../bot-api/switches';

const milliseconds = z.number().int().min(0);

const rateRule = z.strictObject({
  id: z.string().min(1),
  /** Regular expression over the path. */
  pathPattern: z.string(),
  /** User name; absent: each user has a count of its own. */
  user: z.string().optional(),
  perHour: z.number().int().min(0),
});

/** Where a business rule tells of new rows; `secret` signs (`whsec_…`) or is sent as it is. */
const push = z.strictObject({ url: z.url(), secret: z.string(), retries: z.number().int().min(0).optional() });

/** The switches of the simulated instance: where the real platform's behaviour is unknown or differs, a client must bear each setting. */
export const configSchema = z.strictObject({
  /** `second`: a row's `timestamp` is its whole second; `ms`: it carries the milliseconds. */
  timestampMode: z.enum(['second', 'ms']),
  /** How a page of a thread is ordered; the page always holds the newest rows. */
  order: z.enum(['desc', 'asc', 'shuffled']),
  beforeInclusive: z.boolean(),
  pageSize: z.number().int().min(1),
  messageId: z.enum(['string', 'number']),
  messageText: z.enum(['both', 'message', 'formatted_message']),
  createStatus: z.union([z.literal(200), z.literal(201)]),
  postStatus: z.union([z.literal(200), z.literal(201)]),
  /** What a write to an ended chat gets; `silent`: 201, and the row is stored though nobody may read it any more. */
  closedWriteMode: z.enum(['403', '404', 'silent']),
  unknownChatMode: z.enum(['403', '404']),
  /** What a leave of an ended chat gets. */
  secondLeave: z.enum(['same', '404']),
  /** Texts of the platform; `{name}` stands for whom they are about, null for no text. */
  leaveWording: z.string().nullable(),
  joinWording: z.string().nullable(),
  transferWording: z.string().nullable(),
  idleReminderWording: z.string().nullable(),
  idleCloseWording: z.string().nullable(),
  /** A closing's id, or a text of one's own with `{name}`. */
  closingWording: z.string(),
  closeTextInThread: z.boolean(),
  joinDelayMs: milliseconds,
  transferDelayMs: milliseconds,
  /** Silence after which the requester is reminded, and the chat closed; 0 = never. */
  idleReminderMs: milliseconds,
  idleCloseMs: milliseconds,
  /** The list of a caller's chats in one queue. */
  listCall: z.enum(['on', 'off', 'withoutLastMessage']),
  listEnded: z.boolean(),
  /** The list of queue entries. */
  stateCall: z.enum(['on', 'off']),
  sessionsWithoutClosed: z.enum(['all', 'open']),
  /** Whether callers who are not agents see work notes in threads. */
  workNotesVisible: z.boolean(),
  /** How far the platform's clock is ahead of the simulator's. */
  skewMs: z.number().int(),
  tokenSeconds: z.number().int().min(1),
  refreshSeconds: z.number().int().min(1),
  rateRules: z.array(rateRule),
  push: push.nullable(),
  /** The application that opens Agent Chat: whether it is there, and whether its business rules are active. */
  appInstalled: z.boolean(),
  appRules: z.boolean(),
  /** System properties that callers may read; null when their rights do not reach so far. */
  properties: z.record(z.string(), z.string()).nullable(),
  ...botSwitches,
});

export type Config = z.infer<typeof configSchema>;
export type RateRule = z.infer<typeof rateRule>;

/** Some switches, to change them and leave the others. */
export const configPatchSchema = configSchema.partial();

/** How the simulated instance behaves when nobody says otherwise. */
export const defaultConfig: Config = {
  timestampMode: 'second',
  order: 'desc',
  beforeInclusive: false,
  pageSize: 30,
  messageId: 'string',
  messageText: 'both',
  createStatus: 201,
  postStatus: 201,
  closedWriteMode: '403',
  unknownChatMode: '404',
  secondLeave: 'same',
  leaveWording: '{name} has left the support session',
  joinWording: null,
  transferWording: null,
  idleReminderWording: 'The conversation is timing out, are you still there?',
  idleCloseWording: 'The support session was closed.',
  closingWording: 'closed',
  closeTextInThread: true,
  joinDelayMs: 0,
  transferDelayMs: 0,
  idleReminderMs: 0,
  idleCloseMs: 0,
  listCall: 'on',
  listEnded: false,
  stateCall: 'on',
  sessionsWithoutClosed: 'all',
  workNotesVisible: true,
  skewMs: 0,
  tokenSeconds: 1800,
  refreshSeconds: 8_640_000,
  rateRules: [],
  push: null,
  appInstalled: true,
  appRules: true,
  properties: null,
  ...botDefaults,
};
