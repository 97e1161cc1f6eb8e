import { Client } from 'pg';
import { inspectStore } from '../../src/store/inspect';
import { migrations } from '../../src/store/postgres/migrations';
import { openPostgres } from '../../src/store/postgres/open';
import { migrate } from '../../src/store/postgres/schema';
import { startPostgres, type TestPostgres } from '../support/postgres';
import { FakeClock } from '../support/world/fake-clock';

/** What only a server of our own lets us try. */
const ours = process.env.TEST_DATABASE_URL ? test.skip : test;

let postgres: TestPostgres;
let url: string;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.close(), 60_000);
beforeEach(async () => {
  url = await postgres.database();
});

const inspected = () => inspectStore({ kind: 'postgres', url });

async function sql(text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(text);
  await client.end();
  return rows;
}

test('a database that was not used yet is seen as such, and stays so', async () => {
  expect(await inspected()).toMatchObject({
    kind: 'postgres',
    reached: true,
    version: expect.any(Number),
    isStandby: false,
    isReadOnly: false,
    mayCreate: true,
    isUtf8: true,
    knownSchema: migrations.length,
    replicas: { alive: 0, dead: 0 },
    hasReader: false,
  });
  expect(await inspected()).not.toHaveProperty('schema');
  expect(await sql(`SELECT to_regclass('connector_schema') AS found`)).toEqual([{ found: null }]);
});

test('a schema is told by its version, also one that only newer programs know', async () => {
  await migrate(url);
  expect(await inspected()).toMatchObject({ schema: { version: migrations.length, oldestProgram: 1 } });
  await sql('UPDATE connector_schema SET version = 90, oldest_program = 80');
  expect(await inspected()).toMatchObject({ schema: { version: 90, oldestProgram: 80 } });
});

test('replicas are counted by whether they live', async () => {
  const { ownership, store } = await openPostgres({ url, machine: new FakeClock(), ttlMs: 60_000 });
  await sql(`INSERT INTO replicas (id, expires_at) VALUES ('gone', clock_timestamp() - interval '1 hour')`);
  expect(await inspected()).toMatchObject({ replicas: { alive: 1, dead: 1 }, hasReader: true });
  await sql(`UPDATE duties SET owner = 'gone'`);
  expect(await inspected()).toMatchObject({ replicas: { alive: 1, dead: 1 }, hasReader: false });
  await ownership.close();
  await store.close();
});

test('rights and read-only databases are seen', async () => {
  const name = new URL(url).pathname.slice(1);
  await sql(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  expect(await inspected()).toMatchObject({ isReadOnly: true });
});

ours('a wrong password and a missing database are told apart', async () => {
  const wrong = new URL(url);
  wrong.password = 'wrong';
  expect(await inspectStore({ kind: 'postgres', url: wrong.href })).toMatchObject({ reached: false, code: '28P01' });
  const missing = new URL(url);
  missing.pathname = '/no_such_database';
  expect(await inspectStore({ kind: 'postgres', url: missing.href })).toMatchObject({ reached: false, code: '3D000' });
});
