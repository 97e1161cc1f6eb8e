import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request does not reach the admin page. */
export interface AdminRefusal {
  readonly status: 401 | 403;
  readonly reason:
    | 'not_this_machine'
    | 'forwarded'
    | 'host'
    | 'no_token'
    | 'wrong_token'
    | 'not_from_the_page'
    | 'origin';
}

/** The header that the page's own script sends: a form or an image of another site cannot. */
export const pageHeader = 'x-connector-admin';

/** Without a token the page is there for this machine alone, by a name that no other site can have. */
export function refusalOfPage(request: IncomingMessage, token: string | undefined): AdminRefusal | undefined {
  if (token !== undefined) return undefined;
  if (!isLoopback(request.socket.remoteAddress)) return { status: 403, reason: 'not_this_machine' };
  const { headers } = request;
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined)
    return { status: 403, reason: 'forwarded' };
  return isLocalName(headers.host) ? undefined : { status: 403, reason: 'host' };
}

/** What the page asks for and does needs the token, where there is one, and comes from the page itself. */
export function refusalOfCall(request: IncomingMessage, token: string | undefined): AdminRefusal | undefined {
  const { headers } = request;
  const refusal = refusalOfPage(request, token) ?? (token === undefined ? undefined : refusalOfToken(request, token));
  if (refusal) return refusal;
  if (headers[pageHeader] !== '1') return { status: 403, reason: 'not_from_the_page' };
  return isOwnOrigin(headers.origin, headers.host) ? undefined : { status: 403, reason: 'origin' };
}

function refusalOfToken({ headers }: IncomingMessage, token: string): AdminRefusal | undefined {
  const [, given] = /^Bearer ([\x21-\x7e]{1,512})$/.exec(headers.authorization ?? '') ?? [];
  if (given === undefined) return { status: 401, reason: 'no_token' };
  return isEqual(given, token) ? undefined : { status: 401, reason: 'wrong_token' };
}

/** Takes the same time whatever is wrong. */
function isEqual(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

function isLoopback(address = ''): boolean {
  return address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address);
}

function isLocalName(host = ''): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/.test(host);
}

function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true;
  return origin === `http://${host}` || origin === `https://${host}`;
}
