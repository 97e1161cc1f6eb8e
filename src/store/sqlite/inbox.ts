import type Database from 'libsql';
import type { Instant } from '../../conversation/types';
import type { Inbox, InboxItem, KeptItem } from '../../engine/inbox';
import type { GroupCommit } from './group-commit';

/** What far sides brought, beside the conversations. */
export class SqliteInbox implements Inbox {
  private readonly sql: Readonly<Record<'put' | 'after' | 'newest' | 'forget', Database.Statement>>;

  constructor(
    db: Database.Database,
    private readonly group: GroupCommit,
  ) {
    this.sql = {
      put: db.prepare(
        `INSERT INTO inbox (chat, item, at, body) SELECT ?1, ?2, ?3, ?4
         WHERE NOT EXISTS (SELECT 1 FROM inbox WHERE chat = ?1 AND item = ?2 AND at >= ?5)`,
      ),
      after: db.prepare('SELECT seq, at, body FROM inbox WHERE chat = ? AND seq > ? ORDER BY seq'),
      newest: db.prepare(
        `SELECT chats.value AS chat, (SELECT max(seq) FROM inbox WHERE chat = chats.value) AS seq
         FROM json_each(?) AS chats`,
      ),
      forget: db.prepare('DELETE FROM inbox WHERE at < ?'),
    };
  }

  put(chat: string, items: readonly InboxItem[], at: Instant): Promise<number> {
    return this.group.run(() => {
      let added = 0;
      for (const { id, body, withinMs } of items) {
        added += this.sql.put.run(chat, id, at, body, withinMs === undefined ? 0 : at - withinMs).changes;
      }
      return added;
    });
  }

  async after(chat: string, seq: number): Promise<readonly KeptItem[]> {
    return this.sql.after.all(chat, seq) as KeptItem[];
  }

  async newest(chats: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = this.sql.newest.all(JSON.stringify(chats)) as { chat: string; seq: number | null }[];
    return new Map(rows.flatMap(({ chat, seq }) => (seq === null ? [] : [[chat, seq]])));
  }

  /** Within a transaction of the store; how many were forgotten. */
  forget(before: Instant): number {
    return this.sql.forget.run(before).changes;
  }
}
