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

  /** When the next message of this conversation may be sent; a time that has passed means now. */
  async readyAt(key: ConversationKey, tenant: string): Promise<Instant> {
    const sends = await this.sendsOf(key);
    const { perConversation, perTenant } = this.parts.limits;
    const waits = perConversation.map((bucket) => freeAt(sends, bucket));
    return Math.max(...waits, freeAt(this.tenants.get(tenant) ?? [], perTenant)) as Instant;
  }

  /** Whether a typing sign fits without being in the way of words. */
  async hasRoom(key: ConversationKey): Promise<boolean> {
    const sends = await this.sendsOf(key);
    const now = this.parts.clock.now();
    return this.parts.limits.perConversation.every(
      (bucket) => inBucket(sends, bucket, now) + keptForWords <= bucket.count,
    );
  }

  /** A message is about to be sent. */
  async note(key: ConversationKey, tenant: string, at: Instant): Promise<void> {
    (await this.sendsOf(key)).push(at);
    const sends = this.tenants.get(tenant) ?? [];
    sends.push(at);
    this.tenants.set(tenant, newer(sends, at - this.parts.limits.perTenant.perMs));
  }

  private async sendsOf(key: ConversationKey): Promise<Instant[]> {
    const since = (this.parts.clock.now() - this.longestMs) as Instant;
    const known = this.sent.get(key) ?? [...(await this.parts.store.sends(key, since))];
    const kept = newer(this.sent.get(key) ?? known, since);
    this.sent.set(key, kept);
    if (this.sent.size > 50_000) this.forgetIdle(since);
    return kept;
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
