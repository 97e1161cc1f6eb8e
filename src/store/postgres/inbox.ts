import type { Instant } from '../../conversation/types';
import type { Inbox, InboxItem, KeptItem } from '../../engine/inbox';
import type { Ask } from './ask';

/** What far sides brought, beside the conversations; whichever replica took it. */
export class PostgresInbox implements Inbox {
  constructor(private readonly ask: Ask) {}

  async put(chat: string, items: readonly InboxItem[], at: Instant): Promise<number> {
    const given = items.map(({ id, body, withinMs }) => ({
      id,
      body,
      since: withinMs === undefined ? 0 : at - withinMs,
    }));
    const [row] = await this.ask<{ added: number }>('receive', chat, at, JSON.stringify(given));
    return row?.added ?? 0;
  }

  async after(chat: string, seq: number): Promise<readonly KeptItem[]> {
    return this.ask<KeptItem>('inboxAfter', chat, seq);
  }

  async newest(chats: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.ask<{ chat: string; seq: number }>('inboxNewest', JSON.stringify(chats));
    return new Map(rows.map(({ chat, seq }) => [chat, seq]));
  }
}
