import { platformNow, type World } from '../model/world';
import { type Answer, failure } from './answer';

const hourMs = 3_600_000;

/** Counts the call; the refusal once a rule's number of calls in this hour is used up. */
export function overRate(world: World, path: string, userName: string): Answer | undefined {
  for (const rule of world.state.config.rateRules) {
    if (rule.user !== undefined && rule.user !== userName) continue;
    if (!new RegExp(rule.pathPattern).test(path)) continue;
    const time = platformNow(world);
    const hour = Math.floor(time / hourMs);
    const key = `${rule.id} ${userName}`;
    const before = world.state.rates[key];
    const count = (before?.hour === hour ? before.count : 0) + 1;
    world.state.rates[key] = { hour, count };
    world.keep();
    if (count > rule.perHour) return refusal(rule.id, rule.perHour, userName, (hour + 1) * hourMs, time);
  }
  return undefined;
}

function refusal(rule: string, perHour: number, userName: string, reset: number, time: number): Answer {
  const detail = `Rate limit of ${perHour} requests per hour for ${userName} exceeded`;
  return failure(429, 'Rate limit exceeded', detail, {
    'retry-after': String(Math.ceil((reset - time) / 1000)),
    'x-ratelimit-limit': String(perHour),
    'x-ratelimit-reset': String(Math.floor(reset / 1000)),
    'x-ratelimit-rule': rule,
  });
}
