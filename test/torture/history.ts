/** What the torture itself did, and what the three far sides saw: all that the checker knows. Times are epoch milliseconds. */
export interface History {
  /** What employees said; every one of these was answered with 200. */
  readonly said: readonly Said[];
  /** What agents wrote. `beforeEnd`: the chat was live then, and its end came later. */
  readonly written: readonly Written[];
  readonly threads: readonly Thread[];
  readonly seen: readonly Seen[];
  /** Texts that the assistant was asked, in order. */
  readonly asked: readonly string[];
}

export interface Said {
  readonly user: string;
  readonly text: string;
  readonly at: number;
}

export interface Written extends Said {
  readonly chat: string;
}

/** One chat in ServiceNow. */
export interface Thread {
  readonly chat: string;
  /** Whose name stands in its first row. */
  readonly user: string;
  readonly ended: boolean;
  /** The rows of the connector, in thread order, without the first. */
  readonly rows: readonly string[];
  readonly brief: string;
}

/** One message in Teams. */
export interface Seen {
  readonly user: string;
  readonly text: string;
  readonly repeat: boolean;
}
