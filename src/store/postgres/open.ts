import { randomUUID } from 'node:crypto';
import { StoreError } from '../store-error';
import { askOf } from './ask';
import { Fences } from './fences';
import type { Machine } from './machine';
import { PostgresOwnership } from './ownership';
import { makePool, placeOf } from './pool';
import { checkSchema, migrate } from './schema';
import { PostgresStore } from './store';

/** How long a start waits for a database that is not there yet: the two may have been started together. */
const longestWaitMs = 10_000;
/** A replica that has died is found out and replaced in this time and a beat. */
const defaultTtlMs = 2_000;

export interface OpenPostgresOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  readonly machine: Machine;
  readonly ttlMs?: number;
  readonly waitMs?: number;
}

export interface OpenedPostgres {
  /** The name of this replica in the database. */
  readonly replica: string;
  readonly store: PostgresStore;
  readonly ownership: PostgresOwnership;
}

/** Brings the schema up to date and makes this process one of the replicas. Throws {@link StoreError}. */
export async function openPostgres(options: OpenPostgresOptions): Promise<OpenedPostgres> {
  const { url, machine, ttlMs = defaultTtlMs, waitMs = longestWaitMs } = options;
  return patiently(url, waitMs, async () => {
    await migrate(url);
    const pool = makePool(url);
    const fences = new Fences(randomUUID());
    const ownership = new PostgresOwnership({ url, ask: askOf(pool), fences, machine, ttlMs });
    try {
      await ownership.start();
    } catch (error) {
      await pool.end();
      throw error;
    }
    return { replica: fences.replica, store: new PostgresStore(pool, fences), ownership };
  });
}

/** Opens the database as a command does: it becomes no replica, and what is not there is not made. Throws {@link StoreError}. */
export function openForCommand(url: string): Promise<PostgresStore> {
  return patiently(url, 0, async () => {
    await checkSchema(url);
    return new PostgresStore(makePool(url));
  });
}

async function patiently<T>(url: string, waitMs: number, attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (isFinal(error) || Date.now() >= deadline) throw explained(url, error);
      await new Promise((again) => setTimeout(again, 200 + Math.random() * 400));
    }
  }
}

/** No waiting helps against a wrong password, a database that does not exist, or missing rights. */
function isFinal(error: unknown): boolean {
  return error instanceof StoreError || /^(28|3D|42)/.test(codeOf(error));
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? '');
}

function explained(url: string, error: unknown): Error {
  if (error instanceof StoreError) return error;
  const reason = codeOf(error) || (error as Error).message;
  return new StoreError(
    `The database ${placeOf(url)} cannot be used (${reason}). Check DATABASE_URL, that the database exists, and that its user may connect and create tables.`,
    { cause: error },
  );
}
