import type { Conversation } from '../conversation/types';
import type { EndedChatSeen, LiveChatSeen, Overview, WaitingWork } from '../engine/overview';
import type { LedgerEntry } from '../engine/store';
import { withoutGaps } from './traces';

/** What goes on, for the store in memory. */
export function overviewOfMemory(
  conversations: readonly Conversation[],
  ledger: readonly LedgerEntry[],
  limit: number,
): Overview {
  const live = conversations.flatMap(liveSeen).sort((one, other) => one.openedAt - other.openedAt);
  const ended = ledger.filter(({ type }) => type === 'leave').flatMap((entry) => endedSeen(entry, conversations));
  return {
    live: live.slice(0, limit),
    queued: live.filter(({ phase }) => phase === 'queued').length,
    connected: live.filter(({ phase }) => phase === 'connected').length,
    ended: ended.sort((one, other) => other.endedAt - one.endedAt).slice(0, limit),
    waiting: waitingIn(ledger.filter(({ settledAt }) => settledAt === undefined)),
  };
}

function liveSeen({ key, phase }: Conversation): LiveChatSeen[] {
  if (phase.name !== 'queued' && phase.name !== 'connected') return [];
  const { chat, since, lastWordAt } = phase;
  const { id, openedAt, number } = chat;
  return [{ key, chat: id, phase: phase.name, openedAt, since, lastWordAt, ...withoutGaps({ number }) }];
}

function endedSeen({ key, chat, settledAt }: LedgerEntry, conversations: readonly Conversation[]): EndedChatSeen[] {
  if (chat === undefined || settledAt === undefined) return [];
  const last = conversations.find((conversation) => conversation.key === key)?.last;
  const known = last?.id === chat ? withoutGaps({ number: last.number, reason: last.reason }) : {};
  return [{ key, chat, endedAt: settledAt, ...known }];
}

function waitingIn(entries: readonly LedgerEntry[]): WaitingWork[] {
  const types = [...new Set(entries.map(({ type }) => type))].sort();
  return types.map((type) => {
    const of = entries.filter((entry) => entry.type === type);
    const [oldestAt] = of.flatMap(({ storedAt }) => storedAt ?? []).sort((one, other) => one - other);
    return { type, count: of.length, ...withoutGaps({ oldestAt }) };
  });
}
