import { Client } from 'pg';
import type { PendingEffect } from '../../../src/conversation/effects';
import type { Conversation, ConversationKey, Instant } from '../../../src/conversation/types';
import type { Change } from '../../../src/engine/store';
import { type OpenedPostgres, openPostgres } from '../../../src/store/postgres/open';
import { FakeClock } from '../../support/world/fake-clock';
import { keyOf, sender } from '../../support/world/world';

/** One replica whose machine's time stands still until a test moves it: it beats only then. */
export interface Replica extends OpenedPostgres {
  readonly clock: FakeClock;
  /** What it was told to look at. */
  readonly hints: ConversationKey[];
  /** When it began and ceased to read for all. */
  readonly reading: boolean[];
  /** One beat. */
  beat(): Promise<void>;
  close(): Promise<void>;
}

/** Some replicas over one new database. */
export interface Fleet {
  readonly url: string;
  /** Adds a replica. */
  join(): Promise<Replica>;
  sql(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** The database lets the lease of a replica run out. */
  expire(replica: Replica): Promise<void>;
  close(): Promise<void>;
}

export const ttlMs = 60_000;

export async function makeFleet(url: string): Promise<Fleet> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const replicas: Replica[] = [];
  const sql = async (text: string, values: readonly unknown[] = []) => (await client.query(text, [...values])).rows;
  return {
    url,
    sql,
    join: async () => {
      const replica = await joinFleet(url, sql);
      replicas.push(replica);
      return replica;
    },
    expire: async ({ replica }) => {
      await sql(`UPDATE replicas SET expires_at = clock_timestamp() - interval '1 second' WHERE id = $1`, [replica]);
    },
    close: async () => {
      for (const replica of replicas) await replica.close();
      await client.end();
    },
  };
}

async function joinFleet(url: string, sql: Fleet['sql']): Promise<Replica> {
  const clock = new FakeClock();
  const opened = await openPostgres({ url, machine: clock, ttlMs });
  const { ownership, store, replica } = opened;
  const hints: ConversationKey[] = [];
  const reading: boolean[] = [];
  ownership.onHint((key) => hints.push(key));
  ownership.onReading((reads) => reading.push(reads));
  const lease = async () => (await sql('SELECT expires_at::text AS at FROM replicas WHERE id = $1', [replica]))[0]?.at;
  const beat = async () => {
    const before = await lease();
    const timers = clock.everSet;
    clock.step(clock.now() + ttlMs / 4);
    // The database has it before the replica has its answer; only with that does it set the timer of its next beat.
    await until(async () => (await lease()) !== before && clock.everSet > timers && ownership.mayAct());
    // What came of the beat is under way on connections of its own: a question on each of them comes after most of it.
    await Promise.all(Array.from({ length: 8 }, () => store.check()));
  };
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await ownership.close();
    await store.close();
  };
  return { ...opened, clock, hints, reading, beat, close };
}

/** Asks again and again, until it is so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('it did not come about within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export const now = 1_000_000 as Instant;

export function conversation(user = 'ana'): Conversation {
  const { reference, user: employee } = sender(user);
  const phase = { name: 'assisted', silences: 0 } as const;
  return { key: keyOf(user), phase, reference, user: employee, said: [], reachable: true, greeted: false };
}

export function change(from: number, more: Partial<Change> = {}, user = 'ana'): Change {
  const base = conversation(user);
  return { key: base.key, from, conversation: base, effects: 0, put: [], settle: [], lines: [], at: now, ...more };
}

export function effect(seq: number, more: Partial<PendingEffect> = {}): PendingEffect {
  return { seq, effect: { type: 'identify' }, state: 'waiting', attempts: 0, doubts: 0, correlation: 'c', ...more };
}
