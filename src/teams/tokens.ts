import { ApiFailure } from '../conversation/failures';
import type { Credentials } from './credentials';

/** The token that goes with what we send to Teams. */
export interface TokenSource {
  current(): Promise<string>;
  /** A token that is newer than the given one, which was not accepted. */
  renew(refused: string): Promise<string>;
}

interface Held {
  readonly token: string;
  readonly expiresAt: number;
}

/** A token is replaced this long before it ends, and used to its end when there is no other. */
const aheadMs = 300_000;

/**
 * Keeps one token, and asks for the next one by one request at a time. A failure is always certain: without a token nothing
 * was sent.
 */
export function makeTokenSource(parts: {
  readonly credentials: Credentials;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly timeoutMs?: number;
}): TokenSource {
  let held: Held | undefined;
  let underWay: Promise<Held> | undefined;
  const fetch = async () => {
    const { accessToken, expiresOn } = await within(parts.timeoutMs ?? 15_000, parts.credentials.fetch());
    held = { token: accessToken, expiresAt: expiresOn.getTime() };
    return held;
  };
  const next = () => {
    underWay ??= fetch().finally(() => {
      underWay = undefined;
    });
    return underWay.catch(fail);
  };
  return {
    async current() {
      const known = held;
      if (known && parts.now() < known.expiresAt - aheadMs) return known.token;
      if (!known || parts.now() >= known.expiresAt) return (await next()).token;
      return (await next().catch(() => known)).token;
    },
    async renew(refused) {
      return held && held.token !== refused ? held.token : (await next()).token;
    },
  };
}

/** The login service answered that it does not know us, or did not answer at all. */
function fail(error: unknown): never {
  const { name } = error as Error;
  const refused = name === 'ServerError' || name === 'InteractionRequiredAuthError';
  const kind = refused ? 'unauthorized' : 'unreachable';
  const message = `teams: the login service ${refused ? 'refused our credentials' : 'gave no token'}`;
  throw new ApiFailure({ upstream: 'teams', kind, certain: true, message, cause: error });
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no token within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
