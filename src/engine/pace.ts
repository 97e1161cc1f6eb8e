import type { ConversationKey, Instant } from '../conversation/types';
import type { Clock } from './ports';
import type { ConversationStore } from './store';

/** Sends can arrive closer together than they left. */
const marginMs = 50;

/** At most `count` sends in any stretch of `perMs`. */
export interface Bucket {
  readonly count: number;
  readonly perMs: number;
}

export interface PaceLimits {
  readonly perConversation: readonly Bucket[];
  readonly perTenant: Bucket;
}

/** Room that words keep for themselves: a typing sign is not sent when fewer sends than this are left in a bucket. */
const keptForWords = 3;

/** Conversations whose sends are remembered before the idle ones are forgotten. */
const mostRemembered = 50_000;

/**
 * Keeps the channel's rate limits. What was sent is kept with the conversation, so that the limits hold across a restart;
 * here it is only remembered.
 */
export class Pace {
  private readonly sent = new Map<ConversationKey, Instant[]>();
  private readonly tenants = new Map<string, Instant[]>();
  private readonly longestMs: number;

  constructor(
    private readonly parts: { readonly store: ConversationStore; readonly clock: Clock; readonly limits: PaceLimits },
  ) {
    this.longestMs = Math.max(...parts.limits.perConversation.map((bucket) => bucket.perMs));
  }

  /**
   * Takes a place for one message of this conversation, if there is one now; else nothing is taken, and what comes back is the time
   * at which to ask again. Asking and taking are one, so that many conversations of a tenant cannot take the same place.
   */
  async take(key: ConversationKey, tenant: string): Promise<'taken' | Instant> {
    const sends = await this.sendsOf(key);
    const now = this.parts.clock.now();
    const { perConversation, perTenant } = this.parts.limits;
    const waits = perConversation.map((bucket) => freeAt(sends, bucket));
    const freeFrom = Math.max(...waits, freeAt(this.tenants.get(tenant) ?? [], perTenant));
    if (freeFrom > now) return freeFrom as Instant;
    this.put(sends, tenant, now);
    return 'taken';
  }

  /** Takes a place for a typing sign where that is not in the way of words. */
  async takeForSign(key: ConversationKey, tenant: string): Promise<boolean> {
    const sends = await this.sendsOf(key);
    const now = this.parts.clock.now();
    const { perConversation, perTenant } = this.parts.limits;
    const hasRoom = (taken: readonly Instant[]) => (bucket: Bucket) =>
      inBucket(taken, bucket, now) + keptForWords <= bucket.count;
    const ofTenant = this.tenants.get(tenant) ?? [];
    if (!perConversation.every(hasRoom(sends)) || !hasRoom(ofTenant)(perTenant)) return false;
    this.put(sends, tenant, now);
    return true;
  }

  private put(sends: Instant[], tenant: string, at: Instant): void {
    sends.push(at);
    const ofTenant = newer(this.tenants.get(tenant) ?? [], at - this.parts.limits.perTenant.perMs);
    this.tenants.set(tenant, [...ofTenant, at]);
  }

  /** One list for each conversation, which is changed in place: whoever waited for the same load gets the same list. */
  private async sendsOf(key: ConversationKey): Promise<Instant[]> {
    const since = (this.parts.clock.now() - this.longestMs) as Instant;
    if (!this.sent.has(key)) {
      const kept = await this.parts.store.sends(key, since);
      if (!this.sent.has(key)) this.sent.set(key, [...kept]);
    }
    const sends = this.sent.get(key) ?? [];
    const old = sends.findIndex((at) => at > since);
    sends.splice(0, old === -1 ? sends.length : old);
    if (this.sent.size > mostRemembered) this.forgetIdle(since);
    return sends;
  }

  private forgetIdle(since: Instant): void {
    for (const [key, sends] of this.sent) if ((sends.at(-1) ?? 0) <= since) this.sent.delete(key);
  }
}

function freeAt(sends: readonly Instant[], { count, perMs }: Bucket): number {
  const oldest = sends.at(-count);
  return oldest === undefined ? 0 : oldest + perMs + marginMs;
}

function inBucket(sends: readonly Instant[], { perMs }: Bucket, now: Instant): number {
  return newer(sends, now - perMs).length;
}

function newer(sends: readonly Instant[], than: number): Instant[] {
  const first = sends.findIndex((at) => at > than);
  return first === -1 ? [] : first === 0 ? (sends as Instant[]) : sends.slice(first);
}
