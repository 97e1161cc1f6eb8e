import { Client } from 'pg';
import { migrations } from './migrations';
import { connectionOf, placeOf } from './pool';

/** What can be seen of a PostgreSQL database. */
export type PostgresFacts = { readonly place: string; readonly knownSchema: number } & (
  | { readonly reached: false; readonly code: string }
  | ({ readonly reached: true } & Server & Schema)
);

interface Server {
  /** Such as 150004. */
  readonly version: number;
  readonly shownVersion: string;
  readonly isStandby: boolean;
  readonly isReadOnly: boolean;
  readonly mayCreate: boolean;
  readonly isUtf8: boolean;
  readonly connectionsLeft: number;
}

interface Schema {
  /** Absent: this database was not used yet. */
  readonly schema?: { readonly version: number; readonly oldestProgram: number };
  /** Replicas by whether their lease runs. */
  readonly replicas: { readonly alive: number; readonly dead: number };
  /** A replica that lives reads for all. */
  readonly hasReader: boolean;
}

const serverQuery = `
  SELECT current_setting('server_version_num')::int AS version,
         current_setting('server_version') AS "shownVersion",
         pg_is_in_recovery() AS "isStandby",
         current_setting('default_transaction_read_only') = 'on' AS "isReadOnly",
         coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS "mayCreate",
         current_setting('server_encoding') = 'UTF8' AS "isUtf8",
         (current_setting('max_connections')::int - (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'))::int
           AS "connectionsLeft"`;
const tablesQuery = `
  SELECT to_regclass('connector_schema') IS NOT NULL AS schema,
         to_regclass('replicas') IS NOT NULL AND to_regclass('duties') IS NOT NULL AS replicas`;
const replicasQuery = `
  SELECT count(*) FILTER (WHERE expires_at > clock_timestamp())::int AS alive,
         count(*) FILTER (WHERE expires_at <= clock_timestamp())::int AS dead,
         EXISTS (SELECT 1 FROM duties JOIN replicas ON replicas.id = duties.owner
                 WHERE duties.name = 'reader' AND expires_at > clock_timestamp()) AS reads
  FROM replicas`;

/** Looks in one transaction that can only read. */
export async function inspectPostgres(url: string): Promise<PostgresFacts> {
  const known = { place: placeOf(url), knownSchema: migrations.length };
  const client = new Client({ ...connectionOf(url), statement_timeout: 5_000, query_timeout: 6_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('BEGIN TRANSACTION READ ONLY');
    return { ...known, reached: true, ...(await serverOf(client)), ...(await schemaOf(client)) };
  } catch (error) {
    return { ...known, reached: false, code: codeOf(error) };
  } finally {
    await client.end().catch(() => {});
  }
}

async function serverOf(client: Client): Promise<Server> {
  const { rows } = await client.query<Server>(serverQuery);
  return rows[0] as Server;
}

async function schemaOf(client: Client): Promise<Schema> {
  const nobody = { replicas: { alive: 0, dead: 0 }, hasReader: false };
  const { rows: tables } = await client.query<{ schema: boolean; replicas: boolean }>(tablesQuery);
  if (!tables[0]?.schema) return nobody;
  const { rows } = await client.query<{ version: number; oldest_program: number }>(
    'SELECT version, oldest_program FROM connector_schema',
  );
  const [row] = rows;
  if (!row) return nobody;
  const schema = { version: row.version, oldestProgram: row.oldest_program };
  return { schema, ...(tables[0].replicas ? await replicasIn(client) : nobody) };
}

async function replicasIn(client: Client): Promise<Omit<Schema, 'schema'>> {
  const { rows } = await client.query<{ alive: number; dead: number; reads: boolean }>(replicasQuery);
  const { alive = 0, dead = 0, reads = false } = rows[0] ?? {};
  return { replicas: { alive, dead }, hasReader: reads };
}

/** SQLSTATE or the code of the socket; where there is neither, that no time was left. */
function codeOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: string };
  if (code !== undefined) return String(code);
  return /timeout/i.test(message ?? '') ? 'ERR_CANCELED' : 'unknown';
}
