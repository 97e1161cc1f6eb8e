import type { Effect, PendingEffect } from '../../src/conversation/effects';
import { ApiFailure, type FailureKind } from '../../src/conversation/failures';
import { isLeftInDoubt, judge, settleTime } from '../../src/conversation/retry';
import { defaultRules } from '../../src/conversation/rules';
import type { Instant } from '../../src/conversation/types';

const post = { type: 'post', chat: {}, words: {} } as unknown as Effect;
const show = { type: 'show', content: {} } as unknown as Effect;

function failure(kind: FailureKind, certain = true, retryAfterMs?: number): ApiFailure {
  return new ApiFailure({ upstream: 'servicenow', kind, certain, message: 'x', retryAfterMs });
}

function entry(effect: Effect, more: Partial<PendingEffect> = {}): PendingEffect {
  const first = { firstAttemptAt: 0 as Instant, attempts: 1, doubts: 0 };
  return { seq: 1, effect, state: 'in_flight', correlation: 'c', ...first, ...more };
}

function verdict(one: PendingEffect, failed: ApiFailure, now = 0, rules = defaultRules) {
  return judge(one, failed, now, rules, () => 0.5);
}

test.each<[FailureKind, boolean]>([
  ['unreachable', true],
  ['throttled', true],
  ['unauthorized', true],
  ['malformed', true],
  ['refused', false],
  ['not_found', false],
  ['conflict', false],
  ['too_large', false],
  ['rejected', false],
])('a post that failed as %s is tried again: %s', (kind, again) => {
  expect(verdict(entry(post), failure(kind)) !== 'give_up').toBe(again);
});

test('the budget counts from the first attempt', () => {
  expect(verdict(entry(post), failure('unreachable'), 30_000)).not.toBe('give_up');
  expect(verdict(entry(post, { attempts: 9 }), failure('unreachable'), 59_900)).toBe('give_up');
});

test('with a budget of zero the first error is the last', () => {
  const rules = { ...defaultRules, retryBudgetMs: 0 };
  expect(verdict(entry(post), failure('throttled', true, 1_000), 0, rules)).toBe('give_up');
});

test('Retry-After is waited for beside the budget, up to five minutes', () => {
  expect(verdict(entry(post), failure('throttled', true, 240_000))).toEqual({ againInMs: 240_000 });
  expect(verdict(entry(post), failure('throttled', true, 240_000), 200_000)).toBe('give_up');
});

test('an attempt in doubt is left time to take effect before anybody looks', () => {
  const again = verdict(entry(post), failure('unreachable', false));
  expect(again).not.toBe('give_up');
  expect((again as { againInMs: number }).againInMs).toBeGreaterThanOrEqual(3_000);
});

test('on an instance that is slow to take effect more time is left', () => {
  const slow = { ...defaultRules, lateEffectMs: 12_000 };
  expect(verdict(entry(post), failure('unreachable', false), 0, slow)).toMatchObject({ againInMs: 12_000 });
  expect(settleTime(post, slow)).toBe(12_000);
});

test('a send to Teams in doubt is repeated after two seconds at the least, and once', () => {
  const again = verdict(entry(show), failure('unreachable', false));
  expect((again as { againInMs: number }).againInMs).toBeGreaterThanOrEqual(2_000);
  const last = entry(show, { doubts: 1, attempts: 2 });
  expect(verdict(last, failure('unreachable', false))).toEqual({ againInMs: 2_000 });
  expect(isLeftInDoubt(show, 1, defaultRules)).toBe(false);
  expect(isLeftInDoubt(show, 2, defaultRules)).toBe(true);
});

test('pauses grow with the attempts and stay bounded', () => {
  const pause = (attempts: number) =>
    (verdict(entry(post, { attempts }), failure('unreachable')) as { againInMs: number }).againInMs;
  expect(pause(4)).toBeGreaterThan(pause(1));
  expect(pause(40)).toBeLessThanOrEqual(10_000);
});
