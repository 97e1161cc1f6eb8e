/**
 * Keeps what came for a chat, in the order of its coming: one call at a time for each chat, so that no number becomes visible after a
 * greater one. What is there already is passed over.
 */
export const inboxFunction = `
  CREATE FUNCTION connector_receive(p_chat text, p_at bigint, p_items jsonb) RETURNS integer LANGUAGE plpgsql AS $receive$
  DECLARE
    given jsonb;
    added integer := 0;
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(p_chat, 7327501935));
    FOR given IN SELECT value FROM jsonb_array_elements(p_items) LOOP
      IF NOT EXISTS (
        SELECT 1 FROM inbox WHERE chat = p_chat AND item = given->>'id' AND at >= (given->>'since')::bigint
      ) THEN
        INSERT INTO inbox (chat, item, at, body) VALUES (p_chat, given->>'id', p_at, given->>'body');
        added := added + 1;
      END IF;
    END LOOP;
    RETURN added;
  END $receive$;
`;
