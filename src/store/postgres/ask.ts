import type { Pool, QueryConfig, QueryResultRow } from 'pg';
import { type StatementName, statements } from './statements';

/** What a statement may be given. */
export type Value = string | number | boolean | Buffer | null | undefined;

/** Carries out one statement of the store, and answers its rows. Rejects when the database does not answer in time. */
export type Ask = <Row extends QueryResultRow>(name: StatementName, ...values: readonly Value[]) => Promise<Row[]>;

export function askOf(pool: Pool): Ask {
  return async <Row extends QueryResultRow>(name: StatementName, ...values: readonly Value[]) => {
    const { rows } = await pool.query<Row>(queryOf(name, values));
    return rows;
  };
}

/** A statement as it is sent: its text only the first time on a connection. */
export function queryOf(name: StatementName, values: readonly Value[]): QueryConfig {
  return { name, text: statements[name], values: [...values] };
}
