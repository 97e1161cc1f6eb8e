import { botTables } from '../bot-api/tables';
import { viewFor } from './access';
import { failure, json, Refused, result } from './answer';
import { type Call, type Handler, param } from './call';
import { queried, type TableRecord } from './encoded-query';
import { listed } from './listed';

/** The Table API, as far as system properties and conversations are read through it. */
export const tableRoutes: Readonly<Record<string, Handler>> = {
  'GET /table/sys_properties': ({ world, incoming }) => {
    const { properties } = world.state.config;
    if (!properties) throw new Refused(failure(403, 'Operation Failed', 'ACL Exception: insufficient rights'));
    const wanted = namesIn(incoming.query.get('sysparm_query') ?? '');
    const rows = Object.entries(properties).map(([name, value]) => ({ name, value }));
    return result(rows.filter(({ name }) => wanted === undefined || wanted.includes(name)));
  },

  'GET /table/:table': (call) => {
    const { query } = call.incoming;
    const found = queried(recordsIn(call, param(call, 'table')), query.get('sysparm_query') ?? '');
    const from = Number(query.get('sysparm_offset') ?? 0);
    const page = found.slice(from, from + Number(query.get('sysparm_limit') ?? 10_000));
    const fields = query.get('sysparm_fields')?.split(',');
    const shown = fields ? page.map((record) => only(record, fields)) : page;
    return json(200, { result: listed(call, shown) }, { 'x-total-count': String(found.length) });
  },
};

/** The only query that is understood: a list of names. The platform leaves out what it does not understand. */
function namesIn(query: string): string[] | undefined {
  return /^nameIN(.*)$/.exec(query)?.[1]?.split(',');
}

function recordsIn(call: Call, table: string): TableRecord[] {
  const { state } = call.world;
  if (table === 'sys_user')
    return Object.values(state.users).map(({ sysId, userName, name, email, active }) => ({
      sys_id: sysId,
      user_name: userName,
      name,
      email: email ?? '',
      active: String(active ?? true),
    }));
  const records = botTables[table];
  if (!records) throw new Refused(failure(400, `Invalid table ${table}`));
  if (state.config.tableReads === 'off')
    throw new Refused(failure(403, 'Operation Failed', 'ACL Exception: insufficient rights'));
  return records(call.world, viewFor(call));
}

function only(record: TableRecord, fields: readonly string[]): TableRecord {
  return Object.fromEntries(fields.flatMap((name) => (name in record ? [[name, record[name] ?? '']] : [])));
}
