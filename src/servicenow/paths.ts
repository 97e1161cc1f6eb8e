import { ApiFailure } from '../conversation/failures';

/** The address of a call: a path template of the options, the ids for the names in its braces, and a query. */
export type FillPath = (
  template: string,
  ids?: Readonly<Record<string, string>>,
  query?: Readonly<Record<string, string | number>>,
) => string;

/**
 * The only way in which anything gets into an address. An id is checked against the whole pattern and encoded all the same;
 * what is no id throws an ApiFailure, and no call is made.
 */
export function makePaths(base: string, idPattern: string): FillPath {
  const pattern = new RegExp(`^(?:${idPattern})$`);
  const root = base.replace(/\/+$/, '');
  return (template, ids = {}, query = {}) => {
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => segment(pattern, name, ids[name]));
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) search.set(name, String(value));
    return search.size === 0 ? root + path : `${root}${path}?${search}`;
  };
}

function segment(pattern: RegExp, name: string, id: string | undefined): string {
  // Whatever the configured pattern allows: `.` and `..` would lead to another path.
  if (id !== undefined && /^[!-~]+$/.test(id) && !/^\.+$/.test(id) && pattern.test(id)) return encodeURIComponent(id);
  const message = `servicenow: the ${name} is no id that may stand in an address`;
  throw new ApiFailure({ upstream: 'servicenow', kind: 'rejected', certain: true, message });
}
