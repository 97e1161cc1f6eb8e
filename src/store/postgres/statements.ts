import { newestEntries } from '../overview-rows';

const settled = `SELECT ledger.key, ledger.seq, type, correlation, attempts, outcome, detail, settled_at, stored_at,
                   first_attempt_at, last_attempt_at, live_chat_id, row_id, seen.at AS redriven_at`;
const redriven = "LEFT JOIN seen ON seen.key = ledger.key AND seen.turn = 'redrive:' || ledger.seq";
/** Whose chat it is or was: chats have no index of their own, their conversations have. */
const chatOwners = `SELECT key FROM ledger WHERE type = 'open' AND detail = $1
                    UNION SELECT key FROM conversations WHERE live_chat_id = $1`;
const lives = 'expires_at > clock_timestamp()';

/** Every statement of the store; each is prepared once per connection, under its name. */
export const statements = {
  /** The body only where the version is not the known one. Bodies are JSON, in which a line never ends. */
  load: `SELECT version, effects, CASE WHEN version = $2 THEN NULL ELSE body END AS body,
           CASE WHEN version = $2 THEN NULL
                ELSE (SELECT string_agg(outbox.body, E'\\n' ORDER BY seq) FROM outbox WHERE outbox.key = $1) END AS outbox
         FROM conversations WHERE key = $1`,
  commit:
    'SELECT outcome, held FROM connector_commit($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)',
  due: `SELECT due.key FROM (SELECT key FROM outbox WHERE not_before <= $1 AND key > $2
                             UNION SELECT key FROM conversations WHERE wake_at <= $1 AND key > $2) AS due
        JOIN conversations ON conversations.key = due.key
        LEFT JOIN replicas ON replicas.id = owner AND ${lives}
        WHERE replicas.id IS NULL OR replicas.id = $4 ORDER BY due.key LIMIT $3`,
  newest: `SELECT greatest((SELECT max(at) FROM seen), (SELECT max(at) FROM sends), (SELECT max(settled_at) FROM ledger),
                           0) AS at`,
  live: 'SELECT key, body FROM conversations WHERE live_chat_id IS NOT NULL',
  sends: 'SELECT at FROM sends WHERE key = $1 AND at > $2 ORDER BY at',
  addSend: 'INSERT INTO sends (key, at) VALUES ($1, $2)',
  transcript: `SELECT id, key, at, who, name, live_chat_id, text FROM transcript
               WHERE at >= $1 AND at < $2 AND id > $3 ORDER BY id LIMIT 500`,
  wasPutBack: 'SELECT 1 AS found FROM origin WHERE place <> connector_place()',
  acceptPutBack: 'UPDATE origin SET place = connector_place()',
  check: 'SELECT version FROM conversations LIMIT 1',
  /** Whether a beat of this replica was written within its lease. */
  checkLease: 'SELECT connector_lives($1) AS lives',
  forgetSeen: `DELETE FROM seen WHERE ctid = ANY (ARRAY(
                 SELECT ctid FROM seen WHERE at < $1 AND (at < $2 OR turn NOT LIKE 'redrive:%') LIMIT 2000))`,
  forgetLedger: 'DELETE FROM ledger WHERE ctid = ANY (ARRAY(SELECT ctid FROM ledger WHERE settled_at < $1 LIMIT 2000))',
  forgetTranscript:
    'DELETE FROM transcript WHERE ctid = ANY (ARRAY(SELECT ctid FROM transcript WHERE at < $1 LIMIT 2000))',
  forgetSends: 'DELETE FROM sends WHERE ctid = ANY (ARRAY(SELECT ctid FROM sends WHERE at < $1 LIMIT 2000))',
  forgetInbox: 'DELETE FROM inbox WHERE ctid = ANY (ARRAY(SELECT ctid FROM inbox WHERE at < $1 LIMIT 2000))',
  addPiece: 'INSERT INTO blob_pieces (id, place, bytes) VALUES ($1, $2, $3)',
  finishBlob: 'INSERT INTO blobs (id, size) VALUES ($1, $2)',
  receive: 'SELECT connector_receive($1, $2, $3::jsonb) AS added',
  inboxAfter: 'SELECT seq, at, body FROM inbox WHERE chat = $1 AND seq > $2 ORDER BY seq',
  inboxNewest:
    'SELECT chat, max(seq)::bigint AS seq FROM inbox JOIN jsonb_array_elements_text($1::jsonb) AS asked ON chat = asked GROUP BY chat',
  blob: 'SELECT size FROM blobs WHERE id = $1',
  piece: 'SELECT bytes FROM blob_pieces WHERE id = $1 AND place = $2',
  dropBlob: 'WITH dropped AS (DELETE FROM blobs WHERE id = $1) DELETE FROM blob_pieces WHERE id = $1',
  blobSize: 'SELECT count(*) AS count, coalesce(sum(size), 0)::bigint AS bytes FROM blobs',
  received: `WITH found (key, turn) AS (
               SELECT key, turn FROM seen WHERE key = $1
               UNION SELECT key, correlation FROM ledger WHERE correlation = $1
               UNION SELECT key, correlation FROM ledger WHERE row_id = $1
               UNION SELECT key, correlation FROM outbox WHERE correlation = $1 OR live_chat_id = $1 OR row_id = $1
               UNION SELECT ledger.key, correlation FROM (${chatOwners}) AS owners
                     JOIN ledger ON ledger.key = owners.key AND ledger.live_chat_id = $1)
             SELECT seen.key, seen.turn, seen.at FROM found JOIN seen ON seen.key = found.key AND seen.turn = found.turn
             WHERE seen.turn NOT LIKE 'redrive:%' ORDER BY at DESC LIMIT $2`,
  receivedOnly: `SELECT key, turn, at FROM (SELECT key, turn, at FROM seen ORDER BY at DESC LIMIT 200000) AS newest
                 WHERE turn = $1 AND turn NOT LIKE 'redrive:%' LIMIT $2`,
  pendingOf: `SELECT key, body, stored_at, live_chat_id, row_id FROM outbox
              WHERE key = $1 OR correlation IN ($1, 'row:' || $1) OR live_chat_id = $1 OR row_id = $1
              ORDER BY stored_at DESC, seq DESC LIMIT $2`,
  settledOf: `WITH found (key, seq) AS (
                SELECT key, seq FROM ledger WHERE key = $1
                UNION SELECT key, seq FROM ledger WHERE correlation IN ($1, 'row:' || $1)
                UNION SELECT key, seq FROM ledger WHERE row_id = $1
                UNION SELECT key, seq FROM ledger WHERE type = 'open' AND detail = $1
                UNION SELECT ledger.key, ledger.seq FROM (${chatOwners}) AS owners
                      JOIN ledger ON ledger.key = owners.key AND ledger.live_chat_id = $1)
              ${settled} FROM found JOIN ledger ON ledger.key = found.key AND ledger.seq = found.seq ${redriven}
              ORDER BY settled_at DESC, ledger.seq DESC LIMIT $2`,
  givenUp: `${settled} FROM ledger ${redriven}
            WHERE outcome IN ('given_up', 'unknown') AND settled_at >= $1
              AND (settled_at, ledger.key, ledger.seq) > ($2, $3, $4)
            ORDER BY settled_at, ledger.key, ledger.seq LIMIT $5`,
  newestGivenUp: `${settled} FROM ledger ${redriven}
                  WHERE outcome IN ('given_up', 'unknown') AND settled_at >= $1
                  ORDER BY settled_at DESC, ledger.key DESC, ledger.seq DESC LIMIT $2`,
  givenUpOne: `${settled}, body FROM ledger ${redriven}
               WHERE outcome IN ('given_up', 'unknown') AND ledger.key = $1 AND ledger.seq = $2`,
  liveChats: `SELECT key, live_chat_id AS chat, body::json #>> '{phase,chat,number}' AS number, body::json #>> '{phase,name}' AS phase,
                (body::json #>> '{phase,chat,openedAt}')::bigint AS opened_at, (body::json #>> '{phase,since}')::bigint AS since,
                (body::json #>> '{phase,lastWordAt}')::bigint AS last_word_at
              FROM conversations WHERE live_chat_id IS NOT NULL ORDER BY opened_at, key LIMIT $1`,
  livePhases: `SELECT body::json #>> '{phase,name}' AS phase, count(*) AS count FROM conversations
               WHERE live_chat_id IS NOT NULL GROUP BY 1`,
  leftChats: `SELECT newest.key, newest.live_chat_id AS chat, settled_at, body::json #>> '{last,id}' AS last,
                body::json #>> '{last,number}' AS number, body::json #>> '{last,reason}' AS reason
              FROM (SELECT key, live_chat_id, settled_at, type FROM ledger ORDER BY settled_at DESC LIMIT ${newestEntries}) AS newest
              JOIN conversations ON conversations.key = newest.key
              WHERE type = 'leave' ORDER BY settled_at DESC LIMIT $1`,
  waitingWork: `SELECT body::json #>> '{effect,type}' AS type, count(*) AS count, min(stored_at) AS oldest_at
                FROM outbox GROUP BY 1 ORDER BY 1`,
  /** Only for work: who owns a conversation in which nothing waits would only be in the way of others. */
  claim: `UPDATE conversations SET owner = $2, fence = fence + CASE WHEN owner = $2 THEN 0 ELSE 1 END
          WHERE key = $1 AND (owner IS NULL OR owner = $2 OR NOT connector_lives(owner)) AND connector_lives($2)
            AND EXISTS (SELECT 1 FROM outbox WHERE outbox.key = $1) RETURNING fence`,
  takeOver: `UPDATE conversations SET owner = $1, fence = fence + 1
             WHERE key = ANY (ARRAY(SELECT key FROM conversations JOIN replicas ON replicas.id = owner
                                    WHERE owner <> $1 AND NOT (${lives}) LIMIT $2 FOR UPDATE OF conversations SKIP LOCKED))
               AND NOT connector_lives(owner) AND connector_lives($1) RETURNING key, fence`,
  /** `alive`: the lease had not run out before. `orphans`: somebody who owns conversations does not live any more. */
  beat: `WITH before AS (SELECT ${lives} AS alive FROM replicas WHERE id = $1),
           beat AS (INSERT INTO replicas (id, expires_at) VALUES ($1, clock_timestamp() + $2 * interval '1 millisecond')
                    ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at),
           gone AS (DELETE FROM replicas WHERE id <> $1 AND expires_at < clock_timestamp() - interval '1 minute'
                    AND NOT EXISTS (SELECT 1 FROM conversations WHERE owner = replicas.id)),
           taken AS (UPDATE duties SET owner = $1, fence = fence + 1
                     WHERE name = 'reader' AND $3 AND owner IS DISTINCT FROM $1 AND NOT connector_lives(owner) RETURNING name)
         SELECT coalesce((SELECT alive FROM before), false) AS alive,
           (SELECT count(*) FROM replicas WHERE id <> $1 AND ${lives}) AS others,
           EXISTS (SELECT 1 FROM taken) OR EXISTS (SELECT 1 FROM duties WHERE name = 'reader' AND owner = $1) AS reads,
           EXISTS (SELECT 1 FROM replicas JOIN conversations ON owner = replicas.id
                   WHERE replicas.id <> $1 AND NOT (${lives})) AS orphans,
           (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now`,
  /** A replica that goes in good order lets its lease run out at once, and says so. */
  farewell: `WITH gone AS (UPDATE replicas SET expires_at = clock_timestamp() WHERE id = $1)
             SELECT pg_notify('connector', '* ')`,
  tellReader: `SELECT pg_notify('connector', '* ' || $1::text)`,
  giveReading: `WITH given AS (UPDATE duties SET owner = NULL WHERE name = 'reader' AND owner = $1)
                SELECT pg_notify('connector', '* ')`,
} as const;

export type StatementName = keyof typeof statements;
