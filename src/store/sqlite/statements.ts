import type Database from 'libsql';

const sql = {
  conversation: 'SELECT version, effects, body FROM conversations WHERE key = ?',
  version: 'SELECT version FROM conversations WHERE key = ?',
  outbox: 'SELECT body FROM outbox WHERE key = ? ORDER BY seq',
  effect: 'SELECT body FROM outbox WHERE key = ? AND seq = ?',
  isSeen: 'SELECT 1 AS seen FROM seen WHERE key = ? AND turn = ?',
  due: `SELECT key FROM outbox WHERE not_before <= ?1 AND key > ?2
        UNION SELECT key FROM conversations WHERE wake_at <= ?1 AND key > ?2 ORDER BY key LIMIT ?3`,
  newest: `SELECT MAX(at) AS at FROM (SELECT MAX(at) AS at FROM seen UNION ALL SELECT MAX(at) FROM sends
           UNION ALL SELECT MAX(settled_at) FROM ledger)`,
  live: 'SELECT key, body FROM conversations WHERE live_chat_id IS NOT NULL',
  sends: 'SELECT at FROM sends WHERE key = ? AND at > ? ORDER BY at',
  transcript: `SELECT id, key, at, who, name, live_chat_id, text FROM transcript
               WHERE at >= ? AND at < ? AND id > ? ORDER BY id LIMIT 500`,
  putConversation: `INSERT INTO conversations (key, version, effects, body, wake_at, live_chat_id) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (key) DO UPDATE SET version = excluded.version, effects = excluded.effects,
                    body = excluded.body, wake_at = excluded.wake_at, live_chat_id = excluded.live_chat_id`,
  putEffect: `INSERT INTO outbox (key, seq, body, not_before) VALUES (?, ?, ?, ?)
              ON CONFLICT (key, seq) DO UPDATE SET body = excluded.body, not_before = excluded.not_before`,
  dropEffect: 'DELETE FROM outbox WHERE key = ? AND seq = ?',
  addLedger: `INSERT INTO ledger (key, seq, type, correlation, attempts, outcome, detail, settled_at)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  addSeen: 'INSERT INTO seen (key, turn, at) VALUES (?, ?, ?)',
  addLine: 'INSERT INTO transcript (key, at, who, name, live_chat_id, text) VALUES (?, ?, ?, ?, ?, ?)',
  addSend: 'INSERT INTO sends (key, at) VALUES (?, ?)',
  forgetSeen: 'DELETE FROM seen WHERE at < ?',
  forgetLedger: 'DELETE FROM ledger WHERE settled_at < ?',
  forgetTranscript: 'DELETE FROM transcript WHERE at < ?',
  forgetSends: 'DELETE FROM sends WHERE at < ?',
  check: 'SELECT 1 AS ok FROM conversations LIMIT 1',
} as const;

export type Statements = Readonly<Record<keyof typeof sql, Database.Statement>>;

/** Every statement of the store, prepared once. */
export function prepareStatements(db: Database.Database): Statements {
  const entries = Object.entries(sql).map(([name, text]) => [name, db.prepare(text)] as const);
  return Object.fromEntries(entries) as Statements;
}
