import { ApiFailure, type FailureKind, type Upstream } from '../conversation/failures';
import { mandateHolds } from './mandate';
import type { Clock, Log } from './ports';
import { Release, type Urgency } from './release';

export interface BreakerParts {
  readonly upstream: Upstream;
  readonly clock: Clock;
  readonly log: Log;
  /** A number in [0, 1), for jitter. */
  readonly random: () => number;
  /** Whether a `Retry-After` is meant for all calls (ServiceNow counts by instance), or for one conversation (Teams). */
  readonly throttlesAll: boolean;
}

/** So many failures in a row, over all conversations, and the far side is left alone. */
const failuresToOpen = 5;
const firstRestMs = 1_000;
const longestRestMs = 8_000;
const longestRetryAfterMs = 300_000;

/** Failures of the far side as a whole; all others are answers to one call. */
const outages: ReadonlySet<FailureKind> = new Set(['unreachable', 'unauthorized', 'malformed']);

/**
 * Keeps a far side in trouble from being called by everybody at once. After some failures in a row calls fail here, at once and with
 * certainty; now and then one is let through to try; when it works the others follow at the pace that was usual before.
 */
export class Breaker {
  private failures = 0;
  private rests = 0;
  private restUntil = 0;
  private quietUntil = 0;
  private trying = false;
  private readonly release: Release;

  constructor(private readonly parts: BreakerParts) {
    this.release = new Release(parts.clock);
  }

  /** Makes the call when its turn has come. Throws what the call throws, and an ApiFailure when the far side is left alone. */
  async call<T>(urgency: Urgency, work: () => Promise<T>): Promise<T> {
    const isTrial = this.enter();
    if (!isTrial) await this.release.turn(urgency);
    try {
      const result = await work();
      this.worked();
      return result;
    } catch (error) {
      this.failed(error);
      throw error;
    } finally {
      if (isTrial) this.trying = false;
    }
  }

  /** `closed`: in use; `open`: left alone. */
  get state(): 'closed' | 'open' {
    return this.rests > 0 ? 'open' : 'closed';
  }

  /** Whether this call is the one that tries. Throws when the far side is left alone. */
  private enter(): boolean {
    const now = this.parts.clock.now();
    if (now < this.quietUntil) throw this.heldBack('throttled', this.quietUntil - now);
    if (this.rests === 0) return false;
    if (now < this.restUntil || this.trying) throw this.heldBack('unreachable');
    this.trying = true;
    return true;
  }

  private worked(): void {
    this.failures = 0;
    if (this.rests === 0) return;
    this.rests = 0;
    this.release.begin();
    this.parts.log.info('upstream_again', { upstream: this.parts.upstream });
  }

  private failed(error: unknown): void {
    // Who slept over its lease has missed answers: that says nothing about the far side.
    if (!(error instanceof ApiFailure) || error.heldBack || !mandateHolds()) return;
    const now = this.parts.clock.now();
    if (error.kind === 'throttled') {
      const asked = Math.min(error.retryAfterMs ?? 0, longestRetryAfterMs);
      if (this.parts.throttlesAll) this.quietUntil = Math.max(this.quietUntil, now + asked);
    }
    // It answered, if only with a refusal: it is there.
    if (!outages.has(error.kind)) this.worked();
    else this.isAway(error.kind, now);
  }

  private isAway(kind: FailureKind, now: number): void {
    this.failures += 1;
    if (this.rests === 0 && this.failures < failuresToOpen) return;
    if (this.rests > 0 && now < this.restUntil) return;
    const { random, log, upstream } = this.parts;
    if (this.rests === 0) {
      log.warn('upstream_left_alone', { upstream, kind });
      this.release.hold();
    }
    this.rests += 1;
    const longest = Math.min(longestRestMs, firstRestMs * 2 ** (this.rests - 1));
    this.restUntil = now + longest * (0.5 + random() / 2);
  }

  private heldBack(kind: FailureKind, retryAfterMs?: number): ApiFailure {
    const { upstream } = this.parts;
    const message = `${upstream}: left alone for a while after failures in a row`;
    return new ApiFailure({ upstream, kind, certain: true, heldBack: true, message, retryAfterMs });
  }
}
