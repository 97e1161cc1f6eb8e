import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../engine/ports';

export interface EventsParts {
  /** The keys that sign events just now: two while they are exchanged. Absent: none are taken. */
  readonly keys?: () => readonly Buffer[];
  readonly clock: Clock;
  /** ServiceNow says that there is news: a hint, never the truth. */
  readonly heard: () => void;
}

/** What became of a request: its status, and why it was refused. */
export type Hearing =
  | { readonly status: 204; readonly outcome: 'taken' | 'repeated' }
  | { readonly status: 401; readonly outcome: 'unsigned' | 'wrong_signature' | 'too_old' };

/** Hears events that are signed after Standard Webhooks: HMAC-SHA256 over id, time and body. What they say is not looked at. */
export interface Events {
  /** What the headers alone are reason to refuse. */
  refusalOf(headers: IncomingHttpHeaders): Hearing | undefined;
  hear(headers: IncomingHttpHeaders, body: string): Hearing;
}

/** So far from now an event's time may lie, and so long its id is known, milliseconds. */
const windowMs = 300_000;
const mostKnown = 10_000;

export function makeEvents({ keys, clock, heard }: EventsParts): Events | undefined {
  if (!keys) return undefined;
  const known = new Map<string, number>();
  const refusalOf = (headers: IncomingHttpHeaders): Hearing | undefined => {
    const signed = signedParts(headers);
    if (!signed) return { status: 401, outcome: 'unsigned' };
    const isNear = Math.abs(clock.now() - signed.seconds * 1_000) <= windowMs;
    return isNear ? undefined : { status: 401, outcome: 'too_old' };
  };
  return {
    refusalOf,
    hear: (headers, body) => {
      const signed = signedParts(headers);
      const refusal = refusalOf(headers);
      if (refusal || !signed) return refusal ?? { status: 401, outcome: 'unsigned' };
      const { id, seconds, signatures } = signed;
      const text = `${id}.${seconds}.${body}`;
      const isGenuine = keys().some((key) => signatures.some((given) => isEqual(given, macOf(key, text))));
      if (!isGenuine) return { status: 401, outcome: 'wrong_signature' };
      forget(known, clock.now());
      if (known.has(id)) return { status: 204, outcome: 'repeated' };
      known.set(id, clock.now() + windowMs);
      heard();
      return { status: 204, outcome: 'taken' };
    },
  };
}

interface Signed {
  readonly id: string;
  readonly seconds: number;
  readonly signatures: readonly Buffer[];
}

function signedParts(headers: IncomingHttpHeaders): Signed | undefined {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = headers;
  if (typeof id !== 'string' || typeof time !== 'string' || typeof signature !== 'string') return undefined;
  if (!/^[\x21-\x7e]{1,200}$/.test(id) || !/^\d{1,12}$/.test(time) || signature.length > 2_000) return undefined;
  const signatures = signature.split(' ').flatMap((one) => {
    const [, text] = /^v1,([A-Za-z0-9+/]{43}=)$/.exec(one) ?? [];
    return text === undefined ? [] : [Buffer.from(text, 'base64')];
  });
  return signatures.length === 0 ? undefined : { id, seconds: Number(time), signatures };
}

function macOf(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function isEqual(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Ids whose time is over, and the oldest where there are too many: a repeated event does no harm, it wakes the reader once more. */
function forget(known: Map<string, number>, now: number): void {
  for (const [id, until] of known) {
    if (until > now && known.size <= mostKnown) return;
    known.delete(id);
  }
}
