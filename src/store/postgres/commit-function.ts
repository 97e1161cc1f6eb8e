/**
 * Keeps one change in one round trip, all of it or nothing. As a function of the database it sees, statement by statement, what others
 * have committed meanwhile; the conversation's row is locked from the first look to the commit.
 *
 * Whose conversation it is comes out of the same commit: it is nobody's when its last effect is settled, so that the next replica with
 * a turn for it may have it; effects that nobody living owns are taken by the replica that adds them. `held` is the fence with which
 * the caller owns it afterwards. What an owner has already done it may write down late, as long as nobody else took the conversation;
 * what it is about to do (`p_begins`) needs a lease that has not run out.
 */
export const commitFunction = `
CREATE FUNCTION connector_commit(
  p_key text, p_from integer, p_effects integer, p_body text, p_wake_at bigint, p_live text, p_turn text, p_at bigint,
  p_sent_at bigint, p_fence bigint, p_begins boolean, p_replica text, p_put json, p_settle json, p_lines json,
  OUT outcome text, OUT held bigint
) LANGUAGE plpgsql AS $commit$
DECLARE
  v_version integer;
  v_owner text;
  v_fence bigint;
  v_live text;
BEGIN
  -- What was answered with "saved" must survive a power cut, whatever the server's default is.
  IF current_setting('synchronous_commit') = 'off' THEN
    PERFORM set_config('synchronous_commit', 'on', true);
  END IF;
  IF p_turn IS NOT NULL AND EXISTS (SELECT 1 FROM seen WHERE seen.key = p_key AND seen.turn = p_turn) THEN
    outcome := 'seen';
    RETURN;
  END IF;

  SELECT c.version, c.owner, c.fence, c.live_chat_id INTO v_version, v_owner, v_fence, v_live
    FROM conversations c WHERE c.key = p_key FOR UPDATE;
  IF p_fence IS NOT NULL AND
     (v_owner = p_replica AND v_fence = p_fence AND (NOT p_begins OR connector_lives(p_replica))) IS NOT TRUE THEN
    outcome := 'fenced';
    RETURN;
  END IF;
  IF coalesce(v_version, 0) <> p_from THEN
    outcome := 'stale';
    RETURN;
  END IF;
  IF v_version IS NULL THEN
    INSERT INTO conversations (key, version, effects, body) VALUES (p_key, 0, 0, p_body) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
      outcome := 'stale';
      RETURN;
    END IF;
    v_fence := 0;
  END IF;

  IF p_turn IS NOT NULL THEN
    INSERT INTO seen (key, turn, at) VALUES (p_key, p_turn, p_at);
  END IF;
  IF p_put IS NOT NULL THEN
    INSERT INTO outbox (key, seq, body, not_before, stored_at, correlation, live_chat_id, row_id)
      SELECT p_key, put.seq, put.body, put.not_before, p_at, put.correlation, put.live_chat_id, put.row_id
        FROM json_to_recordset(p_put)
          AS put (seq integer, body text, not_before bigint, correlation text, live_chat_id text, row_id text)
      ON CONFLICT (key, seq) DO UPDATE SET body = excluded.body, not_before = excluded.not_before;
  END IF;
  IF p_settle IS NOT NULL THEN
    WITH settled AS (
      SELECT * FROM json_to_recordset(p_settle)
        AS settled (seq integer, type text, correlation text, attempts integer, outcome text, detail text,
                    first_attempt_at bigint, last_attempt_at bigint, row_id text, body text)
    ), gone AS (
      DELETE FROM outbox USING settled WHERE outbox.key = p_key AND outbox.seq = settled.seq
        RETURNING outbox.seq, outbox.stored_at, outbox.live_chat_id
    )
    INSERT INTO ledger (key, seq, type, correlation, attempts, outcome, detail, settled_at, stored_at,
                        first_attempt_at, last_attempt_at, live_chat_id, row_id, body)
      SELECT p_key, s.seq, s.type, s.correlation, s.attempts, s.outcome, s.detail, p_at, gone.stored_at,
             s.first_attempt_at, s.last_attempt_at, gone.live_chat_id, s.row_id, s.body
        FROM settled s JOIN gone ON gone.seq = s.seq;
  END IF;
  IF p_lines IS NOT NULL THEN
    INSERT INTO transcript (key, at, who, name, live_chat_id, text)
      SELECT p_key, line.at, line.who, line.name, line.chat, line.text
        FROM json_to_recordset(p_lines) AS line (at bigint, who text, name text, chat text, text text);
  END IF;
  IF p_sent_at IS NOT NULL THEN
    INSERT INTO sends (key, at) VALUES (p_key, p_sent_at);
  END IF;

  IF NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.key = p_key) THEN
    v_owner := NULL;
  ELSIF (v_owner = p_replica) IS NOT TRUE AND NOT connector_lives(v_owner) THEN
    v_owner := NULL;
    IF connector_lives(p_replica) THEN
      v_owner := p_replica;
      v_fence := v_fence + 1;
    END IF;
    IF v_owner IS NULL AND octet_length(p_key) < 7000 THEN
      PERFORM pg_notify('connector', '* ' || p_key);
    END IF;
  ELSIF p_put IS NOT NULL AND v_owner IS DISTINCT FROM p_replica AND octet_length(p_key) < 7000 THEN
    PERFORM pg_notify('connector', v_owner || ' ' || p_key);
  END IF;
  UPDATE conversations c SET version = p_from + 1, effects = p_effects, body = p_body, wake_at = p_wake_at,
    live_chat_id = p_live, owner = v_owner, fence = v_fence WHERE c.key = p_key;
  IF v_live IS DISTINCT FROM p_live AND octet_length(p_key) < 7000 THEN
    PERFORM pg_notify('connector', duties.owner || ' ' || p_key)
      FROM duties WHERE duties.name = 'reader' AND duties.owner IS DISTINCT FROM p_replica AND duties.owner IS NOT NULL;
  END IF;

  outcome := 'saved';
  held := CASE WHEN v_owner = p_replica THEN v_fence END;
END
$commit$;`;
