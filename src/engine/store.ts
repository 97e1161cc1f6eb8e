import type { PendingEffect } from '../conversation/effects';
import type { TranscriptLine } from '../conversation/step';
import type { Conversation, ConversationKey, Instant, TurnId } from '../conversation/types';
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

/** Where conversations are kept. `saved` is durable: it survives SIGKILL and power loss. */
export interface ConversationStore {
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
  /** Forgets what is older than this: settled effects, seen turns, transcript lines, sends. Live chats are kept. */
  forget(before: { readonly seen: Instant; readonly ledger: Instant; readonly sends: Instant }): Promise<number>;
  /** The latest time at which anything was kept: no clock of a process begins before it. */
  newest(): Promise<Instant>;
  /** Throws when the store cannot be used now. */
  check(): Promise<void>;
  close(): Promise<void>;
}
