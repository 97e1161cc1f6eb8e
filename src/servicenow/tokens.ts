import { z } from 'zod';
import { ApiFailure } from '../conversation/failures';
import type { Clock } from '../engine/ports';
import { readJson } from '../upstream/answers';
import type { Caller } from '../upstream/call';

export type ServiceNowAuth =
  | { readonly type: 'basic'; readonly username: string; readonly password: string }
  | { readonly type: 'client_credentials'; readonly clientId: string; readonly clientSecret: string }
  | {
      readonly type: 'password';
      readonly clientId: string;
      readonly clientSecret: string;
      readonly username: string;
      readonly password: string;
    };

/** The Authorization header of every call. */
export interface Authorization {
  current(): Promise<string>;
  /** A header that is newer than the refused one; the same again where there is none. */
  renew(refused: string): Promise<string>;
}

const tokenShape = z.looseObject({ access_token: z.string().min(1), expires_in: z.coerce.number().default(1_800) });
/** A token is replaced this long before its end. */
const marginMs = 30_000;

export function makeAuthorization(parts: {
  readonly auth: ServiceNowAuth;
  readonly call: Caller;
  readonly tokenUrl: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
}): Authorization {
  const { auth } = parts;
  if (auth.type !== 'basic') return tokens(parts, auth);
  const header = `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
  return { current: async () => header, renew: async () => header };
}

type OAuth = Exclude<ServiceNowAuth, { type: 'basic' }>;

/** One token for all, asked for by one call at a time. */
function tokens(parts: Parameters<typeof makeAuthorization>[0], auth: OAuth): Authorization {
  let held: { readonly header: string; readonly until: number } | undefined;
  let underWay: Promise<string> | undefined;
  const fetch = async () => {
    const { access_token, expires_in } = await requestToken(parts, auth);
    const life = Math.max(expires_in * 1_000 - marginMs, expires_in * 500);
    held = { header: `Bearer ${access_token}`, until: parts.clock.now() + life };
    return held.header;
  };
  const next = () => {
    underWay ??= fetch().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
  return {
    current: async () => (held && parts.clock.now() < held.until ? held.header : next()),
    renew: async (refused) => (held && held.header !== refused ? held.header : next()),
  };
}

async function requestToken({ call, tokenUrl, timeoutMs }: Parameters<typeof makeAuthorization>[0], auth: OAuth) {
  const form = new URLSearchParams({
    grant_type: auth.type,
    client_id: auth.clientId,
    client_secret: auth.clientSecret,
  });
  if (auth.type === 'password') {
    form.set('username', auth.username);
    form.set('password', auth.password);
  }
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  const answer = await call({ method: 'POST', url: tokenUrl, headers, body: form.toString(), timeoutMs }).catch(
    notGiven,
  );
  if (answer.status === 200) {
    try {
      return readJson('servicenow', answer, tokenShape, 'a token request');
    } catch (error) {
      return notGiven(error);
    }
  }
  const kind = answer.status >= 400 && answer.status < 500 && answer.status !== 429 ? 'unauthorized' : 'unreachable';
  const message = `servicenow: a token request was answered ${answer.status}`;
  throw new ApiFailure({ upstream: 'servicenow', kind, certain: true, message, status: answer.status });
}

/** Without a token nothing was sent that could have had an effect. */
function notGiven(error: unknown): never {
  const message = `servicenow: no token (${(error as Error).message})`;
  throw new ApiFailure({ upstream: 'servicenow', kind: 'unreachable', certain: true, message, cause: error });
}
