import jwt from 'jsonwebtoken';
import { Refusal, type RefusalReason } from './refusal';
import type { SigningKey, SigningKeys } from './signing-keys';

/** What a genuine token says, and the key that proves it. */
export interface CheckedToken {
  readonly serviceUrl: unknown;
  readonly endorsements: readonly string[] | undefined;
}

export interface TokenRules {
  readonly keys: Pick<SigningKeys, 'find'>;
  readonly issuer: string;
  /** The bot's own id: tokens for anybody else are not for us. */
  readonly audience: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const algorithms = ['RS256', 'RS384', 'RS512'] as const;
/** How far Microsoft's clock and ours may be apart. */
const toleranceSeconds = 300;
const longestHeader = 16_000;

/** Checks all of Microsoft's rules that need nothing but the Authorization header. Throws a {@link Refusal}. */
export async function checkToken(authorization: string | undefined, rules: TokenRules): Promise<CheckedToken> {
  const token = bearerOf(authorization);
  const key = await keyFor(token, rules.keys);
  const claims = verify(token, key, rules);
  if (typeof claims.exp !== 'number') throw new Refusal(401, 'expired');
  if (claims.aud !== rules.audience) throw new Refusal(401, 'wrong_audience');
  return { serviceUrl: claims.serviceurl, endorsements: key.endorsements };
}

function bearerOf(authorization: string | undefined): string {
  if (authorization === undefined || authorization.length > longestHeader) throw new Refusal(401, 'no_token');
  const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization) ?? [];
  if (token === undefined) throw new Refusal(401, 'no_token');
  return token;
}

/** The header only picks one of the published keys; it can neither bring a key of its own nor another kind of algorithm. */
async function keyFor(token: string, keys: TokenRules['keys']): Promise<SigningKey> {
  const header = headerOf(token);
  if (!algorithms.some((algorithm) => algorithm === header?.alg)) throw new Refusal(401, 'wrong_algorithm');
  if (typeof header?.kid !== 'string' || 'crit' in header) throw new Refusal(401, 'bad_token');
  const key = await keys.find(header.kid);
  if (!key) throw new Refusal(401, 'unknown_key');
  return key;
}

function headerOf(token: string): jwt.JwtHeader | undefined {
  try {
    return jwt.decode(token, { complete: true })?.header;
  } catch {
    return undefined;
  }
}

function verify(token: string, { key }: SigningKey, rules: TokenRules): jwt.JwtPayload {
  try {
    const claims = jwt.verify(token, key, {
      algorithms: [...algorithms],
      issuer: rules.issuer,
      audience: rules.audience,
      clockTolerance: toleranceSeconds,
      clockTimestamp: Math.floor(rules.now() / 1000),
    });
    if (typeof claims === 'string') throw new Refusal(401, 'bad_token');
    return claims;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(401, reasonOf(error), { cause: error });
  }
}

function reasonOf(error: unknown): RefusalReason {
  const { name, message } = error as Error;
  if (name === 'TokenExpiredError' || name === 'NotBeforeError') return 'expired';
  if (message.startsWith('jwt issuer')) return 'wrong_issuer';
  if (message.startsWith('jwt audience')) return 'wrong_audience';
  return message === 'invalid signature' ? 'bad_signature' : 'bad_token';
}
