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

/** sys_ids of records. */
export function ids({ body }: Request, name: string): string[] {
  const value = body[name] ?? [];
  if (!Array.isArray(value) || value.some((each) => typeof each !== 'string' || !/^[0-9a-f]{32}$/.test(each)))
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
