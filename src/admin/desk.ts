import type { Ledger, OfferEvent, Redriven } from '../control/ledger';
import type { ChatId, Conversation, ConversationKey, Instant } from '../conversation/types';
import type { Overview } from '../engine/overview';
import type { Clock } from '../engine/ports';
import type { ConversationStore, LedgerEntry, Trail } from '../engine/store';
import type { Readiness } from '../http/health';

export interface AdminDeskParts {
  readonly store: ConversationStore;
  readonly ledger: Ledger;
  readonly offer: OfferEvent;
  readonly clock: Clock;
  readonly readiness: () => Promise<Readiness>;
}

/** What the page shows. */
export interface Seen extends Overview {
  readonly at: Instant;
  readonly readiness: Readiness;
  /** Of the last week, the newest first. */
  readonly givenUp: readonly LedgerEntry[];
}

export type Ended = { readonly outcome: 'ended' } | { readonly outcome: 'refused'; readonly reason: 'not_live' };

/** What the people who run the connector can see and do. */
export interface AdminDesk {
  overview(): Promise<Seen>;
  trail(id: string): Promise<Trail>;
  /** Ends a live chat: the agent's side is left, and the employee is told. */
  end(key: ConversationKey, chat: ChatId): Promise<Ended>;
  redrive(key: ConversationKey, seq: number): Promise<Redriven>;
}

const rowsOfTable = 100;
const week = 7 * 24 * 3_600_000;
/** However many look at the page, the store is asked no more often. */
const freshMs = 2_000;

export function makeAdminDesk({ store, ledger, offer, clock, readiness }: AdminDeskParts): AdminDesk {
  let last: { readonly at: Instant; readonly seen: Promise<Seen> } | undefined;
  const look = async (at: Instant): Promise<Seen> => {
    const [overview, condition, givenUp] = await Promise.all([
      store.overview(rowsOfTable),
      readiness(),
      store.newestGivenUp((at - week) as Instant, rowsOfTable),
    ]);
    return { ...overview, at, readiness: condition, givenUp };
  };
  return {
    overview: async () => {
      const at = clock.now();
      if (!last || at - last.at > freshMs) {
        const seen = look(at);
        last = { at, seen };
        seen.catch(() => {
          last = undefined;
        });
      }
      return last.seen;
    },
    trail: (id) => ledger.trail(id),
    end: async (key, chat) => {
      const stored = await store.load(key);
      if (!stored || !isLive(stored.conversation, chat)) return { outcome: 'refused', reason: 'not_live' };
      const at = clock.now();
      await offer(key, { type: 'operator_ended', chat, at }, { correlation: `operator:${at}` });
      last = undefined;
      return { outcome: 'ended' };
    },
    redrive: async (key, seq) => {
      const redriven = await ledger.redrive(key, seq);
      last = undefined;
      return redriven;
    },
  };
}

function isLive({ phase }: Conversation, chat: ChatId): boolean {
  return (phase.name === 'queued' || phase.name === 'connected') && phase.chat.id === chat;
}
