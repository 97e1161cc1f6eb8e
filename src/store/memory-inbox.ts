import type { Instant } from '../conversation/types';
import type { Inbox, InboxItem, KeptItem } from '../engine/inbox';

type Kept = KeptItem & { readonly chat: string; readonly id: string };

/** Keeps in memory what far sides brought, for tests. */
export class MemoryInbox implements Inbox {
  private kept: Kept[] = [];
  private seq = 0;

  async put(chat: string, items: readonly InboxItem[], at: Instant): Promise<number> {
    let added = 0;
    for (const { id, body, withinMs } of items) {
      const from = withinMs === undefined ? 0 : at - withinMs;
      if (this.kept.some((one) => one.chat === chat && one.id === id && one.at >= from)) continue;
      this.seq += 1;
      this.kept.push({ chat, id, seq: this.seq, at, body });
      added += 1;
    }
    return added;
  }

  async after(chat: string, seq: number): Promise<readonly KeptItem[]> {
    return this.kept
      .filter((one) => one.chat === chat && one.seq > seq)
      .map(({ seq, at, body }) => ({ seq, at, body }));
  }

  async newest(chats: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const asked = new Set(chats);
    return new Map(this.kept.filter((one) => asked.has(one.chat)).map((one) => [one.chat, one.seq]));
  }

  forget(before: Instant): void {
    this.kept = this.kept.filter((one) => one.at >= before);
  }
}
