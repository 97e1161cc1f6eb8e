import { z } from 'zod';

const flag = z.union([z.boolean(), z.enum(['true', 'false'])]).transform((value) => value === true || value === 'true');
const named = z.looseObject({ name: z.string().optional(), id: z.string().optional() });
const fields = z.record(z.string(), z.unknown());

const attachment = z.looseObject({
  url: z.string().min(1),
  contentType: z.string().optional(),
  fileName: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
});

const message = z.looseObject({
  text: z.string().optional(),
  clientMessageId: z.string().optional(),
  attachment: z.union([attachment, z.array(attachment)]).optional(),
  id: z.string().optional(),
  status: z.string().optional(),
});

const historyLine = z.looseObject({
  displayName: z.string().default(''),
  isBotMessage: z.boolean().default(false),
  timestamp: z.union([z.string(), z.number()]).optional(),
  value: z.string(),
});

const actions = [
  'AGENT',
  'START_CONVERSATION',
  'CREATE_CONVERSATION',
  'START_CREATED_CONVERSATION',
  'END_CONVERSATION',
  'FAULT_CONVERSATION',
  'SEND_HISTORY',
  'SET_USER_TIMEZONE',
  'SWITCH',
  'TYPING',
  'VIEWING',
  'UPDATE_MESSAGES',
] as const;

const botRequest = z.looseObject({
  requestId: z.string().nullish(),
  clientSessionId: z.string().nullish(),
  userId: z.string().min(1),
  emailId: z.string().nullish(),
  action: z.enum(actions).nullish(),
  message: z.union([message, z.array(message)]).nullish(),
  silentMessage: flag.nullish(),
  contextVariables: fields.nullish(),
  clientVariables: fields.nullish(),
  history: z.union([z.array(historyLine), historyLine.transform((line) => [line])]).nullish(),
  timezone: z.string().nullish(),
  appInboundId: z.string().nullish(),
  token: z.string().nullish(),
  topic: named.nullish(),
  intent: named.nullish(),
  cause: z.string().nullish(),
});

export type BotRequest = z.infer<typeof botRequest>;
export type HistoryLine = z.infer<typeof historyLine>;
export type Attachment = z.infer<typeof attachment>;

/** The request; undefined when it lacks something or has it in the wrong shape. */
export function readRequest(body: unknown): BotRequest | undefined {
  const read = botRequest.safeParse(body);
  return read.success && isWhole(read.data) ? read.data : undefined;
}

/** What the employee says. */
export function textOf({ message: said }: BotRequest): string {
  return Array.isArray(said) ? '' : (said?.text ?? '');
}

export function attachmentsOf({ message: said }: BotRequest): Attachment[] {
  const attached = Array.isArray(said) ? [] : (said?.attachment ?? []);
  return Array.isArray(attached) ? attached : [attached];
}

/** What some actions ask for. */
function isWhole(request: BotRequest): boolean {
  switch (request.action) {
    case 'END_CONVERSATION':
      return textOf(request) === '';
    case 'SWITCH':
      return Boolean(request.topic) !== Boolean(request.intent);
    case 'SEND_HISTORY':
      return Boolean(request.history);
    case 'SET_USER_TIMEZONE':
      return Boolean(request.timezone);
    case 'UPDATE_MESSAGES':
      return Array.isArray(request.message);
    case undefined:
    case null:
      return textOf(request) !== '' || attachmentsOf(request).length > 0;
    default:
      return true;
  }
}
