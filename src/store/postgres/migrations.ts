import { commitFunction } from './commit-function';
import { inboxFunction } from './inbox-function';
import { placeFunction } from './place-function';

/** One step of the schema. */
export interface Migration {
  readonly sql: string;
  /** The lowest schema that a program must know to work with a database that has taken this step. */
  readonly oldestProgram: number;
}

/**
 * The schema, one step after the other. A step that was released is never changed: a change is a further step, and an additive one (new
 * tables, columns with a default, functions with a new name), so that during an upgrade the version before works on beside this one.
 */
export const migrations: readonly Migration[] = [
  {
    oldestProgram: 1,
    sql: `
      CREATE TABLE conversations (
        key text COLLATE "C" PRIMARY KEY,
        version integer NOT NULL,
        effects integer NOT NULL,
        body text NOT NULL,
        wake_at bigint,
        live_chat_id text,
        owner text,
        fence bigint NOT NULL DEFAULT 0
      );
      CREATE INDEX conversations_wake ON conversations (wake_at) WHERE wake_at IS NOT NULL;
      CREATE INDEX conversations_live ON conversations (live_chat_id) WHERE live_chat_id IS NOT NULL;
      CREATE INDEX conversations_owner ON conversations (owner) WHERE owner IS NOT NULL;
      CREATE TABLE outbox (
        key text COLLATE "C" NOT NULL,
        seq integer NOT NULL,
        body text NOT NULL,
        not_before bigint NOT NULL,
        stored_at bigint,
        correlation text,
        live_chat_id text,
        row_id text,
        PRIMARY KEY (key, seq)
      );
      CREATE INDEX outbox_due ON outbox (not_before);
      CREATE TABLE ledger (
        key text COLLATE "C" NOT NULL,
        seq integer NOT NULL,
        type text NOT NULL,
        correlation text NOT NULL,
        attempts integer NOT NULL,
        outcome text NOT NULL,
        detail text,
        settled_at bigint NOT NULL,
        stored_at bigint,
        first_attempt_at bigint,
        last_attempt_at bigint,
        live_chat_id text,
        row_id text,
        body text,
        PRIMARY KEY (key, seq)
      );
      CREATE INDEX ledger_age ON ledger (settled_at);
      CREATE INDEX ledger_correlation ON ledger (correlation);
      CREATE INDEX ledger_opened ON ledger (detail) WHERE type = 'open';
      CREATE INDEX ledger_row ON ledger (row_id) WHERE row_id IS NOT NULL;
      CREATE INDEX ledger_given_up ON ledger (settled_at, key, seq) WHERE outcome IN ('given_up', 'unknown');
      CREATE TABLE seen (
        key text COLLATE "C" NOT NULL,
        turn text NOT NULL,
        at bigint NOT NULL,
        PRIMARY KEY (key, turn)
      );
      CREATE INDEX seen_age ON seen (at);
      CREATE TABLE transcript (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key text COLLATE "C" NOT NULL,
        at bigint NOT NULL,
        who text NOT NULL,
        name text,
        live_chat_id text,
        text text NOT NULL
      );
      CREATE INDEX transcript_age ON transcript (at);
      CREATE TABLE sends (
        key text COLLATE "C" NOT NULL,
        at bigint NOT NULL
      );
      CREATE INDEX sends_key ON sends (key, at);
      CREATE INDEX sends_age ON sends (at);
      CREATE TABLE replicas (
        id text PRIMARY KEY,
        expires_at timestamptz NOT NULL
      );
      CREATE TABLE duties (
        name text PRIMARY KEY,
        owner text,
        fence bigint NOT NULL DEFAULT 0
      );
      INSERT INTO duties (name) VALUES ('reader');
      CREATE FUNCTION connector_lives(p_replica text) RETURNS boolean LANGUAGE sql VOLATILE AS $lives$
        SELECT EXISTS (SELECT 1 FROM replicas WHERE id = p_replica AND expires_at > clock_timestamp())
      $lives$;
      ${commitFunction}`,
  },
  {
    oldestProgram: 1,
    sql: `
      CREATE TABLE blobs (id text PRIMARY KEY, size bigint NOT NULL);
      CREATE TABLE blob_pieces (
        id text NOT NULL,
        place integer NOT NULL,
        bytes bytea NOT NULL,
        PRIMARY KEY (id, place)
      );`,
  },
  {
    oldestProgram: 1,
    sql: `
      ${placeFunction}
      CREATE TABLE origin (id integer PRIMARY KEY CHECK (id = 1), place text NOT NULL);
      INSERT INTO origin (id, place) VALUES (1, connector_place());`,
  },
  {
    oldestProgram: 1,
    sql: `
      CREATE TABLE inbox (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        chat text COLLATE "C" NOT NULL,
        item text COLLATE "C" NOT NULL,
        at bigint NOT NULL,
        body text NOT NULL
      );
      CREATE INDEX inbox_chat ON inbox (chat, seq);
      CREATE INDEX inbox_item ON inbox (chat, item, at);
      CREATE INDEX inbox_age ON inbox (at);
      ${inboxFunction}`,
  },
];
