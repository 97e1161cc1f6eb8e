import type { CloseReason } from '../conversation/end-of-chat';
import type { ChatId, ConversationKey, Instant } from '../conversation/types';
import type { EndedChatSeen, LiveChatSeen, Overview, WaitingWork } from '../engine/overview';
import { withoutGaps } from './traces';

/** Ended chats are looked for among so many of the newest entries of the ledger, so that a quiet year takes no longer than a busy day. */
export const newestEntries = 20_000;

/** A live chat as the tables tell of it. */
export interface LiveRow {
  readonly key: ConversationKey;
  readonly chat: ChatId;
  readonly number: string | null;
  readonly phase: LiveChatSeen['phase'];
  readonly opened_at: Instant;
  readonly since: Instant;
  readonly last_word_at: Instant;
}

export interface PhaseRow {
  readonly phase: LiveChatSeen['phase'];
  readonly count: number;
}

/** A chat that was left, and the one that its conversation had last. */
export interface LeftRow {
  readonly key: ConversationKey;
  readonly chat: ChatId;
  readonly settled_at: Instant;
  readonly last: string | null;
  readonly number: string | null;
  readonly reason: CloseReason | null;
}

export interface WaitingRow {
  readonly type: WaitingWork['type'];
  readonly count: number;
  readonly oldest_at: Instant | null;
}

export interface OverviewRows {
  readonly live: readonly LiveRow[];
  readonly phases: readonly PhaseRow[];
  readonly left: readonly LeftRow[];
  readonly waiting: readonly WaitingRow[];
}

export function overviewOf({ live, phases, left, waiting }: OverviewRows): Overview {
  const count = (phase: string) => phases.find((row) => row.phase === phase)?.count ?? 0;
  return {
    live: live.map(liveSeen),
    queued: count('queued'),
    connected: count('connected'),
    ended: left.map(endedSeen),
    waiting: waiting.map(({ type, count: so, oldest_at }) => ({
      type,
      count: so,
      ...withoutGaps({ oldestAt: oldest_at }),
    })),
  };
}

function liveSeen({ key, chat, number, phase, opened_at, since, last_word_at }: LiveRow): LiveChatSeen {
  return { key, chat, phase, openedAt: opened_at, since, lastWordAt: last_word_at, ...withoutGaps({ number }) };
}

function endedSeen({ key, chat, settled_at, last, number, reason }: LeftRow): EndedChatSeen {
  const isLast = last === chat;
  return { key, chat, endedAt: settled_at, ...(isLast ? withoutGaps({ number, reason }) : {}) };
}
