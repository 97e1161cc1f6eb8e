import { type Lane, laneOf, type PendingEffect } from '../conversation/effects';
import { ApiFailure } from '../conversation/failures';
import { waitsForAgent } from '../conversation/relay';
import { isLeftInDoubt, judge, settleTime } from '../conversation/retry';
import type { ConversationKey, Instant } from '../conversation/types';
import { type Errand, type Outcome, Unfinished } from './couriers/courier';
import { courierFor } from './couriers/couriers';
import { type Changed, fold } from './fold';
import { underMandate } from './mandate';
import type { Fence } from './ownership';
import type { EngineParts, Revised, Revision } from './parts';
import { effectSpan, outcomeFacts } from './spans';
import type { Stored } from './store';
import { describe, failureIn, stumble } from './stumble';
import { asOneMessage, companionsFor, companionsOf, settleTogether, shareFate } from './together';
import { type Span, type Trace, untraced } from './trace';

export interface DrainParts extends EngineParts {
  readonly revise: (key: ConversationKey, revision: Revision) => Promise<Revised>;
}

/** With what a conversation is held: its fence for the store, the process's term for its calls. */
interface Hold {
  readonly fence: Fence;
  readonly term: number;
}

/** A process that may not act just now looks again after so long. */
const lookAgainMs = 500;

/**
 * Carries out effects, lane by lane: the lanes of a conversation side by side, the effects of a lane one after the other.
 * Mark, call, settle: nothing is called that was not marked before in the store, and nothing is forgotten before its outcome is kept.
 */
export class Drain {
  private readonly running = new Map<string, Promise<void>>();
  private readonly again = new Set<string>();
  private readonly timers = new Map<string, () => void>();
  private stopped = false;

  private readonly trace: Trace;

  constructor(private readonly parts: DrainParts) {
    this.trace = parts.trace ?? untraced;
  }

  /** Looks after a conversation's lanes. */
  kick(key: ConversationKey): void {
    if (this.stopped) return;
    this.track(`${key}\tlook`, () => this.look(key));
  }

  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.values());
  }

  async stop(graceMs: number): Promise<void> {
    this.stopped = true;
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
    let cancel = () => {};
    const grace = new Promise<void>((resolve) => {
      cancel = this.parts.clock.after(graceMs, resolve);
    });
    await Promise.race([this.idle(), grace]);
    cancel();
  }

  /** One run of a name at a time; who comes meanwhile is not forgotten: what ran may have looked before there was news. */
  private track(name: string, work: () => Promise<void>): void {
    if (this.running.has(name)) {
      this.again.add(name);
      return;
    }
    const run = work()
      .catch((error: unknown) => this.stumbled(name, error))
      .finally(() => {
        this.running.delete(name);
        if (this.again.delete(name) && !this.stopped) this.track(name, work);
      });
    this.running.set(name, run);
  }

  /** A fault of our own (the store was away, a bug): said once, and tried again later. */
  private stumbled(name: string, error: unknown): void {
    const [key, lane] = name.split('\t');
    this.parts.log.error('drain_failed', { lane, error: describe(error) });
    this.later(key as ConversationKey, `${name}\tagain`, 1_000);
  }

  private async look(key: ConversationKey): Promise<void> {
    const stored = await this.parts.store.load(key);
    for (const lane of new Set(stored?.outbox.map((entry) => laneOf(entry.effect)))) {
      this.track(`${key}\t${lane}`, () => this.drainLane(key, lane));
    }
  }

  private later(key: ConversationKey, name: string, inMs: number): void {
    if (this.stopped) return;
    this.timers.get(name)?.();
    const ring = () => {
      this.timers.delete(name);
      this.kick(key);
    };
    this.timers.set(name, this.parts.clock.after(Math.max(1, inMs), ring));
  }

  private async drainLane(key: ConversationKey, lane: Lane): Promise<void> {
    const { ownership, store, clock } = this.parts;
    while (!this.stopped) {
      const term = ownership.term();
      const fence = await ownership.claim(key);
      if (fence === undefined) return;
      if (!ownership.mayAct()) return this.later(key, `${key}\t${lane}\twait`, lookAgainMs);
      const stored = await store.load(key);
      const head = stored && headOf(stored.outbox, lane);
      if (!stored || !head) return;
      if (head.state === 'in_flight') {
        await this.doubt(key, head, fence);
        continue;
      }
      if (waitsForAgent(head.effect, stored.conversation)) return;
      const waitMs = (await this.readyAt(stored, head, fence)) - clock.now();
      if (waitMs > 0) return this.later(key, `${key}\t${lane}\twait`, waitMs);
      await this.carryOut(key, head, { fence, term });
    }
  }

  /** When the head of a lane may be carried out: not before its pause, and in the channel's rate limits. Now is 0. */
  private async readyAt({ conversation }: Stored, head: PendingEffect, fence: Fence): Promise<number> {
    const { pace, clock } = this.parts;
    const notBefore = head.notBefore ?? 0;
    if (notBefore > clock.now() || laneOf(head.effect) !== 'teams') return notBefore;
    const place = await pace.take(conversation.key, conversation.reference.tenantId, fence);
    return place === 'taken' ? 0 : place;
  }

  /**
   * What a process left in flight is looked into when it cannot take effect any more. Its call left at some time before it was found
   * here, nobody knows when: between the mark and the call there may have been a look-up, a token to fetch, a clock that was set.
   */
  private async doubt(key: ConversationKey, head: PendingEffect, fence: Fence): Promise<void> {
    const { clock, rules, log } = this.parts;
    const at = clock.now();
    const notBefore = (at + settleTime(head.effect, rules)) as Instant;
    const entry: PendingEffect = { ...head, state: 'in_doubt', doubts: head.doubts + 1, notBefore };
    const kept = await this.parts.revise(key, (stored) => {
      const put = shareFate(entry, companionsOf(stored.outbox, entry));
      return isAsFound(stored, head) ? { ...unchanged(stored, at), put, fence } : undefined;
    });
    const { correlation, effect, attempts } = entry;
    if (kept === 'saved') log.info('found_in_flight', { correlation, effect: effect.type, attempts });
  }

  private async carryOut(key: ConversationKey, head: PendingEffect, { fence, term }: Hold): Promise<void> {
    const errand = await this.mark(key, head, fence);
    if (!errand || !this.parts.ownership.mayAct()) return;
    await this.trace.span(effectSpan(errand), (span) => this.attempt(key, errand, term, span));
  }

  private async attempt(key: ConversationKey, errand: Errand, term: number, span: Span): Promise<void> {
    const { ownership, couriers, rules } = this.parts;
    const { entry } = errand;
    if (isLeftInDoubt(entry.effect, entry.doubts, rules)) {
      span.tell({ outcome: 'unknown' });
      return this.leaveInDoubt(key, errand);
    }
    const isStillOurs = () => ownership.term() === term;
    let outcome: Outcome;
    try {
      outcome = await underMandate(isStillOurs, () => courierFor(couriers, entry.effect).carry(errand));
    } catch (error) {
      span.failed(failureIn(error)?.kind ?? 'fault');
      return this.failed(key, errand, error);
    }
    span.tell(outcomeFacts(errand, outcome));
    // Whether its outcome is kept is not known when this fails: it is then found in flight, or not at all.
    await this.settle(key, errand, outcome);
  }

  /** Marks the effect as being carried out, if it still waits as it was found. */
  private async mark(key: ConversationKey, head: PendingEffect, fence: Fence): Promise<Errand | undefined> {
    const at = this.parts.clock.now();
    const entry: PendingEffect = {
      ...head,
      state: 'in_flight',
      attempts: head.attempts + 1,
      firstAttemptAt: head.firstAttemptAt ?? at,
      lastAttemptAt: at,
    };
    let errand: Errand | undefined;
    const isSend = laneOf(head.effect) === 'teams';
    const marked = await this.parts.revise(key, (stored) => {
      errand = undefined;
      if (!isAsFound(stored, head)) return undefined;
      const { conversation } = stored;
      const { effect, marked } = asOneMessage(entry, this.companions(stored, head));
      errand = { effect, entry: marked[0], conversation, inDoubt: entry.doubts > 0, fence };
      return { ...unchanged(stored, at), put: marked, fence, ...(isSend ? { sentAt: at } : {}) };
    });
    return marked === 'saved' ? errand : undefined;
  }

  /** What goes out with the head of a lane: in doubt what already did, else what waits behind it when there is too little room for all. */
  private companions({ conversation, outbox }: Stored, head: PendingEffect): PendingEffect[] {
    if (head.doubts > 0) return companionsOf(outbox, head);
    const { pace, rules } = this.parts;
    const { key, reference } = conversation;
    if (!pace.isNarrow(key, reference.tenantId)) return [];
    const behind = companionsFor(outbox, head, rules.longestShown);
    return behind.length > pace.room(key, reference.tenantId) ? behind : [];
  }

  private async settle(key: ConversationKey, { entry, fence }: Errand, outcome: Outcome): Promise<void> {
    const { clock, rules, log } = this.parts;
    const settled = { seq: entry.seq, outcome: outcome.outcome, detail: outcome.detail };
    const { correlation, effect } = entry;
    const fields = { correlation, effect: effect.type, outcome: outcome.outcome, attempts: entry.attempts };
    const waitedMs = clock.now() - (entry.since ?? entry.firstAttemptAt ?? clock.now());
    const origin = this.origin(entry);
    log.info('effect_settled', { ...fields, detail: outcome.detail, together: entry.together?.length, waitedMs });
    await this.parts.revise(key, (stored) => {
      const changed = fold(stored, outcome.events, { rules, at: clock.now(), ...origin, settled, fence });
      return changed && settleTogether(changed, entry, settled);
    });
    this.kick(key);
  }

  /** What that has in common which follows from this effect. Its trace goes on although nobody listens to this process. */
  private origin({ correlation, traceparent }: PendingEffect) {
    return { correlation, traceparent: this.trace.here() ?? traceparent };
  }

  /** Nobody knows what came of the last attempt that an effect in doubt may have. */
  private leaveInDoubt(key: ConversationKey, errand: Errand): Promise<void> {
    const { entry } = errand;
    const message = 'the outcome is unknown, and it is not tried again';
    const upstream = entry.effect.type === 'ask' ? 'rasa' : 'teams';
    const failure = new ApiFailure({ upstream, kind: 'unreachable', certain: false, message });
    const events = courierFor(this.parts.couriers, entry.effect).giveUp(errand, failure, this.parts.clock.now());
    return this.settle(key, errand, { events, outcome: 'unknown', detail: failure.kind });
  }

  private async failed(key: ConversationKey, errand: Errand, error: unknown): Promise<void> {
    const { clock, rules, random, log } = this.parts;
    const { entry } = errand;
    const news = error instanceof Unfinished ? error.events : [];
    const failure = failureIn(error) ?? stumble(entry, error);
    const at = clock.now();
    const verdict = judge(entry, failure, at, rules, random);
    const origin = this.origin(entry);
    const fields = { correlation: entry.correlation, effect: entry.effect.type, attempts: entry.attempts };
    log.warn('effect_failed', {
      ...fields,
      certain: failure.certain,
      upstream: failure.upstream,
      kind: failure.kind,
      status: failure.status,
      reason: failure.message,
      verdict,
    });
    if (verdict === 'give_up') {
      const events = [...news, ...courierFor(this.parts.couriers, entry.effect).giveUp(errand, failure, at)];
      const outcome = failure.certain ? 'given_up' : 'unknown';
      return this.settle(key, errand, { events, outcome, detail: failure.kind });
    }
    const again: PendingEffect = {
      ...entry,
      state: failure.certain && entry.doubts === 0 ? 'waiting' : 'in_doubt',
      doubts: entry.doubts + (failure.certain ? 0 : 1),
      notBefore: (at + verdict.againInMs) as Instant,
    };
    const { fence } = errand;
    await this.parts.revise(key, (stored) => {
      const changed = fold(stored, news, { rules, at, ...origin, fence });
      const together = shareFate(again, companionsOf(stored.outbox, entry));
      return { ...(changed ?? unchanged(stored, at)), put: [...(changed?.put ?? []), ...together], fence };
    });
    if (news.length > 0) this.kick(key);
  }
}

/** The first of the lane. Reaping knows no order: what cannot be left for a day keeps nothing else from being left. */
function headOf(outbox: readonly PendingEffect[], lane: Lane): PendingEffect | undefined {
  const waiting = outbox.filter((entry) => laneOf(entry.effect) === lane);
  if (lane !== 'reaper') return waiting[0];
  return waiting.sort((one, other) => (one.notBefore ?? 0) - (other.notBefore ?? 0))[0];
}

function isAsFound({ outbox }: Stored, { seq, state, attempts }: PendingEffect): boolean {
  const now = outbox.find((other) => other.seq === seq);
  return now?.state === state && now.attempts === attempts;
}

function unchanged({ conversation, effects }: Stored, at: Instant): Changed {
  return { conversation, effects, put: [], settle: [], lines: [], at };
}
