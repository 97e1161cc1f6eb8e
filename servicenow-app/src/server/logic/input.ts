import { refusal } from './answer';

/** A request to one of our routes. */
export interface Request {
  /** What stands in the path where the route has a name in braces. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** A body that is a file. */
  readonly file?: { readonly type: string; readonly data: unknown };
}

/** A text that must be there, of so many characters at the most. */
export function text(request: Request, name: string, longest: number): string {
  const value = optionalText(request, name, longest);
  if (value === undefined) throw refusal('invalid', `${name} is missing`);
  return value;
}

export function optionalText({ body }: Request, name: string, longest: number): string | undefined {
  const value = body[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw refusal('invalid', `${name} is not a text`);
  if (value.length > longest) throw refusal('invalid', `${name} is longer than ${longest} characters`);
  return value;
}

const sysId = /^[0-9a-f]{32}$/;

/**
 * A value that may stand in a query. The platform evaluates values that begin with `javascript:`, and `^` joins conditions, so what comes
 * from a caller is let into one only in a form that can be neither.
 */
function forQuery(name: string, value: string | undefined, form: RegExp): string {
  if (value === undefined || value === '') throw refusal('invalid', `${name} is missing`);
  if (!form.test(value)) throw refusal('invalid', `${name} has characters that it cannot have, or too many`);
  return value;
}

/** The caller's own id of something. */
export function externalIdOf(given: unknown): string {
  return forQuery('externalId', typeof given === 'string' ? given : undefined, /^[\w.~-]{1,100}$/);
}

/** A sys_id in the body; `undefined` where none is given. */
export function optionalSysId(request: Request, name: string): string | undefined {
  const value = optionalText(request, name, 32);
  return value === undefined ? undefined : forQuery(name, value, sysId);
}

export function isSysId(value: string): boolean {
  return sysId.test(value);
}

/** An e-mail address; one that cannot stand in a query counts as none. */
export function emailOf(request: Request): string | undefined {
  const value = optionalText(request, 'userEmail', 200);
  return value !== undefined && /^[^\s^:,]+@[^\s^:,]+$/.test(value) ? value : undefined;
}

/** sys_ids of records. */
export function ids({ body }: Request, name: string): string[] {
  const value = body[name] ?? [];
  if (!Array.isArray(value) || value.some((each) => typeof each !== 'string' || !isSysId(each)))
    throw refusal('invalid', `${name} is not a list of sys_ids`);
  return value as string[];
}

/** A whole number in the query; `undefined` where it is not given. */
export function count({ query }: Request, name: string): number | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (!/^\d{1,10}$/.test(value)) throw refusal('invalid', `${name} is not a whole number`);
  return Number(value);
}
