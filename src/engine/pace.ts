import type { ConversationKey, Instant } from '../conversation/types';
import type { Fence, Ownership } from './ownership';
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

/** Room that words keep for themselves: when fewer sends than this are left in a bucket, no typing sign is sent, and words are put together. */
const keptForWords = 3;

/** What was sent in a conversation since this process owns it, and before. */
interface Sends {
  readonly fence: Fence;
  readonly list: Instant[];
}

/** Conversations whose sends are remembered before the idle ones are forgotten. */
const mostRemembered = 50_000;

/**
 * Keeps the channel's rate limits. What was sent is kept with the conversation, so that the limits hold across a restart;
 * here it is only remembered.
 */
export class Pace {
  private readonly sent = new Map<ConversationKey, Sends>();
  private readonly tenants = new Map<string, Instant[]>();
  private readonly longestMs: number;

  constructor(
    private readonly parts: {
      readonly store: ConversationStore;
      readonly clock: Clock;
      readonly ownership: Ownership;
      readonly limits: PaceLimits;
    },
  ) {
    this.longestMs = Math.max(...parts.limits.perConversation.map((bucket) => bucket.perMs)) + marginMs;
  }

  /**
   * Takes a place for one message of this conversation, if there is one now; else nothing is taken, and what comes back is the time
   * at which to ask again. Asking and taking are one, so that many conversations of a tenant cannot take the same place.
   */
  async take(key: ConversationKey, tenant: string, fence: Fence): Promise<'taken' | Instant> {
    const sends = await this.sendsOf(key, fence);
    const now = this.parts.clock.now();
    const { perConversation } = this.parts.limits;
    const waits = perConversation.map((bucket) => freeAt(sends, bucket));
    const freeFrom = Math.max(...waits, freeAt(this.tenants.get(tenant) ?? [], this.perTenant()));
    if (freeFrom > now) return freeFrom as Instant;
    this.put(sends, tenant, now);
    return 'taken';
  }

  /** Takes a place for a typing sign where that is not in the way of words. */
  async takeForSign(key: ConversationKey, tenant: string, fence: Fence): Promise<boolean> {
    const sends = await this.sendsOf(key, fence);
    if (this.isNarrow(key, tenant)) return false;
    this.put(sends, tenant, this.parts.clock.now());
    return true;
  }

  /** Whether few places are left just now, as far as is remembered. */
  isNarrow(key: ConversationKey, tenant: string): boolean {
    return this.room(key, tenant) < keptForWords;
  }

  /** Places that are left just now. */
  room(key: ConversationKey, tenant: string): number {
    const now = this.parts.clock.now();
    const left = (taken: readonly Instant[]) => (bucket: Bucket) => bucket.count - inBucket(taken, bucket, now);
    const ofConversation = this.parts.limits.perConversation.map(left(this.sent.get(key)?.list ?? []));
    return Math.min(...ofConversation, left(this.tenants.get(tenant) ?? [])(this.perTenant()));
  }

  /** A tenant's limit is shared among the processes that are alive. */
  private perTenant(): Bucket {
    const { count, perMs } = this.parts.limits.perTenant;
    return { count: Math.max(1, Math.floor(count / this.parts.ownership.processes())), perMs };
  }

  private put(sends: Instant[], tenant: string, at: Instant): void {
    sends.push(at);
    const ofTenant = newer(this.tenants.get(tenant) ?? [], at - this.parts.limits.perTenant.perMs - marginMs);
    this.tenants.set(tenant, [...ofTenant, at]);
  }

  /**
   * One list for each conversation, which is changed in place: whoever waited for the same load gets the same list. What another
   * process sent while it owned the conversation is in the store.
   */
  private async sendsOf(key: ConversationKey, fence: Fence): Promise<Instant[]> {
    const since = (this.parts.clock.now() - this.longestMs) as Instant;
    if (this.sent.get(key)?.fence !== fence) {
      const kept = await this.parts.store.sends(key, since);
      if (this.sent.get(key)?.fence !== fence) this.sent.set(key, { fence, list: [...kept] });
    }
    const sends = this.sent.get(key)?.list ?? [];
    const old = sends.findIndex((at) => at > since);
    sends.splice(0, old === -1 ? sends.length : old);
    if (this.sent.size > mostRemembered) this.forgetIdle(since);
    return sends;
  }

  private forgetIdle(since: Instant): void {
    for (const [key, { list }] of this.sent) if ((list.at(-1) ?? 0) <= since) this.sent.delete(key);
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
