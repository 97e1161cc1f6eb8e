import type { ConversationKey } from '../conversation/types';

/** Rises each time a conversation changes hands. Who holds an older one may write no more for it. */
export type Fence = number;

/**
 * Who works for which conversation, where several processes share one store. Any process may take an event in; only the owner of a
 * conversation carries out its effects.
 */
export interface Ownership {
  /** Takes the conversation for this process, or keeps it; `undefined` while another process that is alive has it. */
  claim(key: ConversationKey): Promise<Fence | undefined>;
  /** False when what this process owns may be another's by now (it was frozen, or the store is away): no call may leave then. */
  mayAct(): boolean;
  /** Rises each time this process may have lost what it owned, also if it has it again by now. */
  term(): number;
  /** Whether this process reads the live chats for all. */
  readsForAll(): boolean;
  /** Processes that are alive, this one included: a tenant's rate limit is shared among them. */
  processes(): number;
  /** Calls back when another process says that there is something to do for a conversation: a hint, never the truth. */
  onHint(listener: (key: ConversationKey) => void): void;
  /** Says to the process that reads for all that there is news. A hint: whoever misses it reads at its next tick. */
  tellReader(): void;
  /** Calls back when some process says so. */
  onNews(listener: () => void): void;
  /** Calls back when this process begins or ceases to read for all. */
  onReading(listener: (reads: boolean) => void): void;
}

/** One process alone: everything is its own, always. The lock of the embedded database is its lease. */
export const soleOwner: Ownership = {
  claim: async () => 1,
  mayAct: () => true,
  term: () => 1,
  readsForAll: () => true,
  processes: () => 1,
  onHint: () => {},
  tellReader: () => {},
  onNews: () => {},
  onReading: () => {},
};
