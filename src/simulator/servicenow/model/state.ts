import type { Tables } from '#live-chat-app/memory/tables';
import type { BotDue, BotState } from '../bot-api/records';
import type { FaultRecord } from '../faults/rule';
import type { ClockState } from './clock';
import type { Config } from './config';

/** States of a queue entry, by the numbers that the platform uses. */
export const entryState = {
  waiting: 1,
  inProgress: 2,
  closedComplete: 3,
  closedEscalated: 4,
  closedByClient: 7,
  closedAbandoned: 8,
} as const;

export type EntryState = (typeof entryState)[keyof typeof entryState];

/** What makes a user an agent: whether there is room for chats, and what happens without a person at the desk. */
export interface AgentTraits {
  available: boolean;
  /** How many chats the agent takes by `autoAccept`; people may take more. */
  capacity: number;
  /** Takes waiting chats after so many milliseconds; null leaves it to people. */
  autoAccept: { afterMs: number } | null;
  /** Answers each word of a requester; `{text}` stands for what was said. */
  autoReply: { text: string; afterMs: number } | null;
}

export interface User {
  sysId: string;
  userName: string;
  name: string;
  /** What accounts are linked by; empty for none. */
  email: string;
  active: boolean;
  password: string;
  /** The live_profile of this user. */
  profile: string;
  agent: AgentTraits | null;
}

/** Opening hours in UTC: days 0 (Sunday) to 6, times as HH:MM, the end exclusive. */
export interface Hours {
  days: number[];
  from: string;
  to: string;
}

export interface Queue {
  id: string;
  name: string;
  question: string;
  /** False closes the queue whatever the hours say. */
  open: boolean;
  hours: Hours | null;
  notAvailable: string;
  averageWaitTime: string;
  /** Posted as the agent after acceptance; empty for none. */
  initialAgentResponse: string;
  escalateTo: string | null;
}

export interface OAuthClient {
  id: string;
  secret: string;
  /** The user whose rights a client_credentials token carries. */
  userName: string;
}

export interface Token {
  access: string;
  refresh: string | null;
  clientId: string;
  userId: string;
  expiresAt: number;
  refreshUntil: number;
}

/** A file that is attached to a record. */
export interface Upload {
  id: string;
  table: string;
  /** The id of the record. */
  record: string;
  name: string;
  contentType: string;
  sizeBytes: number;
  /** SHA-256 of the bytes. */
  hash: string;
  /** The bytes in base64. */
  content: string;
  /** Platform time. */
  createdAt: number;
  createdBy: string;
}

/** What is shown of a file in a thread. */
export interface RowFile {
  id: string;
  name: string;
  contentType: string;
  sizeBytes: number;
}

export interface Row {
  id: string;
  /** Order of insertion over all chats. */
  seq: number;
  author: 'requester' | 'agent' | 'system';
  userId: string | null;
  text: string;
  /** Platform time, milliseconds; what is shown of it depends on `timestampMode`. */
  at: number;
  /** Simulator time of the insertion: what `staleRead` counts from. */
  insertedAt: number;
  /** Reads do not see the row before this simulator time; the agent's pane always does. */
  visibleAt: number;
  workNote: boolean;
  files: RowFile[];
  /** The tag that the writing client sent along, if any. */
  context: string | null;
}

export interface Transfer {
  state: 'pending' | 'accepted' | 'rejected' | 'cancelled';
  from: string;
  to: string;
  changedAt: number;
}

export interface Chat {
  /** The conversation (group) id. */
  id: string;
  entryId: string;
  /** The queue entry's own live_profile: author of what the platform says. */
  profile: string;
  number: string;
  queueId: string;
  requesterId: string;
  state: EntryState;
  agentId: string | null;
  shortDescription: string;
  openedAt: number;
  queuedAt: number;
  acceptedAt: number | null;
  endedAt: number | null;
  updatedAt: number;
  transfer: Transfer | null;
  /** The chat that took over after an escalation. */
  followUp: string | null;
  /** Users added to the conversation beside the requester and the agent. */
  members: string[];
  /** What the requester's client stored through the conversation resource. */
  settings: Record<string, unknown>;
  rows: Row[];
}

/** Something that is to happen by itself at a time of the simulator's clock. */
export interface Due {
  at: number;
  order: number;
  chat: string;
  what:
    | { kind: 'initialResponse'; agent: string }
    | { kind: 'rowAppears'; row: string }
    | { kind: 'appCatchesUp' }
    | { kind: 'transferAccepted' }
    | { kind: 'idleReminder' | 'idleClose' }
    | { kind: 'autoAccept'; agent: string }
    | { kind: 'autoReply'; agent: string; text: string }
    | { kind: 'bot'; what: BotDue };
}

/** Everything the simulator knows, as plain data: what the state file holds. */
export interface State {
  seed: string;
  ids: number;
  rowSeq: number;
  chatNumber: number;
  dueOrder: number;
  clock: ClockState;
  config: Config;
  users: Record<string, User>;
  queues: Record<string, Queue>;
  clients: OAuthClient[];
  tokens: Token[];
  chats: Record<string, Chat>;
  uploads: Record<string, Upload>;
  /** Records of Agent Chat, and of the application that opens it. */
  tables: Tables;
  /** Conversations of the Virtual Agent Bot Integration API. */
  bot: BotState;
  due: Due[];
  /** Rate rule and user → calls in the hour that began at `hour`. */
  rates: Record<string, { hour: number; count: number }>;
  faults: FaultRecord[];
  faultNumber: number;
}

/** True once nobody can go on in this chat without a rejoin. */
export function isEnded(chat: Chat): boolean {
  return chat.state !== entryState.waiting && chat.state !== entryState.inProgress;
}
