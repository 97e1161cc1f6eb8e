import { z } from 'zod';
import type { Opening } from '../conversation/opening-time';

const span = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/, 'it should be a time such as 08:00-17:00')
  .transform((text) => ({ from: minutesOf(text.slice(0, 5)), to: minutesOf(text.slice(6)) }));

const spans = z.array(span).default([]);

/** When the help desk is there, by the clock of its zone. Connect Support does not tell. */
export const openingHours = z.strictObject({
  zone: z.string().refine(isZone, 'it should be a time zone such as Europe/Berlin'),
  days: z.strictObject({ mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans }),
});

export type OpeningHours = z.infer<typeof openingHours>;

const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const dayMs = 24 * 3_600_000;

/** The next time from which the help desk is there; `undefined` when it never is. */
export function nextOpening({ zone, days }: OpeningHours, now: number): Opening | undefined {
  const today = Math.floor((now + offsetOf(zone, now)) / dayMs);
  for (let day = today; day <= today + 7; day += 1) {
    const name = names[new Date(day * dayMs).getUTCDay()] ?? 'sun';
    const times = days[name].map(({ from }) => instantOf(zone, day * dayMs + from * 60_000)).sort((a, b) => a - b);
    const next = times.find((time) => time > now);
    if (next !== undefined) return { at: next, zone };
  }
  return undefined;
}

/** What the clocks of a zone show, as the time at which they show it. Twice, because the offset may change on that day. */
function instantOf(zone: string, shown: number): number {
  const near = shown - offsetOf(zone, shown);
  return shown - offsetOf(zone, near);
}

/** By how much the clocks of a zone are ahead of UTC at a time. */
function offsetOf(zone: string, at: number): number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  return Date.parse(`${format.format(at).replace(' ', 'T')}Z`) - Math.floor(at / 1_000) * 1_000;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
