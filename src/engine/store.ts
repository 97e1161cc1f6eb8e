import type { Effect, PendingEffect } from '../conversation/effects';
import type { TranscriptLine } from '../conversation/step';
import type { ChatId, Conversation, ConversationKey, Instant, RowId, TurnId } from '../conversation/types';
import type { OverviewStore } from './overview';
import type { Fence } from './ownership';
import type { WatchedChat } from './ports';

/** One conversation as it is kept: the version goes up by one with every commit. */
export interface Stored {
  readonly conversation: Conversation;
  readonly version: number;
  /** The effects that are not settled, in order. */
  readonly outbox: readonly PendingEffect[];
  /** Number of effects that the conversation ever had. */
  readonly effects: number;
}

/** How an effect ended: its last word in the ledger. */
export interface Settlement {
  readonly seq: number;
  readonly outcome: 'done' | 'withdrawn' | 'given_up' | 'unknown';
  /** A kind or an id of the far side, never words. */
  readonly detail?: string;
}

/** Everything that one step changes: all of it is kept, or nothing. */
export interface Change {
  readonly key: ConversationKey;
  /** The version that the step was made from; 0 for a conversation that is not known yet. */
  readonly from: number;
  readonly conversation: Conversation;
  readonly effects: number;
  /** New effects and changed ones. */
  readonly put: readonly PendingEffect[];
  readonly settle: readonly Settlement[];
  /** The turn that led to this step, when it came from the channel. */
  readonly turn?: TurnId;
  readonly lines: readonly TranscriptLine[];
  /** When the conversation wants to be woken although nothing happens. */
  readonly wakeAt?: Instant;
  /** A message that is about to be sent to Teams, for the rate limits. */
  readonly sentAt?: Instant;
  readonly at: Instant;
  /** Set on what only the owner of a conversation may write: it is kept if this process still owns it with this fence. */
  readonly fence?: Fence;
}

/** `stale`: somebody else was faster. `seen`: the turn was taken before. `fenced`: another process owns the conversation now. Nothing was changed then. */
export type Committed = 'saved' | 'stale' | 'seen' | 'fenced';

/** One effect as the ledger tells of it: times, kinds and ids, never words or names. */
export interface LedgerEntry {
  readonly key: ConversationKey;
  readonly seq: number;
  readonly type: Effect['type'];
  readonly correlation: string;
  /** How it ended, or how far it is. */
  readonly state: Settlement['outcome'] | PendingEffect['state'];
  readonly attempts: number;
  /** Absent where an older version of the connector stored it. */
  readonly storedAt?: Instant;
  readonly firstAttemptAt?: Instant;
  readonly lastAttemptAt?: Instant;
  readonly settledAt?: Instant;
  readonly detail?: string;
  /** The live chat that it belongs to. */
  readonly chat?: ChatId;
  /** The row of ServiceNow's that it showed, or that it became. */
  readonly row?: RowId;
  /** When it was put back to work after it had been given up. */
  readonly redrivenAt?: Instant;
}

/** A turn that was taken. */
export interface ReceivedTurn {
  readonly key: ConversationKey;
  readonly turn: TurnId;
  readonly at: Instant;
}

/** What is known about one id, oldest first. */
export interface Trail {
  readonly received: readonly ReceivedTurn[];
  readonly effects: readonly LedgerEntry[];
}

/** The place of an entry among those that were given up. */
export interface GivenUpPlace {
  readonly settledAt: Instant;
  readonly key: ConversationKey;
  readonly seq: number;
}

/** Work that was given up, or whose outcome nobody knows. */
export interface GivenUp {
  readonly entry: LedgerEntry;
  /** Absent where an older version of the connector gave it up. */
  readonly effect?: Effect;
}

/** What became of everything, for people who ask. */
export interface LedgerStore {
  /** The newest so many effects that belong to a turn, a correlation, a row or a chat of ServiceNow's, or a conversation. */
  trail(id: string, limit: number): Promise<Trail>;
  /** What was given up since then or has an unknown outcome, oldest first, after the given place. */
  givenUp(since: Instant, limit: number, after?: GivenUpPlace): Promise<readonly LedgerEntry[]>;
  /** The newest of those since then, the newest first. */
  newestGivenUp(since: Instant, limit: number): Promise<readonly LedgerEntry[]>;
  /** One of those, with what is needed to do it again. */
  givenUpWork(key: ConversationKey, seq: number): Promise<GivenUp | undefined>;
}

const redriveMark = 'redrive:';

/**
 * The turn with which an entry of the ledger is redriven: like every turn it is taken once. It is kept as long as the ledger is, and is
 * when the entry was redriven.
 */
export function turnOfRedrive(seq: number): TurnId {
  return `${redriveMark}${seq}` as TurnId;
}

export function isRedrive(turn: TurnId): boolean {
  return turn.startsWith(redriveMark);
}

/** Where conversations are kept. `saved` is durable: it survives SIGKILL and power loss. */
export interface ConversationStore extends LedgerStore, OverviewStore {
  load(key: ConversationKey): Promise<Stored | undefined>;
  commit(change: Change): Promise<Committed>;
  /**
   * Conversations with an effect that may be carried out, or a wake time that has come, in the order of their keys and after the given
   * one; those that another living process works for are left out.
   */
  due(now: Instant, limit: number, after?: ConversationKey): Promise<readonly ConversationKey[]>;
  /** The chats that the reader must watch: queued and connected ones. */
  watched(): Promise<readonly WatchedChat[]>;
  /** A send to Teams that is no effect (a typing sign). */
  noteSend(key: ConversationKey, at: Instant): Promise<void>;
  /** When messages were sent to Teams in this conversation since then, oldest first. */
  sends(key: ConversationKey, since: Instant): Promise<readonly Instant[]>;
  /** Lines of all conversations in the order they were said. */
  transcript(from: Instant, to: Instant): AsyncIterable<TranscriptLine & { readonly key: ConversationKey }>;
  /** Forgets what is older than this: settled effects (with when they were redriven), seen turns, transcript lines, sends. Live chats are kept. */
  forget(before: { readonly seen: Instant; readonly ledger: Instant; readonly sends: Instant }): Promise<number>;
  /** The latest time at which anything was kept: no clock of a process begins before it. */
  newest(): Promise<Instant>;
  /** Whether a backup was put back, as far as the store can tell, and nobody has dealt with that yet. */
  wasPutBack(): Promise<boolean>;
  /** It has been dealt with. */
  acceptPutBack(): Promise<void>;
  /** Throws when the store cannot be used now. */
  check(): Promise<void>;
  close(): Promise<void>;
}
