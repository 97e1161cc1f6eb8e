import type { Condition, Fields, Query, Records } from '../server/logic/glide';

/** Records by table and id, as plain data. */
export type Tables = Record<string, Record<string, Fields>>;

/** What surrounds the records. */
export interface Surroundings {
  newId(): string;
  /** Now, as records carry it. */
  stamp(): string;
  /** Fields that no two records of a table share. */
  readonly unique: Readonly<Record<string, readonly string[]>>;
  /** After a record came into being or changed; rules run here. */
  written?(table: string, record: Fields, before: Fields | undefined): void;
}

/** Records in memory that answer as the platform's do. */
export function makeRecords(tables: Tables, around: Surroundings): Records {
  const rowsOf = (table: string) => {
    tables[table] ??= {};
    return tables[table];
  };
  return {
    find: (query) => select(Object.values(rowsOf(query.table)), query),
    insert: (table, fields) => {
      const rows = rowsOf(table);
      const unique = around.unique[table] ?? [];
      const isTaken = Object.values(rows).some((row) => unique.some((name) => row[name] === fields[name]));
      if (isTaken) return undefined;
      const id = fields.sys_id ?? around.newId();
      const record = { active: '1', sys_created_on: around.stamp(), ...fields, sys_id: id };
      rows[id] = record;
      around.written?.(table, record, undefined);
      return id;
    },
    update: (table, id, fields) => {
      const before = rowsOf(table)[id];
      if (!before) throw new Error(`${table} has no record ${id}`);
      const record = { ...before, ...fields };
      rowsOf(table)[id] = record;
      around.written?.(table, record, before);
    },
  };
}

/** The rows that fit a query, in its order. */
export function select(rows: readonly Fields[], { where, order, limit }: Query): Fields[] {
  const fitting = rows.filter((row) => where.every((condition) => fits(row, condition)));
  const field = order?.replace(/^-/, '');
  const sign = order?.startsWith('-') ? -1 : 1;
  const inOrder = field && ((one: Fields, other: Fields) => sign * compare(one[field], other[field]));
  if (inOrder && limit === 1)
    return fitting.length === 0 ? [] : [fitting.reduce((best, row) => (inOrder(row, best) < 0 ? row : best))];
  const sorted = inOrder ? fitting.sort(inOrder) : fitting;
  return sorted.slice(0, limit ?? sorted.length);
}

function fits(row: Fields, condition: Condition): boolean {
  const [field, operator, value] = condition;
  const own = row[field] ?? '';
  switch (operator) {
    case '=':
      return own === value;
    case '!=':
      return own !== value;
    case '>':
      return compare(own, value) > 0;
    case 'IN':
      return value.includes(own);
  }
}

/** Texts that are numbers compare as numbers. */
function compare(one = '', other = ''): number {
  const difference = Number(one) - Number(other);
  if (one !== '' && other !== '' && !Number.isNaN(difference)) return difference;
  return one < other ? -1 : Number(one > other);
}
