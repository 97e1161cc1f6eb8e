import { z } from 'zod';
import type { Effect, PendingEffect } from '../conversation/effects';
import type { Conversation } from '../conversation/types';
import { StoreError } from './store-error';

/** What every stored conversation must have; what lies deeper was checked when it was made. */
const conversationRecord = z.looseObject({
  key: z.string(),
  phase: z.looseObject({ name: z.enum(['assisted', 'opening', 'queued', 'connected', 'closing']) }),
  reference: z.looseObject({ conversationId: z.string(), serviceUrl: z.string(), tenantId: z.string() }),
  user: z.looseObject({ id: z.string(), locale: z.string() }),
  said: z.array(z.looseObject({ at: z.number(), text: z.string() })),
});

const effectRecord = z.looseObject({
  seq: z.number().int(),
  effect: z.looseObject({ type: z.string() }),
  state: z.enum(['waiting', 'in_flight', 'in_doubt']),
  attempts: z.number().int(),
  correlation: z.string(),
  traceparent: z.string().optional(),
});

/** Throws {@link StoreError} when the record is not one of ours. */
export function readConversation(body: string, key: string): Conversation {
  return read(conversationRecord, body, `conversation ${key}`) as unknown as Conversation;
}

/** Throws {@link StoreError} when the record is not one of ours. */
export function readEffect(body: string, key: string): PendingEffect {
  return read(effectRecord, body, `an effect of ${key}`) as unknown as PendingEffect;
}

/** Throws {@link StoreError} when the record is not one of ours. */
export function readGivenUp(body: string, key: string): Effect {
  return read(effectRecord.shape.effect, body, `a given up effect of ${key}`) as unknown as Effect;
}

function read<T>(schema: z.ZodType<T>, body: string, what: string): T {
  const parsed = schema.safeParse(JSON.parse(body));
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new StoreError(`The record of ${what} is damaged at ${paths}.`);
}
