import { z } from 'zod';

const milliseconds = z.number().int().min(0);
const plain = z.union([z.literal(true), z.strictObject({})]);

const status = z.strictObject({
  preset: z
    .enum([
      'auth401',
      'acl403',
      'connect403',
      'missing404',
      'bad405',
      'rate429',
      'err500',
      'gw502',
      'down503',
      'timeout504',
    ])
    .optional(),
  code: z.number().int().min(200).max(599).optional(),
  /** Seconds, for `rate429`. */
  retryAfter: z.number().int().min(0).optional(),
  /** A string is sent as the text for the user that Connect answers; anything else as JSON. */
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).optional(),
});

/** What a rule does. Several together are allowed where they make sense, such as a delay and a status. */
const actionSchema = z.strictObject({
  // Instead of the effect.
  status: status.refine((each) => each.preset ?? each.code, 'needs a preset or a code').optional(),
  html: z
    .strictObject({ code: z.number().int().optional(), kind: z.enum(['hibernating', 'login', 'maintenance']) })
    .optional(),
  redirect: z.strictObject({ location: z.string() }).optional(),
  resetBefore: plain.optional(),
  // After the effect.
  resetAfter: plain.optional(),
  commitThen: z.strictObject({ code: z.number().int().min(200).max(599) }).optional(),
  malformed: plain.optional(),
  truncated: z.strictObject({ bytes: z.number().int().min(0) }).optional(),
  emptyBody: plain.optional(),
  wrongContentType: plain.optional(),
  // Time on the wire; real milliseconds whatever the clock's mode.
  /** The answer is late. `effect: 'late'` lets the effect be late too, even when nobody waits any more. */
  delay: z.strictObject({ ms: milliseconds, effect: z.enum(['now', 'late']).optional() }).optional(),
  /** No answer at all, and no effect unless it is asked for. */
  hang: z.union([z.literal(true), z.strictObject({ effect: z.boolean().optional() })]).optional(),
  slowDrip: z.strictObject({ bytesPerSec: z.number().int().min(1) }).optional(),
  // What the effect or the reading is.
  doubleEffect: plain.optional(),
  staleRead: z.strictObject({ ms: milliseconds }).optional(),
  reorder: plain.optional(),
  shortPage: z.strictObject({ drop: z.number().int().min(1) }).optional(),
  // Rows, whoever writes them: match looks at chat, user and the row's text.
  lateRow: z.strictObject({ ms: milliseconds }).optional(),
  sameSecond: z.strictObject({ n: z.number().int().min(1) }).optional(),
  /** A request to the application dies at this effect on the platform, such as `begin`, `say`, `said` or `insert awa_work_item`. */
  appFails: z.strictObject({ at: z.string().min(1) }).optional(),
  // Callbacks of the Bot Integration API: match looks at chat, at user (the client's id of the employee), and at the callback's body.
  'cb.drop': plain.optional(),
  /** So many copies more. */
  'cb.dup': z.strictObject({ n: z.number().int().min(1) }).optional(),
  /** On the simulator's clock; others overtake it meanwhile. */
  'cb.delay': z.strictObject({ ms: milliseconds }).optional(),
  /** The next callback of the conversation goes first, or two seconds pass. */
  'cb.reorder': plain.optional(),
  'cb.badAuth': plain.optional(),
  'cb.unknownChat': plain.optional(),
  /** 12 MB unless it is said how much. */
  'cb.oversize': z.union([z.literal(true), z.strictObject({ kb: z.number().int().min(1).optional() })]).optional(),
  'cb.malformed': plain.optional(),
  // Tokens.
  'token.expireNow': plain.optional(),
  'token.deny': plain.optional(),
  'token.slow': z.strictObject({ ms: milliseconds }).optional(),
  'token.sameTokenShortLife': z.strictObject({ seconds: z.number().int().min(1) }).optional(),
  // The platform's clock, for as long as the rule is there.
  skew: z.strictObject({ ms: z.number().int() }).optional(),
});

const pattern = z.string().refine(isPattern, 'is not a regular expression');

const matchSchema = z.strictObject({
  method: z.string().optional(),
  path: pattern.optional(),
  /** A user name. */
  user: z.string().optional(),
  chat: z.string().optional(),
  body: pattern.optional(),
});

const whenSchema = z.strictObject({
  nth: z.number().int().min(1).optional(),
  every: z.number().int().min(1).optional(),
  times: z.number().int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
  /** Counted from when the rule was added. */
  fromMs: milliseconds.optional(),
  toMs: milliseconds.optional(),
});

/** One misbehaviour: towards whom, when, and which. The first rule that matches and is due wins. */
export const faultRuleSchema = z.strictObject({
  id: z.string().min(1).optional(),
  match: matchSchema.default({}),
  when: whenSchema.default({}),
  do: actionSchema.refine((each) => Object.keys(each).length > 0, 'needs an action'),
});

/** A rule as people write it. */
export type FaultRule = z.input<typeof faultRuleSchema>;
export type FaultAction = z.infer<typeof actionSchema>;
export type StatusAction = NonNullable<FaultAction['status']>;

/** A rule in force, with what it has seen so far. */
export interface FaultRecord {
  id: string;
  rule: Omit<z.infer<typeof faultRuleSchema>, 'id'>;
  addedAt: number;
  matched: number;
  fired: number;
  /** For `sameSecond`: the second that is shared, and how many rows may still have it. */
  second?: { at: number; left: number };
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
