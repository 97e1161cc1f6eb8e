import { execFile } from 'node:child_process';
import { copyFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import type { ServiceNowSimulator } from '../../src/simulator/servicenow/simulator';
import { migrate } from '../../src/store/postgres/schema';
import { beginTalks, holds, type Talk, wrongs } from '../replicas/support/talk';
import { closeFarSides, quietQueues, startFarSides } from '../support/far-sides';
import { startPostgres, type TestPostgres } from '../support/postgres';
import { environmentOf, eventually, type makeFolder, type Product, startProduct } from '../support/product';
import type { TeamsChannel } from '../support/teams-channel';

const run = promisify(execFile);

let rasa: RasaSimulator;
let serviceNow: ServiceNowSimulator;
let teams: TeamsChannel;
let postgres: TestPostgres;
let product: Product;
let folder: ReturnType<typeof makeFolder>;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.close(), 60_000);
beforeEach(async () => {
  ({ rasa, serviceNow, teams, folder } = await startFarSides({ enforceRates: false }));
  quietQueues(serviceNow);
});
afterEach(async () => {
  await product.kill();
  await closeFarSides({ rasa, serviceNow, teams, folder });
}, 30_000);

/** A database of which a backup is taken while the connector works with it. */
interface BackedUp {
  readonly url: string;
  take(): Promise<void>;
  /** The address under which the backup stands now. */
  putBack(): Promise<string>;
}

/** As the README says: the command while it runs, and for putting back the file without what lies beside it. */
async function embedded(): Promise<BackedUp> {
  const file = join(folder.path, 'connector.db');
  const copy = join(folder.path, 'backup.db');
  const url = `file:${file}`;
  const command = join(__dirname, '../../dist/cli/backup.js');
  const env = { PATH: process.env.PATH, DATABASE_URL: url };
  return {
    url,
    take: async () => {
      const { stdout } = await run(process.execPath, [command, copy], { cwd: tmpdir(), env });
      expect(stdout).toBe(`${copy}: ${statSync(copy).size} bytes\n`);
      expect(statSync(copy).mode & 0o777).toBe(0o600);
      const again = await run(process.execPath, [command, copy], { cwd: tmpdir(), env }).catch((error) => error);
      expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('is there already') });
    },
    putBack: async () => {
      for (const beside of ['', '-wal', '-shm', '-mark']) rmSync(`${file}${beside}`, { force: true });
      copyFileSync(copy, file);
      return url;
    },
  };
}

const tables = [
  ...['conversations', 'outbox', 'ledger', 'seen', 'transcript', 'sends'],
  ...['replicas', 'duties', 'blobs', 'blob_pieces', 'origin'],
];

/** What pg_dump does: all tables as they are at one moment, put into another database. */
async function shared(): Promise<BackedUp> {
  const url = await postgres.database();
  const dump = new Map<string, string>();
  const connected = async (to: string, work: (client: Client) => Promise<void>) => {
    const client = new Client({ connectionString: to });
    await client.connect();
    await work(client);
    await client.end();
  };
  return {
    url,
    take: () =>
      connected(url, async (client) => {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
        for (const table of tables) {
          const { rows } = await client.query(`SELECT coalesce(json_agg(t), '[]')::text AS all FROM ${table} t`);
          dump.set(table, rows[0].all);
        }
        await client.query('COMMIT');
      }),
    putBack: async () => {
      const other = await postgres.database();
      await migrate(other);
      await connected(other, async (client) => {
        for (const table of tables) {
          await client.query(`DELETE FROM ${table}`);
          const all = `SELECT * FROM json_populate_recordset(NULL::${table}, $1)`;
          await client.query(`INSERT INTO ${table} OVERRIDING SYSTEM VALUE ${all}`, [dump.get(table)]);
        }
      });
      return other;
    },
  };
}

async function start(url: string): Promise<void> {
  const environment = { ...environmentOf(rasa, serviceNow, folder.path), ...teams.environment };
  product = await startProduct({ ...environment, DATABASE_URL: url });
}

/** Everybody says words until told to stop, both ways. */
function talkOn(talks: readonly Talk[]): { stop(): Promise<Map<Talk, { said: string[]; answered: string[] }>> } {
  let isOver = false;
  const all = new Map(talks.map((talk) => [talk, { said: [] as string[], answered: [] as string[] }]));
  const speakers = [...all].map(async ([talk, { said, answered }]) => {
    for (let n = 1; !isOver; n += 1) {
      answered.push(`${talk.user}-reads-${n}`);
      talk.answer(`${talk.user}-reads-${n}`);
      said.push(`${talk.user}-says-${n}`);
      await talk.say(`${talk.user}-says-${n}`);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  });
  const stop = async () => {
    isOver = true;
    await Promise.all(speakers);
    return all;
  };
  return { stop };
}

test.each([
  ['the embedded database', embedded],
  ['PostgreSQL', shared],
])(
  'a backup of %s taken under load is put back: no chat is lost, and nothing is said twice without a mark (row 44)',
  async (_name, make) => {
    const database = await make();
    await start(database.url);
    const deliver = async (activity: unknown) =>
      void (await eventually(
        async () => (await teams.sendTo(product.url, activity).catch(() => undefined))?.status === 200,
        'a turn to be taken',
      ));
    const talks = await beginTalks({ teams, serviceNow, deliver }, ['ana', 'bob', 'cem', 'dea']);
    const load = talkOn(talks);
    await eventually(() => talks.every(({ heard, read }) => heard().length > 2 && read().length > 3), 'some words');
    await database.take();
    const before = talks.map(({ heard }) => heard().length);
    await eventually(() => talks.every(({ heard }, index) => heard().length > (before[index] ?? 0) + 3), 'more words');
    const words = await load.stop();
    for (const [{ heard, read }, { said, answered }] of words) {
      await eventually(() => said.every((word) => heard().includes(word)), 'all words at the agent');
      await eventually(() => answered.every((word) => read().some((line) => holds(line, word))), 'all at the employee');
    }
    await product.kill();
    await start(await database.putBack());
    expect(product.lines.some(({ event }) => event === 'store_was_put_back')).toBe(true);
    for (const talk of talks) {
      const { said, answered } = words.get(talk) ?? { said: [], answered: [] };
      said.push(`${talk.user}-says-last`);
      answered.push(`${talk.user}-reads-last`);
      talk.answer(`${talk.user}-reads-last`);
      await talk.say(`${talk.user}-says-last`);
    }
    for (const [{ heard, read }, { said, answered }] of words) {
      await eventually(() => read().some((line) => holds(line, answered.at(-1) ?? '')), 'the last answer');
      await eventually(() => heard().includes(said.at(-1) ?? ''), 'the last word');
      expect(heard()).toEqual(said);
      expect(wrongs(answered, read())).toEqual([]);
    }
    expect(serviceNow.chats().map(({ id }) => id)).toEqual(talks.map(({ chat }) => chat));
  },
  90_000,
);
