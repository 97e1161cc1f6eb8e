import { z } from 'zod';

/** How one variable's text becomes a value. The message of an issue says what is wrong and what it should be. */
export type Reading<T> = z.ZodType<T, string>;

export const text: Reading<string> = z.string();

export function integer(from: number, to: number): Reading<number> {
  const should = `should be a whole number from ${from} to ${to}`;
  return z.string().transform((value, context) => {
    const number = /^\d{1,12}$/.test(value.trim()) ? Number(value) : Number.NaN;
    if (number >= from && number <= to) return number;
    return refuse(context, `is ${quoted(value)}; it ${should}`);
  });
}

/** Milliseconds as timers take them. */
export const milliseconds = integer(0, 2_147_483_647);

/** Milliseconds after which something is given up; without any it would never be tried. */
export const timeout = integer(1, 2_147_483_647);

export function oneOf<const T extends string>(...names: readonly T[]): Reading<T> {
  return z.string().transform((value, context) => {
    const found = names.find((name) => name.toLowerCase() === value.trim().toLowerCase());
    return found ?? refuse(context, `is ${quoted(value)}; it should be ${names.join(' or ')}`);
  });
}

/** An address without anything behind its path; no slash at the end. */
export const address: Reading<string> = z.string().transform((value, context) => {
  const should = 'it should be an https address such as https://name.example, without user, query or fragment';
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
  return isPlain ? url.href.replace(/\/+$/, '') : refuse(context, `is no address that can be used; ${should}`);
});

/** An id as Azure gives it: one word without blanks. */
export const id: Reading<string> = z.string().transform((value, context) => {
  const isId = /^[\w.-]{1,100}$/.test(value);
  return isId
    ? value
    : refuse(context, `is ${quoted(value)}; it should be an id such as 00000000-0000-0000-0000-000000000000`);
});

/** A secret of our own, long enough that nobody guesses it. */
export const token: Reading<string> = z.string().transform((value, context) => {
  const isGood = /^[\x21-\x7e]{24,512}$/.test(value);
  return isGood ? value : refuse(context, 'is too weak; it should be 24 to 512 printable characters without blanks');
});

/** One or two keys as Standard Webhooks writes them. */
export const signingKeys: Reading<readonly Buffer[]> = z.string().transform((value, context) => {
  const keys = value.split(',').map((one) => /^\s*whsec_([A-Za-z0-9+/]+={0,2})\s*$/.exec(one)?.[1] ?? '');
  const isGood = keys.length <= 2 && keys.every((key) => Buffer.from(key, 'base64').length >= 16);
  if (isGood) return keys.map((key) => Buffer.from(key, 'base64'));
  return refuse(context, 'is no key; it should be whsec_ and at least 16 bytes in base64, or two of them with a comma');
});

/** One secret, or two while they are exchanged. */
export const callbackSecrets: Reading<readonly string[]> = z.string().transform((value, context) => {
  const secrets = value.split(',').map((one) => one.trim());
  if (secrets.length <= 2 && secrets.every((one) => /^[\x21-\x7e]{16,200}$/.test(one))) return secrets;
  return refuse(context, 'is no secret; it should be 16 to 200 characters without blanks, or two of them with a comma');
});

export const list: Reading<readonly string[]> = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

/** JSON of the given shape; `example` shows it to the one who has to mend it. */
export function json<T>(shape: z.ZodType<T>, example: string): Reading<T> {
  const should = `it should be JSON such as ${example}`;
  return z.string().transform((value, context) => {
    const parsed = shape.safeParse(parse(value));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const place = issue && issue.path.length > 0 ? ` (at ${issue.path.join('.')}: ${issue.message})` : '';
    return refuse(context, `is not as agreed${place}; ${should}`);
  });
}

/** Set to exactly `1`, or not at all. */
export const flag: Reading<boolean> = z.string().transform((value, context) => {
  return value === '1' ? true : refuse(context, `is ${quoted(value)}; it should be 1, or not be set`);
});

function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function refuse(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

function quoted(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}
