import type { Instant } from '../conversation/types';

/** One thing that the far side brought by itself, about to be kept. */
export interface InboxItem {
  /** By which it is known when it comes again. */
  readonly id: string;
  /** It is the same again only within so many milliseconds; absent: whenever it comes. */
  readonly withinMs?: number;
  /** JSON. */
  readonly body: string;
}

export interface KeptItem {
  /** Greater than that of everything that came for this chat before. */
  readonly seq: number;
  readonly at: Instant;
  readonly body: string;
}

/** What far sides bring to chats by themselves, in the order of its coming. What was put survives SIGKILL. */
export interface Inbox {
  /** Keeps all of it, or nothing; what it has already is passed over. Resolves with how many were new. */
  put(chat: string, items: readonly InboxItem[], at: Instant): Promise<number>;
  /** What came for a chat after the given one, oldest first. */
  after(chat: string, seq: number): Promise<readonly KeptItem[]>;
  /** The newest of each of these chats; one for which nothing came is missing. */
  newest(chats: readonly string[]): Promise<ReadonlyMap<string, number>>;
}
