import { type ClientConfig, Pool, types } from 'pg';

/** Connections that are kept for statements; the lifeline has one of its own. */
const connections = 4;
/** A database that does not answer in these times, milliseconds, is taken for one that is away. */
export const connectTimeoutMs = 2_000;
const statementTimeoutMs = 2_500;
const answerTimeoutMs = 3_000;

const bigint = 20;

/** What all connections share: our numbers of 64 bits are times and counters, which JavaScript's numbers hold. */
export function connectionOf(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: 'teams-servicenow-live-chat',
    keepAlive: true,
    connectionTimeoutMillis: connectTimeoutMs,
    types: {
      getTypeParser: (oid, format) =>
        oid === bigint && format !== 'binary' ? Number : types.getTypeParser(oid as never, format as never),
    },
  };
}

/** Nothing waits forever on these connections, and none is closed only because nothing happened for a while. */
export function makePool(url: string): Pool {
  const pool = new Pool({
    ...connectionOf(url),
    max: connections,
    idleTimeoutMillis: 0,
    statement_timeout: statementTimeoutMs,
    query_timeout: answerTimeoutMs,
  });
  // A connection that breaks while nobody uses it is replaced when the next one is wanted.
  pool.on('error', () => {});
  return pool;
}

/** `host:port/database` of an address, for people; never its password. */
export function placeOf(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname || 'localhost'}:${port || 5432}${pathname}`;
  } catch {
    return 'the address in DATABASE_URL';
  }
}
