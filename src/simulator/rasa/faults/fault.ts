import { z } from 'zod';

const ms = z.number().nonnegative();
const kind = <K extends string>(name: K) => z.literal(name);

/** One way for this Rasa to misbehave. */
export const faultSchema = z.discriminatedUnion('kind', [
  /** The answer comes late: `ms`, and up to `jitterMs` more. */
  z.strictObject({ kind: kind('delay'), ms: ms.default(5000), jitterMs: ms.default(0) }),
  /** The request is taken and never answered. */
  z.strictObject({ kind: kind('hang') }),
  /** The connection is reset: before the body is read, after it is read, or in the middle of the answer. */
  z.strictObject({ kind: kind('reset'), when: z.enum(['unread', 'read', 'midway']) }),
  /** An error of the server (500, in its own JSON), of a proxy in front (502, 503, 504, in HTML) or a limit (429). */
  z.strictObject({ kind: kind('status'), status: z.number().int(), retryAfterSec: z.number().optional() }),
  /** 200 and nothing in it. */
  z.strictObject({ kind: kind('empty'), processed: z.boolean().default(false) }),
  /** Only the first messages of the answer arrive. */
  z.strictObject({ kind: kind('partial'), keep: z.number().int().default(1) }),
  /** The login page of somebody else. */
  z.strictObject({ kind: kind('html') }),
  /** JSON that is not what was agreed. */
  z.strictObject({
    kind: kind('shape'),
    shape: z.enum(['object', 'null text', 'number text', 'no recipient', 'unknown keys', 'huge']),
  }),
  /** The JSON stops in the middle, and the length says that this is all. */
  z.strictObject({ kind: kind('truncated') }),
  z.strictObject({ kind: kind('content type'), type: z.string().default('text/plain') }),
  /** The message is handled twice, and answered once. */
  z.strictObject({ kind: kind('twice') }),
  /** The answer is lost, after the turn was kept or without any turn. */
  z.strictObject({ kind: kind('lost'), processed: z.boolean(), how: z.enum(['reset', 'never']).default('reset') }),
  /** The lock of this conversation is held by nobody. */
  z.strictObject({ kind: kind('lock stall'), ms }),
  /** The kept-alive connection is closed without a word. */
  z.strictObject({ kind: kind('close idle'), afterMs: ms.default(5000) }),
  /** From now on, these slots are not declared. */
  z.strictObject({ kind: kind('undeclared slots'), slots: z.array(z.string()) }),
  z.strictObject({ kind: kind('redirect'), status: z.number().int().default(302), to: z.string() }),
  /** The answer trickles. */
  z.strictObject({ kind: kind('drip'), bytesPerSecond: z.number().positive().default(1) }),
  /** The process dies and comes back without its conversations. */
  z.strictObject({ kind: kind('restart'), downMs: ms.default(0) }),
  /** No model is loaded for a while. */
  z.strictObject({ kind: kind('model reload'), ms: ms.default(10_000) }),
  /** The server's clock is off by this much. */
  z.strictObject({ kind: kind('clock skew'), ms: z.number() }),
  /** The item that asks for a hand-off comes twice, alone, or before its own text. */
  z.strictObject({ kind: kind('trigger'), how: z.enum(['twice', 'alone', 'first']) }),
  /** The session has run out when this message comes. */
  z.strictObject({ kind: kind('session expiry') }),
  /** The callback channel delivers badly. */
  z.strictObject({
    kind: kind('push'),
    how: z.enum(['duplicated', 'reordered', 'concurrent', 'unauthenticated', 'array']),
  }),
]);

/** Which requests a fault strikes. Nothing said: all of the area. The index counts what the rule could strike, from 0. */
export const faultRuleSchema = z.strictObject({
  area: z.enum(['rest', 'callback', 'api', 'other', 'any']).default('rest'),
  /** The end of the path, e.g. `tracker/events`. */
  pathEnd: z.string().optional(),
  sender: z.string().optional(),
  index: z.union([z.number().int(), z.array(z.number().int())]).optional(),
  probability: z.number().min(0).max(1).optional(),
  seed: z.number().int().default(1),
  fault: faultSchema,
});

export type Fault = z.infer<typeof faultSchema>;
export type FaultRule = z.infer<typeof faultRuleSchema>;
/** A fault rule as it is written down. */
export type FaultRuleInput = z.input<typeof faultRuleSchema>;
