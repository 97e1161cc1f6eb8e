import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { readJson } from '../upstream/answers';
import type { Caller } from '../upstream/call';
import { Refusal } from './refusal';
import { isLoopback } from './service-hosts';

/** One key with which Bot Framework signs its requests. */
export interface SigningKey {
  readonly key: KeyObject;
  /** The channels that may use it; `undefined` when it does not say. */
  readonly endorsements?: readonly string[];
}

export interface SigningKeysParts {
  readonly call: Caller;
  readonly metadataUrl: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly timeoutMs?: number;
}

const hour = 3_600_000;
/** Keys are fetched again this long after the last time, well ahead of the day for which Microsoft lets them be kept. */
const freshMs = 20 * hour;
/** An unknown key id is no reason to ask more often than this. */
const unknownKeyPauseMs = 60_000;
/** After a failure nobody asks again for so long. */
const failurePauseMs = 5_000;

const metadataShape = z.looseObject({ jwks_uri: z.url() });
const jwk = z.looseObject({
  kty: z.string(),
  kid: z.string().optional(),
  use: z.string().optional(),
  n: z.string().optional(),
  e: z.string().optional(),
  endorsements: z.array(z.string()).nullish(),
});
const keySetShape = z.looseObject({ keys: z.array(jwk) });

type Keys = ReadonlyMap<string, SigningKey>;

/**
 * The keys that Bot Framework publishes. One fetch at a time, with a deadline; keys that are there are served without waiting
 * and are kept while their publisher is down.
 */
export class SigningKeys {
  private keys: Keys | undefined;
  private fetchedAt = Number.NEGATIVE_INFINITY;
  private triedAt = Number.NEGATIVE_INFINITY;
  private underWay: Promise<void> | undefined;

  constructor(private readonly parts: SigningKeysParts) {}

  /** The key with this id. Throws a 503 {@link Refusal} only while no keys were ever obtained. */
  async find(kid: string): Promise<SigningKey | undefined> {
    const known = this.keys?.get(kid);
    const now = this.parts.now();
    if (known) {
      if (now - this.fetchedAt > freshMs && now - this.triedAt > unknownKeyPauseMs) this.refresh().catch(keepServing);
      return known;
    }
    const pause = this.keys ? unknownKeyPauseMs : failurePauseMs;
    if (this.underWay || now - this.triedAt >= pause) await this.refresh().catch(keepServing);
    if (!this.keys) throw new Refusal(503, 'keys_unavailable');
    return this.keys.get(kid);
  }

  private refresh(): Promise<void> {
    this.underWay ??= this.fetch().finally(() => {
      this.underWay = undefined;
    });
    return this.underWay;
  }

  private async fetch(): Promise<void> {
    this.triedAt = this.parts.now();
    const metadata = await this.get(this.parts.metadataUrl, metadataShape, 'signing metadata');
    const keys = prepare(await this.get(trusted(metadata.jwks_uri), keySetShape, 'signing keys'));
    if (keys.size === 0) throw new Error('the key set holds no usable key');
    this.keys = keys;
    this.fetchedAt = this.parts.now();
  }

  private async get<T>(url: string, shape: z.ZodType<T>, operation: string): Promise<T> {
    const timeoutMs = this.parts.timeoutMs ?? 5_000;
    const answer = await this.parts.call({ method: 'GET', url, timeoutMs, maxBytes: 1_000_000 });
    if (answer.status !== 200) throw new Error(`${operation} answered ${answer.status}`);
    return readJson('teams', answer, shape, operation);
  }
}

/** The keys that are there are served; whether there are any is looked at by the one who waited. */
function keepServing(): void {}

function trusted(address: string): string {
  const url = new URL(address);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return url.href;
  throw new Error('signing keys are only taken by https');
}

function prepare(set: z.infer<typeof keySetShape>): Keys {
  const keys = new Map<string, SigningKey>();
  for (const { kty, kid, use, n, e, endorsements } of set.keys) {
    if (kty !== 'RSA' || !kid || !n || !e || (use !== undefined && use !== 'sig')) continue;
    const key = publicKeyOf({ kty, n, e });
    if (key) keys.set(kid, endorsements ? { key, endorsements } : { key });
  }
  return keys;
}

/** Shorter keys can be broken. */
const shortestKeyBits = 2_048;

/** One key that cannot be used takes none of the others with it. */
function publicKeyOf(jwk: { readonly kty: string; readonly n: string; readonly e: string }): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= shortestKeyBits ? key : undefined;
  } catch {
    return undefined;
  }
}
