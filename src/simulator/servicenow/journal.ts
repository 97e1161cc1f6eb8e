/** One request that came in on the platform plane, and what became of it. */
export interface JournalEntry {
  /** Counts from 1; what `since` compares with. */
  readonly n: number;
  /** Simulator time at which the request was whole. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Whom the credentials named, right or wrong. */
  readonly user: string | null;
  readonly chat: string | null;
  /** What was sent; null when no answer was. */
  readonly status: number | null;
  readonly outcome: 'answered' | 'reset' | 'unanswered';
  /** Ids of chats and rows that came into being or changed. */
  readonly effects: readonly string[];
  /** The rule that bent this request. */
  readonly fault: string | null;
  /** From the whole request to the end of the answer, real milliseconds. */
  readonly tookMs: number;
}

export interface Journal {
  add(entry: Omit<JournalEntry, 'n'>): void;
  since(n: number): JournalEntry[];
  clear(): void;
}

/** The latest requests, in memory only. */
export function makeJournal(limit = 50_000): Journal {
  let entries: JournalEntry[] = [];
  let count = 0;
  return {
    add: (entry) => {
      count += 1;
      entries.push({ n: count, ...entry });
      if (entries.length > limit * 1.2) entries = entries.slice(-limit);
    },
    since: (n) => entries.filter((entry) => entry.n > n),
    clear: () => {
      entries = [];
      count = 0;
    },
  };
}
