/**
 * The schema, one step after the other; the number of steps taken is kept in the file. A step that was released is never changed:
 * a change is a further step, and an additive one, so that the version before can still read.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE conversations (
     key TEXT PRIMARY KEY,
     version INTEGER NOT NULL,
     effects INTEGER NOT NULL,
     body TEXT NOT NULL,
     wake_at INTEGER,
     live_chat_id TEXT
   ) STRICT;
   CREATE INDEX conversations_wake ON conversations (wake_at) WHERE wake_at IS NOT NULL;
   CREATE INDEX conversations_live ON conversations (live_chat_id) WHERE live_chat_id IS NOT NULL;
   CREATE TABLE outbox (
     key TEXT NOT NULL,
     seq INTEGER NOT NULL,
     body TEXT NOT NULL,
     not_before INTEGER NOT NULL,
     PRIMARY KEY (key, seq)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX outbox_due ON outbox (not_before);
   CREATE TABLE ledger (
     key TEXT NOT NULL,
     seq INTEGER NOT NULL,
     type TEXT NOT NULL,
     correlation TEXT NOT NULL,
     attempts INTEGER NOT NULL,
     outcome TEXT NOT NULL,
     detail TEXT,
     settled_at INTEGER NOT NULL,
     PRIMARY KEY (key, seq)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX ledger_age ON ledger (settled_at);
   CREATE TABLE seen (
     key TEXT NOT NULL,
     turn TEXT NOT NULL,
     at INTEGER NOT NULL,
     PRIMARY KEY (key, turn)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX seen_age ON seen (at);
   CREATE TABLE transcript (
     id INTEGER PRIMARY KEY,
     key TEXT NOT NULL,
     at INTEGER NOT NULL,
     who TEXT NOT NULL,
     name TEXT,
     live_chat_id TEXT,
     text TEXT NOT NULL
   ) STRICT;
   CREATE INDEX transcript_age ON transcript (at);
   CREATE TABLE sends (
     id INTEGER PRIMARY KEY,
     key TEXT NOT NULL,
     at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX sends_key ON sends (key, at);
   CREATE INDEX sends_age ON sends (at);`,
  `ALTER TABLE outbox ADD COLUMN stored_at INTEGER;
   ALTER TABLE outbox ADD COLUMN correlation TEXT;
   ALTER TABLE outbox ADD COLUMN live_chat_id TEXT;
   ALTER TABLE outbox ADD COLUMN row_id TEXT;
   UPDATE outbox SET correlation = json_extract(body, '$.correlation');
   ALTER TABLE ledger ADD COLUMN stored_at INTEGER;
   ALTER TABLE ledger ADD COLUMN first_attempt_at INTEGER;
   ALTER TABLE ledger ADD COLUMN last_attempt_at INTEGER;
   ALTER TABLE ledger ADD COLUMN live_chat_id TEXT;
   ALTER TABLE ledger ADD COLUMN row_id TEXT;
   ALTER TABLE ledger ADD COLUMN body TEXT;
   CREATE INDEX ledger_correlation ON ledger (correlation);
   CREATE INDEX ledger_opened ON ledger (detail) WHERE type = 'open';
   CREATE INDEX ledger_row ON ledger (row_id) WHERE row_id IS NOT NULL;
   CREATE INDEX ledger_given_up ON ledger (settled_at, key, seq) WHERE outcome IN ('given_up', 'unknown');`,
  `CREATE TABLE pulse (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;`,
  `CREATE TABLE blobs (id TEXT PRIMARY KEY, size INTEGER NOT NULL) STRICT;
   CREATE TABLE blob_pieces (
     id TEXT NOT NULL,
     place INTEGER NOT NULL,
     bytes BLOB NOT NULL,
     PRIMARY KEY (id, place)
   ) STRICT;`,
  `CREATE TABLE mark (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     commits INTEGER NOT NULL,
     put_back INTEGER NOT NULL
   ) STRICT;`,
  `CREATE TABLE inbox (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     chat TEXT NOT NULL,
     item TEXT NOT NULL,
     at INTEGER NOT NULL,
     body TEXT NOT NULL
   ) STRICT;
   CREATE INDEX inbox_chat ON inbox (chat, seq);
   CREATE INDEX inbox_item ON inbox (chat, item, at);
   CREATE INDEX inbox_age ON inbox (at);`,
];
