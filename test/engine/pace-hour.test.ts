import type { ConversationKey, Instant } from '../../src/conversation/types';
import { soleOwner } from '../../src/engine/ownership';
import { Pace } from '../../src/engine/pace';
import { MemoryStore } from '../../src/store/memory';
import { teamsLimits } from '../../src/teams/limits';
import { percentile } from '../bench/figures';
import { RateBuckets } from '../support/rate-buckets';
import { chance } from '../support/world/mortality';

const hourMs = 3_600_000;
/** What Teams takes: 1,800 an hour in a conversation, 30 a second in a tenant. Sends may arrive so much closer together than they left. */
const tenantPerSecond = 30;
const jitterMs = 40;

interface Lane {
  readonly key: ConversationKey;
  /** When each of its words came, not sent yet. */
  readonly waiting: number[];
  /** When its first word may be tried; of those at one moment, the one goes first that was told so first. */
  at: number;
  told: number;
}

/** Words in bursts of one to four, so that there is this share of the quota over the hour, in order of time. */
function words(random: () => number, conversations: number, share: number): { at: number; who: number }[] {
  const all: { at: number; who: number }[] = [];
  const burstsPerMs = (tenantPerSecond * share) / 1_000 / 2.5;
  const pause = () => -Math.log(1 - random()) / burstsPerMs;
  for (let at = pause(); at < hourMs; at += pause()) {
    const who = Math.floor(random() * conversations);
    const count = 1 + Math.floor(random() * 4);
    for (let n = 0; n < count; n += 1) all.push({ at, who });
  }
  return all;
}

/** An hour of one tenant: each word leaves in the order of its conversation, as soon as its buckets have a place. */
async function hour(seed: number, conversations: number, share: number) {
  const random = chance(seed);
  let now = 0;
  let turns = 0;
  const clock = { now: () => now as Instant, wall: () => now, after: () => () => {} };
  const pace = new Pace({ store: new MemoryStore(), clock, ownership: soleOwner, limits: teamsLimits });
  const teams = new RateBuckets();
  const lanes = Array.from({ length: conversations }, (_, n): Lane => {
    return { key: `k${n}` as ConversationKey, waiting: [], at: 0, told: 0 };
  });
  const coming = words(random, conversations, share);
  const waited: number[] = [];
  const arrived: number[] = [];
  for (let next = 0; next < coming.length || lanes.some(({ waiting }) => waiting.length > 0); ) {
    const ready = lanes.filter(({ waiting }) => waiting.length > 0).sort(byTurn)[0];
    const word = coming[next];
    if (word && (!ready || word.at <= ready.at)) {
      now = Math.max(now, word.at);
      const lane = lanes[word.who] as Lane;
      if (lane.waiting.length === 0) Object.assign(lane, { at: word.at, told: turns++ });
      lane.waiting.push(word.at);
      next += 1;
      continue;
    }
    if (!ready) continue;
    now = Math.max(now, ready.at);
    const place = await pace.take(ready.key, 'tenant', 1);
    if (place !== 'taken') {
      Object.assign(ready, { at: place, told: turns++ });
      continue;
    }
    Object.assign(ready, { at: now, told: turns++ });
    waited.push(now - (ready.waiting.shift() ?? now));
    const at = now + random() * jitterMs;
    teams.take(ready.key, at);
    arrived.push(at);
  }
  return { waited, tooFast: teams.tooFast, most: mostInASecond(arrived), sent: arrived.length };
}

function byTurn(one: Lane, other: Lane): number {
  return one.at - other.at || one.told - other.told;
}

function mostInASecond(arrived: readonly number[]): number {
  const sorted = [...arrived].sort((one, other) => one - other);
  let first = 0;
  return sorted.reduce((most, at, last) => {
    while ((sorted[first] ?? at) <= at - 1_000) first += 1;
    return Math.max(most, last - first + 1);
  }, 0);
}

test('over an hour at four fifths of what Teams takes nothing comes too fast, and hardly anything waits', async () => {
  const { waited, tooFast, most, sent } = await hour(7, 60, 0.8);
  expect(sent).toBeGreaterThan(80_000);
  expect(tooFast).toBe(0);
  expect(most).toBeLessThanOrEqual(tenantPerSecond);
  expect(percentile(waited, 0.99)).toBeLessThanOrEqual(2_000);
}, 60_000);

test('when more comes than Teams takes, it waits, and still nothing comes too fast', async () => {
  const { waited, tooFast, most, sent } = await hour(8, 10, 0.2);
  expect(sent).toBeGreaterThan(18_000);
  expect([tooFast, most <= tenantPerSecond]).toEqual([0, true]);
  expect(percentile(waited, 0.99)).toBeGreaterThan(2_000);
}, 60_000);
