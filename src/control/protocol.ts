import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { ConversationKey, Instant } from '../conversation/types';
import type { LedgerEntry, Trail } from '../engine/store';
import type { Redriven } from './ledger';

const instant = z
  .number()
  .int()
  .transform((at) => at as Instant);
const key = z
  .string()
  .min(1)
  .transform((text) => text as ConversationKey);
const seq = z.number().int().positive();

/** What may be asked of a running connector; the routes are the names. */
export const requests = {
  trail: z.strictObject({ id: z.string().min(1) }),
  given_up: z.strictObject({
    since: instant,
    after: z.strictObject({ settledAt: instant, key, seq }).optional(),
  }),
  redrive: z.strictObject({ key, seq }),
  transcript: z.strictObject({ from: instant, to: instant }),
  backup: z.strictObject({ file: z.string().refine(isAbsolute) }),
} as const;

export type Route = keyof typeof requests;

const entry = z.looseObject({
  key: z.string(),
  seq: z.number(),
  type: z.string(),
  correlation: z.string(),
  state: z.string(),
  attempts: z.number(),
});
const entries = z.array(entry);
const turns = z.array(z.looseObject({ key: z.string(), turn: z.string(), at: z.number() }));
const redriven = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('redriven') }),
  z.object({ outcome: z.literal('refused'), reason: z.string() }),
]);

const backup = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('written'), bytes: z.number() }),
  z.object({ outcome: z.literal('refused'), reason: z.string() }),
]);

/** A backup was written, or why not. */
export type BackedUp = z.infer<typeof backup>;

/** What a running connector answers; both sides are of one version, so what lies deeper is believed. */
export const answers = {
  trail: (body: unknown) => z.object({ received: turns, effects: entries }).parse(body) as unknown as Trail,
  given_up: (body: unknown) => entries.parse(body) as unknown as readonly LedgerEntry[],
  redrive: (body: unknown) => redriven.parse(body) as Redriven,
  backup: (body: unknown) => backup.parse(body),
} as const;
