import { z } from 'zod';

const milliseconds = z.number().int().min(0);

/** The shapes of what the control plane takes. */
export const commandSchemas = {
  accept: z.strictObject({ agent: z.string().optional() }),
  say: z.strictObject({
    agent: z.string().optional(),
    text: z.string(),
    workNote: z.boolean().optional(),
    count: z.number().int().min(1).max(10_000).optional(),
    sameSecond: z.boolean().optional(),
    files: z
      .array(
        z.strictObject({
          name: z.string(),
          contentType: z.string(),
          sizeBytes: z.number().int().min(0),
          content: z.base64().optional(),
        }),
      )
      .optional(),
  }),
  transfer: z.union([z.strictObject({ agent: z.string() }), z.strictObject({ queue: z.string() })]),
  escalate: z.strictObject({ queue: z.string().optional() }),
  close: z.strictObject({
    agent: z.string().optional(),
    wording: z.string().optional(),
    textInThread: z.boolean().optional(),
  }),
  typing: z.strictObject({ on: z.boolean() }),
  callback: z.strictObject({
    items: z.array(z.record(z.string(), z.unknown())),
    completed: z.boolean().optional(),
    takeControl: z.boolean().optional(),
    score: z.number().optional(),
  }),
  clock: z.strictObject({
    mode: z.enum(['real', 'manual']).optional(),
    set: milliseconds.optional(),
    advanceMs: milliseconds.optional(),
  }),
  queue: z.strictObject({
    id: z.string().optional(),
    name: z.string().optional(),
    question: z.string().optional(),
    open: z.boolean().optional(),
    hours: z
      .strictObject({
        days: z.array(z.number().int().min(0).max(6)),
        from: z.string().regex(/^\d\d:\d\d$/),
        to: z.string().regex(/^\d\d:\d\d$/),
      })
      .nullable()
      .optional(),
    notAvailable: z.string().optional(),
    averageWaitTime: z.string().optional(),
    initialAgentResponse: z.string().optional(),
    escalateTo: z.string().nullable().optional(),
  }),
  user: z.strictObject({
    userName: z.string(),
    name: z.string().optional(),
    email: z.string().optional(),
    active: z.boolean().optional(),
    password: z.string().optional(),
  }),
  agent: z.strictObject({
    userName: z.string(),
    name: z.string().optional(),
    password: z.string().optional(),
    available: z.boolean().optional(),
    capacity: z.number().int().min(0).optional(),
    autoAccept: z.strictObject({ afterMs: milliseconds }).nullable().optional(),
    autoReply: z.strictObject({ text: z.string(), afterMs: milliseconds }).nullable().optional(),
  }),
  reset: z.strictObject({
    seed: z.union([z.string(), z.number()]).optional(),
    clock: z.strictObject({ mode: z.enum(['real', 'manual']), now: milliseconds.optional() }).optional(),
  }),
};

export type Say = z.input<typeof commandSchemas.say>;
export type Close = z.input<typeof commandSchemas.close>;
export type TransferTarget = z.input<typeof commandSchemas.transfer>;
export type QueueGiven = z.input<typeof commandSchemas.queue>;
export type UserGiven = z.input<typeof commandSchemas.user>;
export type AgentGiven = z.input<typeof commandSchemas.agent>;
export type ClockCommand = z.input<typeof commandSchemas.clock>;
export type ResetOptions = z.input<typeof commandSchemas.reset>;
