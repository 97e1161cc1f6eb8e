import { createHmac, timingSafeEqual } from 'node:crypto';
import { isObject } from '../events';
import type { Settings } from '../settings';
import { ApiError } from './errors';
import type { RasaRequest } from './exchange';

/** Refuses a call of the API without a key that fits. A user's token opens the conversation of the same name only. */
export function authorize(settings: Settings, request: RasaRequest, conversation: string | undefined): void {
  const { authToken, jwtSecret } = settings;
  if (authToken === undefined && jwtSecret === undefined) return;
  if (authToken !== undefined && request.query.get('token') === authToken) return;
  const user = jwtSecret === undefined ? undefined : userOf(request.headers.authorization, jwtSecret);
  if (!user) throw new ApiError('NotAuthenticated', 'User is not authenticated.');
  const isOwn = user.role === 'user' && conversation !== undefined && user.username === conversation;
  if (user.role !== 'admin' && !isOwn) throw new ApiError('NotAuthorized', 'User has insufficient permissions.');
}

function userOf(header: string | undefined, secret: string): Record<string, unknown> | undefined {
  const [head, payload, signature] = /^Bearer (\S+)$/.exec(header ?? '')?.[1]?.split('.') ?? [];
  if (!head || !payload || !signature) return undefined;
  const expected = createHmac('sha256', secret).update(`${head}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const claims = decoded(payload);
  return isObject(claims) && isObject(claims.user) ? claims.user : undefined;
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}
