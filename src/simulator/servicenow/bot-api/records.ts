import type { BotRequest } from './request';

/** One thing that the platform says in a callback. */
export type Item = Readonly<Record<string, unknown>>;

/** What was said before an agent was there: what the client told of, and the talk with the Virtual Agent. */
export interface Line {
  id: string;
  author: 'requester' | 'system';
  name: string;
  text: string;
  at: number;
}

/** A conversation with the Virtual Agent, which may have a live chat in it. */
export interface BotConversation {
  id: string;
  interactionId: string;
  /** The client's id of the employee. */
  userId: string;
  emailId: string | null;
  /** The platform's user: the one whose account is linked, else the guest. */
  requesterId: string;
  linked: boolean;
  clientSessionId: string | null;
  clientVariables: Record<string, unknown> | null;
  contextVariables: Record<string, unknown>;
  timezone: string | null;
  appInboundId: string | null;
  silent: boolean;
  phase: 'bot' | 'waiting' | 'live' | 'ended';
  startedAt: number;
  /** The latest request. */
  requestId: string | null;
  /** The request that is being answered: before a live agent is there, others are ignored meanwhile. */
  inFlight: string | null;
  /** How many requests it had. */
  requests: number;
  /** The Virtual Agent has asked what an agent is wanted for. */
  asked: boolean;
  /** The latest live chat. */
  chat: string | null;
  /** Who answers, by what callbacks have told; null while nobody does. */
  toldAgent: string | null;
  toldTransfer: boolean;
  /** The silence that the employee was reminded of, by its beginning. */
  remindedOf: number | null;
  transcript: Line[];
  /** Whether the employee types, by what the client tells. */
  typing: boolean;
  /** What the client tells of single messages. */
  receipts: Record<string, { status?: string; text?: string }>;
  files: { url: string; outcome: 'taken' | 'untrusted' | 'failed' }[];
}

/** One request and what became of it. */
export interface RequestRecord {
  at: number;
  userId: string | null;
  requestId: string | null;
  action: string | null;
  outcome: 'taken' | 'repeated' | 'busy' | 'malformed' | 'no_proof';
}

/** What is to be called back with: items, and what stands around them. */
export interface Parcel {
  conversation: string;
  items: Item[];
  /** All of the callback but its items; the ids are added when it is sent. */
  envelope: Record<string, unknown>;
  /** The request that is answered with it. */
  answers: string | null;
}

/** A callback that is ready to be sent. */
export interface Callback {
  id: string;
  conversation: string;
  body: string;
  /** The request whose answer is complete with it. */
  answers: string | null;
  /** The rule that bent it. */
  fault: string | null;
  /** Sent with credentials that are not right. */
  badAuth: boolean;
}

/** What is to happen by itself. */
export type BotDue =
  | { kind: 'answer'; conversation: string; request: BotRequest; twice: boolean }
  | { kind: 'silenceCheck'; conversation: string; chat: string }
  | { kind: 'release'; callback: string };

/** Everything that the simulator knows about this API. */
export interface BotState {
  conversations: Record<string, BotConversation>;
  /** The client's id of an employee → the latest conversation. */
  byUser: Record<string, string>;
  /** Chat of the desk → conversation. */
  byChat: Record<string, string>;
  /** Ids of requests, each with its user's. */
  seen: Record<string, true>;
  requests: RequestRecord[];
  outbox: Parcel[];
  /** Callbacks that are late on purpose. */
  held: Callback[];
  /** Where clients reach the instance, by their latest request. */
  origin: string;
}

/** The state before anybody has called. */
export function emptyBotState(): BotState {
  return { conversations: {}, byUser: {}, byChat: {}, seen: {}, requests: [], outbox: [], held: [], origin: '' };
}
