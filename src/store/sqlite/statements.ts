import type Database from 'libsql';
import { newestEntries } from '../overview-rows';

const settled = `SELECT ledger.key, ledger.seq, type, correlation, attempts, outcome, detail, settled_at, stored_at,
                   first_attempt_at, last_attempt_at, live_chat_id, row_id, seen.at AS redriven_at`;
const redriven = "LEFT JOIN seen ON seen.key = ledger.key AND seen.turn = 'redrive:' || ledger.seq";
/** Whose chat it is or was: chats have no index of their own, their conversations have. */
const chatOwners = `SELECT key FROM ledger WHERE type = 'open' AND detail = ?1
                    UNION SELECT key FROM conversations WHERE live_chat_id = ?1`;

const sql = {
  conversation: 'SELECT version, effects, body FROM conversations WHERE key = ?',
  version: 'SELECT version FROM conversations WHERE key = ?',
  outbox: 'SELECT body FROM outbox WHERE key = ? ORDER BY seq',
  effect: 'SELECT body, stored_at, live_chat_id FROM outbox WHERE key = ? AND seq = ?',
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
  putEffect: `INSERT INTO outbox (key, seq, body, not_before, stored_at, correlation, live_chat_id, row_id)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?)
              ON CONFLICT (key, seq) DO UPDATE SET body = excluded.body, not_before = excluded.not_before`,
  dropEffect: 'DELETE FROM outbox WHERE key = ? AND seq = ?',
  addLedger: `INSERT INTO ledger (key, seq, type, correlation, attempts, outcome, detail, settled_at, stored_at,
                                  first_attempt_at, last_attempt_at, live_chat_id, row_id, body)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  addSeen: 'INSERT INTO seen (key, turn, at) VALUES (?, ?, ?)',
  addLine: 'INSERT INTO transcript (key, at, who, name, live_chat_id, text) VALUES (?, ?, ?, ?, ?, ?)',
  addSend: 'INSERT INTO sends (key, at) VALUES (?, ?)',
  forgetSeen: "DELETE FROM seen WHERE at < ?1 AND (at < ?2 OR turn NOT LIKE 'redrive:%')",
  forgetLedger: 'DELETE FROM ledger WHERE settled_at < ?',
  forgetTranscript: 'DELETE FROM transcript WHERE at < ?',
  forgetSends: 'DELETE FROM sends WHERE at < ?',
  check: 'SELECT 1 AS ok FROM conversations LIMIT 1',
  pulse: 'INSERT INTO pulse (id, at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at',
  received: `WITH found (key, turn) AS (
               SELECT key, turn FROM seen WHERE key = ?1
               UNION SELECT key, correlation FROM ledger WHERE correlation = ?1
               UNION SELECT key, correlation FROM ledger WHERE row_id = ?1
               UNION SELECT key, correlation FROM outbox WHERE correlation = ?1 OR live_chat_id = ?1 OR row_id = ?1
               UNION SELECT ledger.key, correlation FROM (${chatOwners}) AS owner CROSS JOIN ledger
                     WHERE ledger.key = owner.key AND ledger.live_chat_id = ?1)
             SELECT seen.key, seen.turn, seen.at FROM found CROSS JOIN seen
             WHERE seen.key = found.key AND seen.turn = found.turn AND seen.turn NOT LIKE 'redrive:%'
             ORDER BY at DESC LIMIT ?2`,
  receivedOnly: `SELECT key, turn, at FROM (SELECT key, turn, at FROM seen ORDER BY at DESC LIMIT 200000)
                 WHERE turn = ?1 AND turn NOT LIKE 'redrive:%' LIMIT ?2`,
  pendingOf: `SELECT key, body, stored_at, live_chat_id, row_id FROM outbox
              WHERE key = ?1 OR correlation IN (?1, 'row:' || ?1) OR live_chat_id = ?1 OR row_id = ?1
              ORDER BY stored_at DESC, seq DESC LIMIT ?2`,
  settledOf: `WITH found (key, seq) AS (
                SELECT key, seq FROM ledger WHERE key = ?1
                UNION SELECT key, seq FROM ledger WHERE correlation IN (?1, 'row:' || ?1)
                UNION SELECT key, seq FROM ledger WHERE row_id = ?1
                UNION SELECT key, seq FROM ledger WHERE type = 'open' AND detail = ?1
                UNION SELECT ledger.key, ledger.seq FROM (${chatOwners}) AS owner CROSS JOIN ledger
                      WHERE ledger.key = owner.key AND ledger.live_chat_id = ?1)
              ${settled} FROM found CROSS JOIN ledger ${redriven}
              WHERE ledger.key = found.key AND ledger.seq = found.seq
              ORDER BY settled_at DESC, ledger.seq DESC LIMIT ?2`,
  givenUp: `${settled} FROM ledger ${redriven}
            WHERE outcome IN ('given_up', 'unknown') AND settled_at >= ?1
              AND (settled_at, ledger.key, ledger.seq) > (?2, ?3, ?4)
            ORDER BY settled_at, ledger.key, ledger.seq LIMIT ?5`,
  newestGivenUp: `${settled} FROM ledger ${redriven}
                  WHERE outcome IN ('given_up', 'unknown') AND settled_at >= ?1
                  ORDER BY settled_at DESC, ledger.key DESC, ledger.seq DESC LIMIT ?2`,
  givenUpOne: `${settled} FROM ledger ${redriven}
               WHERE outcome IN ('given_up', 'unknown') AND ledger.key = ? AND ledger.seq = ?`,
  liveChats: `SELECT key, live_chat_id AS chat, body ->> '$.phase.chat.number' AS number, body ->> '$.phase.name' AS phase,
                body ->> '$.phase.chat.openedAt' AS opened_at, body ->> '$.phase.since' AS since,
                body ->> '$.phase.lastWordAt' AS last_word_at
              FROM conversations WHERE live_chat_id IS NOT NULL ORDER BY opened_at, key LIMIT ?`,
  livePhases: `SELECT body ->> '$.phase.name' AS phase, count(*) AS count FROM conversations
               WHERE live_chat_id IS NOT NULL GROUP BY 1`,
  leftChats: `SELECT newest.key, newest.live_chat_id AS chat, settled_at, body ->> '$.last.id' AS last,
                body ->> '$.last.number' AS number, body ->> '$.last.reason' AS reason
              FROM (SELECT key, live_chat_id, settled_at, type FROM ledger ORDER BY settled_at DESC LIMIT ${newestEntries}) AS newest
              CROSS JOIN conversations ON conversations.key = newest.key
              WHERE type = 'leave' ORDER BY settled_at DESC LIMIT ?`,
  waitingWork: `SELECT body ->> '$.effect.type' AS type, count(*) AS count, min(stored_at) AS oldest_at
                FROM outbox GROUP BY 1 ORDER BY 1`,
  givenUpBody: 'SELECT body FROM ledger WHERE key = ? AND seq = ?',
} as const;

export type Statements = Readonly<Record<keyof typeof sql, Database.Statement>>;

/** Every statement of the store, prepared once. */
export function prepareStatements(db: Database.Database): Statements {
  const entries = Object.entries(sql).map(([name, text]) => [name, db.prepare(text)] as const);
  return Object.fromEntries(entries) as Statements;
}
