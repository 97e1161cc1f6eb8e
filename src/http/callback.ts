import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What became of what a callback said. */
export type Taken = 'kept' | 'repeated' | 'unknown_chat' | 'malformed';

export interface CallbackParts {
  /** What callbacks are known by just now: two while they are exchanged. */
  readonly secrets: () => readonly string[];
  /** What it said is durable when this resolves. */
  readonly take: (body: unknown) => Promise<Taken>;
}

/** Callbacks of ServiceNow: what they say, and from whom alone they are taken. */
export interface Callbacks {
  /** Whether the request carries the secret: as a Bearer token, as the Basic password, in `x-callback-secret`, or at the end of its path. */
  isKnown(headers: IncomingHttpHeaders, inPath: string | undefined): boolean;
  take(body: unknown): Promise<{ readonly status: number; readonly outcome: Taken | 'not_kept' }>;
}

export function makeCallbacks({ secrets, take }: CallbackParts): Callbacks {
  return {
    isKnown: (headers, inPath) => {
      const given = givenIn(headers, inPath);
      // Every one is compared with every other: the time tells nothing.
      return secrets()
        .flatMap((secret) => given.map((one) => isEqual(one, secret)))
        .includes(true);
    },
    take: async (body) => {
      try {
        const outcome = await take(body);
        return { status: outcome === 'malformed' ? 400 : 200, outcome };
      } catch {
        return { status: 503, outcome: 'not_kept' };
      }
    },
  };
}

function givenIn({ authorization, 'x-callback-secret': header }: IncomingHttpHeaders, inPath: string | undefined) {
  const [, scheme = '', credentials = ''] = /^(bearer|basic) ([\x21-\x7e]{1,1000})$/i.exec(authorization ?? '') ?? [];
  const proof = scheme.toLowerCase() === 'basic' ? passwordIn(credentials) : credentials;
  return [proof, typeof header === 'string' ? header : '', inPath ?? ''].filter((one) => one !== '');
}

function passwordIn(credentials: string): string {
  const text = Buffer.from(credentials, 'base64').toString('utf8');
  return text.includes(':') ? text.slice(text.indexOf(':') + 1) : '';
}

function isEqual(one: string, other: string): boolean {
  const [left, right] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
