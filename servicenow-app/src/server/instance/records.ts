import { GlideRecord } from '@servicenow/glide';
import type { Condition, Fields, Query, Records } from '../logic/glide';
import { columns } from './columns';

/** The instance's records, through GlideRecord. */
export const records: Records = {
  find: (query) => (query.where.some(isOfNothing) ? [] : rowsOf(query)),
  insert: (table, fields) => {
    const record = new GlideRecord(table);
    record.initialize();
    for (const [name, value] of Object.entries(fields)) record.setValue(name, value);
    return record.insert() ?? undefined;
  },
  update: (table, id, fields) => {
    const record = new GlideRecord(table);
    if (!record.get(id)) throw new Error(`${table} has no record ${id}`);
    for (const [name, value] of Object.entries(fields)) record.setValue(name, value);
    if (!record.update()) throw new Error(`${table} did not take a change`);
  },
};

/** What a record holds, as far as this application reads it. */
export function fieldsOf(table: string, record: GlideRecord): Fields {
  const values = (columns[table] ?? []).map((name) => [name, record.getValue(name) ?? ''] as const);
  return { ...Object.fromEntries(values), sys_id: record.getUniqueValue() };
}

function rowsOf({ table, where, order, limit }: Query): Fields[] {
  const record = new GlideRecord(table);
  for (const condition of where) restrict(record, condition);
  if (order?.startsWith('-')) record.orderByDesc(order.slice(1));
  else if (order) record.orderBy(order);
  if (limit !== undefined) record.setLimit(limit);
  record.query();
  const rows: Fields[] = [];
  while (record.next()) rows.push(fieldsOf(table, record));
  return rows;
}

function restrict(record: GlideRecord, [field, operator, value]: Condition): void {
  record.addQuery(field, operator, operator === 'IN' ? value.join(',') : value);
}

/** The platform takes a list of no values for a list of the empty value. */
function isOfNothing([, operator, value]: Condition): boolean {
  return operator === 'IN' && value.length === 0;
}
