import { createHash, timingSafeEqual } from 'node:crypto';
import type { State, User } from '../model/state';
import { findUser } from '../model/world';
import type { Incoming } from './call';

/** Who calls, and with a right to; undefined when the credentials are missing, wrong or expired. */
export function identify(state: State, incoming: Incoming, now: number): User | undefined {
  const basic = basicOf(incoming);
  if (basic) {
    const user = findUser(state, basic.userName);
    return user && same(user.password, basic.password) ? user : undefined;
  }
  const token = tokenOf(state, incoming);
  return token && token.expiresAt > now ? state.users[token.userId] : undefined;
}

/** Whom the caller claims to be, to tell callers apart before anything is checked. */
export function claimedUser(state: State, incoming: Incoming): string | undefined {
  const token = tokenOf(state, incoming);
  return basicOf(incoming)?.userName ?? (token && state.users[token.userId]?.userName);
}

/** True when two secrets are the same. */
export function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

function basicOf(incoming: Incoming): { userName: string; password: string } | undefined {
  const [, encoded] = /^Basic +(.+)$/i.exec(incoming.headers.authorization ?? '') ?? [];
  const decoded = Buffer.from(encoded ?? '', 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon < 0 ? undefined : { userName: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

function tokenOf(state: State, incoming: Incoming) {
  const [, access] = /^Bearer +(.+)$/i.exec(incoming.headers.authorization ?? '') ?? [];
  return access === undefined ? undefined : state.tokens.find((token) => token.access === access);
}
