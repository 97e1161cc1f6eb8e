import { z } from 'zod';
import type { ChatId, ConversationKey } from '../conversation/types';

const key = z
  .string()
  .min(1)
  .max(2_000)
  .transform((text) => text as ConversationKey);
const chat = z
  .string()
  .min(1)
  .max(200)
  .transform((text) => text as ChatId);

/** What the page may ask for and do; the routes are the names. */
export const calls = {
  overview: z.strictObject({}),
  trail: z.strictObject({ id: z.string().min(1).max(2_000) }),
  end: z.strictObject({ key, chat }),
  redrive: z.strictObject({ key, seq: z.number().int().positive() }),
} as const;

export type Call = keyof typeof calls;

export function isCall(name: string): name is Call {
  return Object.hasOwn(calls, name);
}
