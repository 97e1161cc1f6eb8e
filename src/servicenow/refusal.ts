import { z } from 'zod';
import { ApiFailure } from '../conversation/failures';
import { failureOfStatus } from '../upstream/answers';
import type { Answer } from '../upstream/call';
import { withoutTags } from './without-tags';

/** The failure that an answer stands for which is none of success, or which says that it was not carried out (202). */
export function refusal(answer: Answer, operation: string, now: number): ApiFailure {
  const failure = failureOfStatus('servicenow', answer, operation);
  const { kind, message, status } = failure;
  const words = kind === 'refused' ? wordsOf(answer.text) : undefined;
  const retryAfterMs = failure.retryAfterMs ?? (kind === 'throttled' ? untilReset(answer, now) : undefined);
  // 202: a crowded session took nothing; it is answered before anything happens.
  const certain = failure.certain || answer.status === 202;
  return new ApiFailure({ upstream: 'servicenow', kind, certain, message, status, retryAfterMs, words });
}

/** The failure of a success that is a page instead of data: reads can be repeated, and of a write nobody knows. */
export function pageInsteadOfData({ status }: Answer, operation: string, isRead: boolean): ApiFailure {
  const message = `servicenow: ${operation} was answered with a page; the instance may be asleep, or wants a login`;
  return new ApiFailure({ upstream: 'servicenow', kind: 'unreachable', certain: isRead, message, status });
}

const wordsShape = z.looseObject({ result: z.string() });
const closedShape = z.looseObject({ error: z.looseObject({ code: z.literal('closed'), message: z.string() }) });

/** Connect says to the employee why it refuses: `{"result":"text"}` with a 403; the application of the profile `scripted` by a code. */
function wordsOf(text: string): string | undefined {
  try {
    const json: unknown = JSON.parse(text);
    const words = wordsShape.safeParse(json).data?.result ?? closedShape.safeParse(json).data?.error.message;
    return withoutTags(words ?? '') || undefined;
  } catch {
    return undefined; // not JSON: nothing that was meant for the employee
  }
}

/** ServiceNow says when its window ends in seconds of its own clock, which the Date header shows. */
function untilReset(answer: Answer, now: number): number | undefined {
  const reset = Number(answer.headers['x-ratelimit-reset']);
  const theirNow = Date.parse(answer.headers.date ?? '');
  if (!(reset > 0)) return undefined;
  return Math.max(0, reset * 1_000 - (Number.isNaN(theirNow) ? now : theirNow));
}
