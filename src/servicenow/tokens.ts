import { z } from 'zod';
import { ApiFailure, type FailureKind } from '../conversation/failures';
import type { Clock } from '../engine/ports';
import { failureOfStatus, readJson } from '../upstream/answers';
import type { Answer, Caller } from '../upstream/call';

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
  /** The header for a second attempt after a 401; undefined where there is no other than the refused one. */
  renew(refused: string): Promise<string | undefined>;
}

/** What asking for a token takes. */
export interface TokenParts {
  readonly auth: ServiceNowAuth;
  readonly call: Caller;
  readonly tokenUrl: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

type OAuth = Exclude<ServiceNowAuth, { type: 'basic' }>;

/** Seconds; what cannot be understood is taken for the platform's own default. */
const life = z
  .union([z.number(), z.string().min(1).transform(Number)])
  .pipe(z.number().min(0))
  .catch(1_800);
const tokenShape = z.looseObject({ access_token: z.string().min(1), expires_in: life });
/** A token is replaced this long before its end. */
const marginMs = 30_000;

export function makeAuthorization(parts: TokenParts): Authorization {
  const { auth } = parts;
  if (auth.type !== 'basic') return tokens(parts, auth);
  // The password may have been replaced since the last call.
  const header = () => `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
  return {
    current: async () => header(),
    renew: async (refused) => (header() === refused ? undefined : header()),
  };
}

/** One token for all calls, and never more than one request for it under way. */
function tokens(parts: TokenParts, auth: OAuth): Authorization {
  let held: { readonly header: string; readonly until: number } | undefined;
  let underWay: Promise<string> | undefined;
  const fetch = async () => {
    const { access_token, expires_in } = await requestToken(parts, auth);
    // ServiceNow gives the same token again while it lives: near its end it is used for half of what is left.
    const usable = Math.max(expires_in * 1_000 - marginMs, expires_in * 500);
    held = { header: `Bearer ${access_token}`, until: parts.clock.now() + usable };
    return held.header;
  };
  const next = () => {
    underWay ??= fetch().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
  const current = async () => (held && parts.clock.now() < held.until ? held.header : next());
  return {
    current,
    renew: (refused) => {
      if (held?.header === refused) held = undefined;
      return current();
    },
  };
}

async function requestToken({ call, tokenUrl, timeoutMs }: TokenParts, auth: OAuth) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  const request = { method: 'POST', url: tokenUrl, headers, body: form(auth), timeoutMs } as const;
  const answer = await call(request).catch(noToken);
  if (answer.status !== 200) throw refused(answer);
  try {
    return readJson('servicenow', answer, tokenShape, 'a token request');
  } catch (error) {
    return noToken(error);
  }
}

function form(auth: OAuth): string {
  const fields = new URLSearchParams({ grant_type: auth.type, client_id: auth.clientId });
  fields.set('client_secret', auth.clientSecret);
  if (auth.type === 'password') {
    fields.set('username', auth.username);
    fields.set('password', auth.password);
  }
  return fields.toString();
}

const passing: ReadonlySet<FailureKind> = new Set(['unreachable', 'throttled']);

function refused(answer: Answer): ApiFailure {
  const { kind, message, status, retryAfterMs } = failureOfStatus('servicenow', answer, 'a token request');
  const what = passing.has(kind) ? kind : 'unauthorized';
  return new ApiFailure({ upstream: 'servicenow', kind: what, certain: true, message, status, retryAfterMs });
}

/** Without a token nothing was sent that could have had an effect. */
function noToken(error: unknown): never {
  const message = `servicenow: no token (${(error as Error).message})`;
  throw new ApiFailure({ upstream: 'servicenow', kind: 'unreachable', certain: true, message, cause: error });
}
