import { Client } from 'pg';
import { eventually, type Product } from '../support/product';
import { type Fleet, startFleet } from './support/fleet';
import { beginTalks, holds, type Talk, wrongs } from './support/talk';

let fleet: Fleet;
let talks: Talk[];
beforeAll(async () => {
  fleet = await startFleet(2);
  talks = await beginTalks(fleet, ['ana', 'bob']);
}, 60_000);
afterAll(() => fleet.close(), 30_000);

/** Only a server of our own can be stopped. */
const stoppable = process.env.TEST_DATABASE_URL ? test.skip : test;

let words = 0;

/** A word each way in every chat; resolves when they have arrived. */
async function everybodyTalks(): Promise<void> {
  for (const { user, say, answer, heard, read } of talks) {
    words += 1;
    const [said, answered] = [`${user}-says-${words}`, `${user}-reads-${words}`];
    answer(answered);
    await say(said);
    await eventually(() => heard().includes(said), said);
    await eventually(() => read().some((line) => holds(line, answered)), answered);
  }
}

function everythingOnce(): void {
  for (const { user, heard, read } of talks) {
    const said = heard();
    expect(said).toEqual([...new Set(said)]);
    const answered = read().flatMap((line) => line.split(/\s+/).filter((word) => word.startsWith(`${user}-reads-`)));
    expect(wrongs([...new Set(answered)], read())).toEqual([]);
  }
}

async function restart(replica: Product): Promise<number> {
  const began = Date.now();
  fleet.drop(replica);
  expect(await replica.stop()).toBe(0);
  await fleet.grow();
  return Date.now() - began;
}

test('a newer version upgrades the database beside the ones that run: chats go on, and every replica is restarted in turn (row 48)', async () => {
  await everybodyTalks();
  const client = new Client({ connectionString: fleet.database });
  await client.connect();
  // What the next version may do: new columns and tables, and what it needs for itself.
  await client.query(`ALTER TABLE conversations ADD COLUMN mood text NOT NULL DEFAULT 'calm';
    ALTER TABLE outbox ADD COLUMN priority integer DEFAULT 1;
    ALTER TABLE replicas ADD COLUMN program text;
    CREATE TABLE moods (key text PRIMARY KEY, mood text);
    UPDATE connector_schema SET version = version + 1`);
  await client.end();
  await everybodyTalks();
  const times: number[] = [];
  for (const replica of [...fleet.replicas]) {
    const [talking, took] = await Promise.all([everybodyTalks(), restart(replica)]);
    expect(talking).toBeUndefined();
    times.push(took);
    await everybodyTalks();
  }
  everythingOnce();
  process.stdout.write(`restarts of a replica: ${times.join(' ms, ')} ms\n`);
  expect(Math.max(...times)).toBeLessThan(15_000);
}, 120_000);

stoppable(
  'while the database is away turns are refused, and all goes on when it is back (row 43)',
  async () => {
    await fleet.postgres.server?.stop();
    const [ana] = talks as [Talk];
    ana.answer('ana-reads-meanwhile');
    for (const replica of fleet.replicas) {
      const activity = fleet.teams.activity({ text: 'nobody-takes-it' });
      expect((await fleet.teams.sendTo(replica.url, activity)).status).toBe(503);
      const base = replica.url.replace('/api/messages', '');
      expect((await fetch(`${base}/healthz`)).status).toBe(200);
      expect((await fetch(`${base}/readyz`)).status).toBe(503);
    }
    await fleet.postgres.server?.start();
    await eventually(() => ana.read().some((line) => holds(line, 'ana-reads-meanwhile')), 'what was said meanwhile');
    await everybodyTalks();
    everythingOnce();
    for (const { child } of fleet.replicas) expect(child.exitCode).toBeNull();
  },
  60_000,
);
