import type { PendingEffect } from '../conversation/effects';
import { ApiFailure } from '../conversation/failures';
import { Unfinished } from './couriers/courier';

/** A fault of our own is tried again so often before its effect is given up. */
const longestStumble = 5;

/** What a far side said; `undefined` for a fault of our own. */
export function failureIn(error: unknown): ApiFailure | undefined {
  if (error instanceof Unfinished) return error.failure;
  return error instanceof ApiFailure ? error : undefined;
}

/** A fault of our own counts as an attempt in doubt, until it has happened too often to be chance. */
export function stumble(entry: PendingEffect, error: unknown): ApiFailure {
  const kind = entry.attempts >= longestStumble ? 'rejected' : 'unreachable';
  const message = `fault while carrying out: ${describe(error)}`;
  return new ApiFailure({ upstream: 'connector', kind, certain: false, message, cause: error });
}

/** Where a fault came from, without its words. */
export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name} ${error.stack?.split('\n')[1]?.trim() ?? ''}` : typeof error;
}
