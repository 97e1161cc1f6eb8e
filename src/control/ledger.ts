import type { ConversationEvent } from '../conversation/events';
import { type RedriveRefusal, RedriveRefused } from '../conversation/redrive';
import type { ConversationKey, Instant } from '../conversation/types';
import type { Offer } from '../engine/engine';
import type { Revised } from '../engine/parts';
import { type GivenUpPlace, type LedgerEntry, type LedgerStore, type Trail, turnOfRedrive } from '../engine/store';

/** The one door into a conversation. */
export type OfferEvent = (key: ConversationKey, event: ConversationEvent, offer: Offer) => Promise<Revised>;

/** Why an entry of the ledger is not redriven. */
export type Refusal =
  | RedriveRefusal
  /** Nothing of the kind was given up, or it is forgotten. */
  | 'not_given_up'
  | 'redriven_before'
  /** An older version gave it up, and kept no words. */
  | 'nothing_kept';

export type Redriven = { readonly outcome: 'redriven' } | { readonly outcome: 'refused'; readonly reason: Refusal };

/** The ledger as people ask it: from within the connector, over its socket, or with the database in hand. */
export interface Ledger {
  trail(id: string): Promise<Trail>;
  /** One page of what was given up since then, oldest first, after the given place; an empty one is the end. */
  givenUp(since: Instant, after?: GivenUpPlace): Promise<readonly LedgerEntry[]>;
  /** Puts what was given up back to work, once. */
  redrive(key: ConversationKey, seq: number): Promise<Redriven>;
}

/** Entries of one answer. */
export const pageSize = 500;

/** The ledger of a store; what is redriven goes through the door like everything else. */
export function makeLedger({ store, offer }: { readonly store: LedgerStore; readonly offer: OfferEvent }): Ledger {
  return {
    trail: (id) => store.trail(id, pageSize),
    givenUp: (since, after) => store.givenUp(since, pageSize, after),
    redrive: async (key, seq) => {
      const found = await store.givenUpWork(key, seq);
      if (!found) return refused('not_given_up');
      const { entry, effect } = found;
      if (entry.redrivenAt !== undefined) return refused('redriven_before');
      if (!effect) return refused('nothing_kept');
      const { correlation } = entry;
      try {
        const event = { type: 'redriven', effect, inDoubt: entry.state === 'unknown' } as const;
        const revised = await offer(key, event, { turn: turnOfRedrive(seq), correlation });
        if (revised === 'saved') return { outcome: 'redriven' };
        return refused(revised === 'seen' ? 'redriven_before' : 'not_given_up');
      } catch (error) {
        if (error instanceof RedriveRefused) return refused(error.refusal);
        throw error;
      }
    },
  };
}

function refused(reason: Refusal): Redriven {
  return { outcome: 'refused', reason };
}
