import { Client } from 'pg';
import { StoreError } from '../store-error';
import { type Migration, migrations } from './migrations';
import { connectionOf, placeOf } from './pool';

/** One of our own choice: two programs that start at once bring the schema up to date one after the other. */
const lockNumber = 7_327_501_934;

interface Known {
  readonly version: number;
  readonly oldest_program: number;
}

/** Brings the schema up to date, or refuses a database that only newer programs can work with. Throws {@link StoreError}. */
export function migrate(url: string, steps: readonly Migration[] = migrations): Promise<void> {
  return alone(url, async (client) => {
    await client.query(
      'CREATE TABLE IF NOT EXISTS connector_schema (version integer NOT NULL, oldest_program integer NOT NULL)',
    );
    const known = await read(client);
    refuseNewer(url, known, steps);
    await takeSteps(client, known, steps);
  });
}

/** Looks whether the schema is the one that this program knows, and changes nothing. Throws {@link StoreError}. */
export function checkSchema(url: string, steps: readonly Migration[] = migrations): Promise<void> {
  return alone(url, async (client) => {
    const { rows } = await client.query<{ found: string | null }>(`SELECT to_regclass('connector_schema') AS found`);
    const known = rows[0]?.found ? await read(client) : undefined;
    refuseNewer(url, known, steps);
    if ((known?.version ?? 0) >= steps.length) return;
    throw new StoreError(
      `The database ${placeOf(url)} was not used by this version of the connector yet. Is DATABASE_URL that of the connector?`,
    );
  });
}

/** Works in one transaction, and no other program does the same meanwhile. */
async function alone(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ ...connectionOf(url), statement_timeout: 30_000, query_timeout: 35_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL lock_timeout = '4s'`);
    await client.query('SELECT pg_advisory_xact_lock($1)', [lockNumber]);
    await work(client);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

async function read(client: Client): Promise<Known | undefined> {
  const { rows } = await client.query<Known>('SELECT version, oldest_program FROM connector_schema');
  return rows[0];
}

function refuseNewer(url: string, known: Known | undefined, { length }: readonly Migration[]): void {
  if (!known || known.oldest_program <= length) return;
  throw new StoreError(
    `The database ${placeOf(url)} was upgraded by a newer version of the connector (schema ${known.version}, for programs that know schema ${known.oldest_program}; this one knows ${length}). Start the newer version.`,
  );
}

async function takeSteps(client: Client, known: Known | undefined, steps: readonly Migration[]): Promise<void> {
  const missing = steps.slice(known?.version ?? 0);
  for (const { sql } of missing) await client.query(sql);
  const last = missing.at(-1);
  if (!last) return;
  const statement = known
    ? 'UPDATE connector_schema SET version = $1, oldest_program = $2'
    : 'INSERT INTO connector_schema (version, oldest_program) VALUES ($1, $2)';
  await client.query(statement, [steps.length, last.oldestProgram]);
}
