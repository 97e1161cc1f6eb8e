import { failure, Refused, result } from './answer';
import type { Handler } from './call';

/** The Table API, as far as system properties are read through it. */
export const tableRoutes: Readonly<Record<string, Handler>> = {
  'GET /table/sys_properties': ({ world, incoming }) => {
    const { properties } = world.state.config;
    if (!properties) throw new Refused(failure(403, 'Operation Failed', 'ACL Exception: insufficient rights'));
    const wanted = namesIn(incoming.query.get('sysparm_query') ?? '');
    const rows = Object.entries(properties).map(([name, value]) => ({ name, value }));
    return result(rows.filter(({ name }) => wanted === undefined || wanted.includes(name)));
  },
};

/** The only query that is understood: a list of names. The platform leaves out what it does not understand. */
function namesIn(query: string): string[] | undefined {
  return /^nameIN(.*)$/.exec(query)?.[1]?.split(',');
}
