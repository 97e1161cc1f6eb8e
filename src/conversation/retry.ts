import type { Effect, PendingEffect } from './effects';
import type { ApiFailure, FailureKind } from './failures';
import type { Rules } from './rules';

/** What to do about a failure: the same again after so many milliseconds, or no more. */
export type Verdict = { readonly againInMs: number } | 'give_up';

interface Patience {
  /** How long after the first attempt the last one may start. */
  readonly budgetMs: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** How long a lost answer may still become an effect at the far side, before we look or repeat. */
  readonly settleMs: number;
  /** The same when an attempt ended in doubt, where looking it up is worth more time than trying again. */
  readonly doubtBudgetMs?: number;
  /** Whether a `Retry-After` is waited for beside the budget; else what does not fit is given up. */
  readonly isPatient: boolean;
  /** How often an attempt may end in doubt before it is left at that. */
  readonly doubts: number;
}

const day = 24 * 3_600_000;
const shortestPauseMs = 100;
/** A `Retry-After` is waited for up to this long, beside the budget. */
const longestRetryAfterMs = 300_000;

/** So many attempts go by a `Retry-After` alone. */
const believedAttempts = 3;

/** Failures that pass by themselves; all others are answers. */
const passing: ReadonlySet<FailureKind> = new Set(['unreachable', 'throttled', 'unauthorized', 'malformed']);

function patienceFor(effect: Effect, rules: Rules): Patience {
  const words = {
    firstPauseMs: 500,
    longestPauseMs: 10_000,
    settleMs: 3_000,
    doubts: Number.POSITIVE_INFINITY,
    isPatient: true,
  };
  switch (effect.type) {
    case 'open':
    case 'post':
    case 'attach':
      return { ...words, budgetMs: rules.retryBudgetMs, settleMs: rules.lateEffectMs };
    case 'leave':
      return { ...words, budgetMs: Math.min(rules.retryBudgetMs, 5_000), settleMs: 500, isPatient: false };
    case 'reap':
      return { ...words, budgetMs: day, firstPauseMs: 10_000, longestPauseMs: 900_000 };
    case 'fetch':
    case 'hand_over':
      return { ...words, budgetMs: 120_000, settleMs: 0 };
    case 'discard':
      return { ...words, budgetMs: day, settleMs: 0 };
    case 'rate':
      return { ...words, budgetMs: day, firstPauseMs: 10_000, longestPauseMs: 900_000 };
    case 'refresh':
      return { ...words, budgetMs: 600_000, settleMs: 500 };
    case 'show':
      return { ...words, budgetMs: day, longestPauseMs: 15_000, settleMs: 2_000, doubts: 1 };
    case 'ask':
      return { ...words, budgetMs: 5_000, doubtBudgetMs: day, settleMs: 500, doubts: 2, isPatient: false };
    case 'tell_assistant':
    case 'identify':
      return { ...words, budgetMs: 2_000, settleMs: 500, isPatient: false };
  }
}

/** Whether the same call may well work a while later. */
export function passesByItself({ kind }: ApiFailure): boolean {
  return passing.has(kind);
}

/** Judges one failed attempt. `random` is a number in [0, 1): full jitter keeps many conversations from coming back at once. */
export function judge(
  entry: PendingEffect,
  failure: ApiFailure,
  now: number,
  rules: Rules,
  random: () => number,
): Verdict {
  const patience = patienceFor(entry.effect, rules);
  const passes = passesByItself(failure) || (entry.effect.type === 'reap' && failure.kind !== 'not_found');
  if (!passes || patience.budgetMs === 0) return 'give_up';
  // It is left at that, but not before it cannot take effect any more: what comes after it must not overtake it.
  if (!failure.certain && entry.doubts + 1 > patience.doubts) return { againInMs: patience.settleMs };
  const budgetMs = failure.certain ? patience.budgetMs : (patience.doubtBudgetMs ?? patience.budgetMs);
  const spent = now - (entry.firstAttemptAt ?? now);
  const shortest = failure.certain ? shortestPauseMs : patience.settleMs;
  const pause = random() * Math.min(patience.longestPauseMs, patience.firstPauseMs * 2 ** entry.attempts);
  if (failure.retryAfterMs !== undefined) {
    // Who asks again and again for a moment's patience needs more of it.
    const more = entry.attempts > believedAttempts ? pause : 0;
    const asked = Math.max(shortest, more, Math.min(failure.retryAfterMs, longestRetryAfterMs));
    const limit = patience.isPatient ? budgetMs + longestRetryAfterMs : patience.budgetMs;
    return spent + asked <= limit ? { againInMs: Math.ceil(asked) } : 'give_up';
  }
  const againInMs = Math.ceil(Math.max(pause, shortest));
  return spent + againInMs <= budgetMs ? { againInMs } : 'give_up';
}

/** How long after a crash in the middle of an attempt its outcome can be looked up. */
export function settleTime(effect: Effect, rules: Rules): number {
  return patienceFor(effect, rules).settleMs;
}

/** Whether an effect was tried in doubt so often that it is left at that, once its last attempt has had time to take effect. */
export function isLeftInDoubt(effect: Effect, doubts: number, rules: Rules): boolean {
  return doubts > patienceFor(effect, rules).doubts;
}
