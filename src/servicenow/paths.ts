import { ApiFailure } from '../conversation/failures';

/** The address of a call: a path template of the options, the ids for the names in its braces, and a query. */
export type FillPath = (
  template: string,
  ids?: Readonly<Record<string, string>>,
  query?: Readonly<Record<string, string | number>>,
) => string;

/** True of what may stand in an address as an id. */
export type IsId = (text: string) => boolean;

/** The pattern holds for the whole id; whatever it allows, `.` and `..` would lead to another path. */
export function makeIsId(idPattern: string): IsId {
  const pattern = new RegExp(`^(?:${idPattern})$`);
  return (text) => /^[!-~]+$/.test(text) && !/^\.+$/.test(text) && pattern.test(text);
}

/**
 * The only way in which anything gets into an address. An id is checked and encoded all the same; what is no id throws an
 * ApiFailure, and no call is made.
 */
export function makePaths(base: string, isId: IsId): FillPath {
  const root = base.replace(/\/+$/, '');
  return (template, ids = {}, query = {}) => {
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => segment(isId, name, ids[name]));
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) search.set(name, String(value));
    return search.size === 0 ? root + path : `${root}${path}?${search}`;
  };
}

function segment(isId: IsId, name: string, id: string | undefined): string {
  if (id !== undefined && isId(id)) return encodeURIComponent(id);
  const message = `servicenow: the ${name} is no id that may stand in an address`;
  throw new ApiFailure({ upstream: 'servicenow', kind: 'rejected', certain: true, message });
}
