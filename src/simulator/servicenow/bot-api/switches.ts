import { z } from 'zod';

const milliseconds = z.number().int().min(0);
const host = z.string().min(1);

/** How the instance proves to the receiver of its callbacks who calls. */
const callbackAuth = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('basic'), user: z.string(), password: z.string() }),
  z.strictObject({ kind: z.literal('bearer'), token: z.string() }),
  z.strictObject({ kind: z.literal('header'), name: z.string().min(1), value: z.string() }),
  z.strictObject({ kind: z.literal('query'), name: z.string().min(1), value: z.string() }),
]);

const callback = z.strictObject({
  url: z.url(),
  auth: callbackAuth.optional(),
  /** Ten at the most, as on the real platform. */
  headers: z
    .record(z.string(), z.string())
    .refine((each) => Object.keys(each).length <= 10, 'holds more than ten headers')
    .optional(),
});

/** What a request must prove beside the credentials of its caller. */
const messageAuth = z.discriminatedUnion('kind', [
  /** In the header `token` or, without that, in the body. */
  z.strictObject({ kind: z.literal('token'), token: z.string().min(1) }),
  /** `x-b2b-signature`: HMAC-SHA1 of the exact body, in hex. */
  z.strictObject({ kind: z.literal('hash'), secret: z.string().min(1) }),
]);

/** The switches of the Virtual Agent Bot Integration API. */
export const botSwitches = {
  /** Where callbacks go; null: nowhere. */
  callback: callback.nullable(),
  callbackTimeoutMs: z.number().int().min(1),
  callbackRetries: z.number().int().min(0),
  /** How the items of one answer are spread over callbacks. */
  callbackGrouping: z.enum(['batch', 'perItem', 'random']),
  /** `kept`: one callback of a conversation at a time; `free`: all at once, whichever arrives first. */
  callbackOrder: z.enum(['kept', 'free']),
  /** Off: no messageId and no interactionId, as before version 4.0. */
  idsInCallbacks: z.enum(['on', 'off']),
  /** What stands as requestId in what no request asked for. */
  requestIdMode: z.enum(['last', 'fresh']),
  agentChatWhileWaiting: z.boolean(),
  /** Until the immediate answer; real milliseconds. */
  ackDelayMs: milliseconds,
  /** From the immediate answer to what comes of the request, on the simulator's clock. */
  botDelayMs: milliseconds,
  /** Whether the resource asks for Basic or OAuth credentials. */
  botRequiresAuth: z.boolean(),
  messageAuth: messageAuth.nullable(),
  /** On the real platform accounts are linked only where messages are authenticated. */
  accountLinking: z.enum(['withMessageAuth', 'always', 'never']),
  /** What cannot be done gets 400; else 200, and no callback. */
  strict400: z.boolean(),
  /** The property `third_party_chat`. */
  thirdPartyChat: z.boolean(),
  /** Whether callers may read records of conversations through the Table API. */
  tableReads: z.enum(['on', 'off']),
  /** History is taken from later requests, too. */
  historyInOngoing: z.boolean(),
  /** `picker`: the Virtual Agent first offers topics, unless `live_agent_only` is "true". */
  handover: z.enum(['direct', 'picker']),
  /** The context variable that names a queue by id or name. */
  queueVariable: z.string(),
  /** Where chats wait that name no queue; null: in the first one. */
  liveAgentQueue: z.string().nullable(),
  greetingWording: z.string(),
  standByWording: z.string(),
  routingWording: z.string(),
  noAgentsWording: z.string(),
  enteredWording: z.string(),
  endedWording: z.string(),
  notUnderstoodWording: z.string(),
  leftWording: z.string(),
  /** Typing of agents; `suffixed`: under the names with `ActionMsg` at their end. */
  agentTyping: z.enum(['off', 'on', 'suffixed']),
  /** What says that the live part is over. */
  closeTells: z.enum(['both', 'completed', 'switch']),
  /** Silence of the employee after which it is asked, and the chat ended; 0 = never. Looked at every two minutes. */
  idleChatReminderMs: milliseconds,
  idleChatCancelMs: milliseconds,
  idleAfterAgentAnswer: z.boolean(),
  /** How a file of an agent is told of; `OutputImage` is for pictures, and links for all others. */
  agentFileMode: z.enum(['OutputImage', 'OutputLink', 'OutputTextUrl']),
  mediaUrls: z.enum(['absolute', 'relative']),
  /** Hosts from which files are fetched; what lies elsewhere is dropped without a word. The instance's own are always taken. */
  trustedMediaDomains: z.array(host),
  /** What a file that was uploaded is said to be. */
  mediaState: z.enum(['available', 'conditionally available', 'not available', 'pending']),
};

const schema = z.strictObject(botSwitches);

export type BotSwitches = z.infer<typeof schema>;
export type CallbackAuth = z.infer<typeof callbackAuth>;

/** How this API behaves when nobody says otherwise. */
export const botDefaults: BotSwitches = {
  callback: null,
  callbackTimeoutMs: 5_000,
  callbackRetries: 0,
  callbackGrouping: 'batch',
  callbackOrder: 'kept',
  idsInCallbacks: 'on',
  requestIdMode: 'last',
  agentChatWhileWaiting: true,
  ackDelayMs: 0,
  botDelayMs: 0,
  botRequiresAuth: true,
  messageAuth: null,
  accountLinking: 'withMessageAuth',
  strict400: false,
  thirdPartyChat: false,
  tableReads: 'on',
  historyInOngoing: false,
  handover: 'direct',
  queueVariable: 'queue',
  liveAgentQueue: null,
  greetingWording: 'Hi, how can I help you?',
  standByWording: 'Please stand by while I connect you to a live agent.',
  routingWording: 'Routing you to a live agent...',
  noAgentsWording: 'There are no agents available at the moment. Please try again later.',
  enteredWording: '{name} has entered the chat.',
  endedWording: 'Your conversation has ended.',
  notUnderstoodWording: 'I did not understand that. Please choose one of these.',
  leftWording: 'It seems you have left the conversation',
  agentTyping: 'off',
  closeTells: 'both',
  idleChatReminderMs: 180_000,
  idleChatCancelMs: 360_000,
  idleAfterAgentAnswer: true,
  agentFileMode: 'OutputImage',
  mediaUrls: 'absolute',
  trustedMediaDomains: [],
  mediaState: 'available',
};
