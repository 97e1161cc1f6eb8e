import { Client } from 'pg';
import { migrations } from '../../src/store/postgres/migrations';
import { openForCommand, openPostgres } from '../../src/store/postgres/open';
import { migrate } from '../../src/store/postgres/schema';
import { StoreError } from '../../src/store/store-error';
import { startPostgres, type TestPostgres } from '../support/postgres';
import { FakeClock } from '../support/world/fake-clock';
import { change, effect } from './postgres-support/replicas';

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

async function sql(text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(text);
  await client.end();
  return rows;
}

async function open(address = url, waitMs = 0) {
  const { store, ownership } = await openPostgres({ url: address, machine: new FakeClock(), waitMs });
  const close = async () => {
    await ownership.close();
    await store.close();
  };
  return { store, close };
}

const failureOf = (address: string, waitMs = 0) =>
  open(address, waitMs).then(
    () => undefined,
    (error: unknown) => error as Error,
  );

test('many that start at once over an empty database bring it up to date once', async () => {
  const opened = await Promise.all(Array.from({ length: 5 }, () => open(url, 5_000)));
  expect(await sql('SELECT version, oldest_program FROM connector_schema')).toEqual([
    { version: migrations.length, oldest_program: 1 },
  ]);
  for (const { close } of opened) await close();
});

test('an older database is brought up to date with what is in it', async () => {
  await migrate(url, migrations.slice(0, 1));
  await sql(`INSERT INTO seen (key, turn, at) VALUES ('k', 't', 7)`);
  const { store, close } = await open();
  expect(await store.trail('t', 5)).toMatchObject({ received: [{ key: 'k', turn: 't', at: 7 }] });
  await store.blobs.put('f', Buffer.from('x'));
  await close();
});

test('what a newer version added does not disturb, as long as it says so', async () => {
  const further = { oldestProgram: 1, sql: `ALTER TABLE conversations ADD COLUMN mood text DEFAULT 'calm'` };
  await migrate(url, [...migrations, further]);
  const { store, close } = await open();
  expect(await store.commit(change(0, { put: [effect(1)] }))).toBe('saved');
  await close();
  expect(await sql('SELECT mood FROM conversations')).toEqual([{ mood: 'calm' }]);
});

test('a database that only newer versions can work with is refused, with what to do', async () => {
  await migrate(url, [...migrations, { oldestProgram: migrations.length + 1, sql: 'SELECT 1' }]);
  const failure = await failureOf(url, 10_000);
  expect(failure).toBeInstanceOf(StoreError);
  expect(failure?.message).toMatch(/newer version .* Start the newer version/);
});

test('a command works with a database that the connector uses, and makes none', async () => {
  await expect(openForCommand(url)).rejects.toThrow(/was not used by this version/);
  expect(await sql(`SELECT 1 FROM pg_tables WHERE tablename = 'connector_schema'`)).toEqual([]);
  const { close } = await open();
  const store = await openForCommand(url);
  expect(await store.trail('nobody', 1)).toEqual({ received: [], effects: [] });
  expect(await sql('SELECT count(*)::integer AS replicas FROM replicas')).toEqual([{ replicas: 1 }]);
  await store.close();
  await close();
});

test('a step that fails changes nothing', async () => {
  const broken = { oldestProgram: 1, sql: 'CREATE TABLE half (id text); SELECT nonsense' };
  await expect(migrate(url, [...migrations, broken])).rejects.toThrow(/nonsense/);
  expect(await sql(`SELECT 1 FROM pg_tables WHERE tablename IN ('half', 'conversations')`)).toEqual([]);
});

test('who cannot be reached is named with host, port and database, and never with the password', async () => {
  const failure = await failureOf('postgres://app:hush-hush@127.0.0.1:1/chats');
  expect(failure).toBeInstanceOf(StoreError);
  expect(failure?.message).toMatch(/127\.0\.0\.1:1\/chats cannot be used \(ECONNREFUSED\)/);
  expect(`${failure?.message}`).not.toMatch(/hush/);
});

ours.each([
  ['a wrong password', (address: URL) => Object.assign(address, { password: 'wrong-hush' }), /28P01/],
  ['a database that does not exist', (address: URL) => Object.assign(address, { pathname: '/nowhere' }), /3D000/],
])('%s is not waited for', async (_what, spoil, code) => {
  const began = Date.now();
  const failure = await failureOf(spoil(new URL(url)).href, 10_000);
  expect(failure?.message).toMatch(code);
  expect(failure?.message).not.toMatch(/hush/);
  expect(Date.now() - began).toBeLessThan(5_000);
});

test('a database that goes on where it was is no backup; one that was copied back is, until that has been dealt with (row 44)', async () => {
  for (let start = 0; start < 2; start += 1) {
    const { store, close } = await open();
    expect(await store.wasPutBack()).toBe(false);
    await store.commit(change(start, { put: [effect(start + 1)] }));
    await close();
  }
  const copy = new URL(url);
  copy.pathname = `${copy.pathname}_copy`;
  const [original, name] = [new URL(url).pathname.slice(1), copy.pathname.slice(1)];
  const admin = new Client({ connectionString: Object.assign(new URL(url), { pathname: '/postgres' }).href });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${original}`);
  const { store, close } = await open(copy.href);
  expect(await store.wasPutBack()).toBe(true);
  await store.acceptPutBack();
  expect(await store.wasPutBack()).toBe(false);
  await close();
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await admin.end();
});

ours('a user with no rights beyond its own database is enough to know the place of the tables', async () => {
  const role = `plain_${Date.now()}`;
  await sql(`CREATE ROLE ${role} LOGIN PASSWORD 'x'; GRANT CREATE ON SCHEMA public TO ${role}`);
  const { store, close: end } = await open(Object.assign(new URL(url), { username: role, password: 'x' }).href);
  expect(await store.wasPutBack()).toBe(false);
  expect(await sql('SELECT place FROM origin')).toEqual([
    { place: expect.stringMatching(/^\d*\/[0-9A-F]{8}\/\d+\/\d+$/) },
  ]);
  await end();
  await sql(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
});

ours('a start waits for a database that is not there yet', async () => {
  await postgres.server?.stop();
  const starting = open(url, 10_000);
  await postgres.server?.start();
  const { store, close } = await starting;
  await store.check();
  await close();
});
