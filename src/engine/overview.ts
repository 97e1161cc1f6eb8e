import type { Effect } from '../conversation/effects';
import type { CloseReason } from '../conversation/end-of-chat';
import type { ChatId, ConversationKey, Instant } from '../conversation/types';

/** A live chat as those see it who run the connector: ids and times, never words or names. */
export interface LiveChatSeen {
  readonly key: ConversationKey;
  readonly chat: ChatId;
  readonly number?: string;
  readonly phase: 'queued' | 'connected';
  readonly openedAt: Instant;
  /** When it came into this phase. */
  readonly since: Instant;
  readonly lastWordAt: Instant;
}

/** A chat that is over. */
export interface EndedChatSeen {
  readonly key: ConversationKey;
  readonly chat: ChatId;
  readonly number?: string;
  /** Absent when the same employee has had another chat since. */
  readonly reason?: CloseReason;
  readonly endedAt: Instant;
}

/** Effects of one kind that are not settled. */
export interface WaitingWork {
  readonly type: Effect['type'];
  readonly count: number;
  /** When the oldest of them was stored; absent where an older version of the connector stored them. */
  readonly oldestAt?: Instant;
}

/** What goes on, in all conversations of the store. */
export interface Overview {
  /** The oldest first, as many as were asked for. */
  readonly live: readonly LiveChatSeen[];
  readonly queued: number;
  readonly connected: number;
  /** The newest first. */
  readonly ended: readonly EndedChatSeen[];
  readonly waiting: readonly WaitingWork[];
}

export interface OverviewStore {
  /** At most so many live and so many ended chats; the counts are of all. */
  overview(limit: number): Promise<Overview>;
}
