import { Client } from 'pg';
import { StoreError } from '../store-error';
import { type Migration, migrations } from './migrations';
import { connectionOf, placeOf } from './pool';

/** One of our own choice: two programs that start at once bring the schema up to date one after the other. */
const lockNumber = 7_327_501_934;

/** Brings the schema up to date, or refuses a database that only newer programs can work with. Throws {@link StoreError}. */
export async function migrate(url: string, steps: readonly Migration[] = migrations): Promise<void> {
  const client = new Client({ ...connectionOf(url), statement_timeout: 30_000, query_timeout: 35_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL lock_timeout = '4s'`);
    await client.query('SELECT pg_advisory_xact_lock($1)', [lockNumber]);
    await takeSteps(client, url, steps);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

async function takeSteps(client: Client, url: string, steps: readonly Migration[]): Promise<void> {
  await client.query(
    `CREATE TABLE IF NOT EXISTS connector_schema (version integer NOT NULL, oldest_program integer NOT NULL)`,
  );
  const { rows } = await client.query<{ version: number; oldest_program: number }>(
    'SELECT version, oldest_program FROM connector_schema',
  );
  const [known] = rows;
  if (known && known.oldest_program > steps.length) {
    throw new StoreError(
      `The database ${placeOf(url)} was upgraded by a newer version of the connector (schema ${known.version}, which needs a program that knows ${known.oldest_program}; this one knows ${steps.length}). Start the newer version.`,
    );
  }
  const missing = steps.slice(known?.version ?? 0);
  for (const { sql } of missing) await client.query(sql);
  const last = missing.at(-1);
  if (!last) return;
  const statement = known
    ? 'UPDATE connector_schema SET version = $1, oldest_program = $2'
    : 'INSERT INTO connector_schema (version, oldest_program) VALUES ($1, $2)';
  await client.query(statement, [steps.length, last.oldestProgram]);
}
