import { z } from 'zod';

const buttonSchema = z.looseObject({ title: z.string().optional(), payload: z.string().optional() });

/** What a bot says in one go, in the words of a Rasa domain. */
export const utteranceSchema = z.strictObject({
  text: z.string().optional(),
  buttons: z.array(buttonSchema).optional(),
  quick_replies: z.array(buttonSchema).optional(),
  elements: z.array(z.looseObject({})).optional(),
  custom: z.record(z.string(), z.unknown()).optional(),
  image: z.string().optional(),
  attachment: z.unknown().optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  /** The bot takes this long before it says it. */
  afterMs: z.number().optional(),
});

const slotConditionSchema = z.union([
  z.string(),
  z.strictObject({ name: z.string(), value: z.unknown().optional(), not: z.unknown().optional() }),
]);

/** When a rule applies: all that is said must hold; nothing said holds always. */
export const whenSchema = z.strictObject({
  text: z.string().optional(),
  regex: z.string().optional(),
  intent: z.union([z.string(), z.array(z.string())]).optional(),
  /** A name alone: the slot is set to something other than null and false. */
  slot: z.union([slotConditionSchema, z.array(slotConditionSchema)]).optional(),
  /** This slot was on and has been put out since the user last spoke. */
  cleared: z.string().optional(),
  paused: z.boolean().optional(),
  channel: z.string().optional(),
});

/** One line of a dialogue. The first rule that applies is the turn; with `continue` the search goes on after it. */
export const ruleSchema = z.strictObject({
  when: whenSchema.default({}),
  action: z.string().optional(),
  reply: z.array(utteranceSchema).default([]),
  events: z.array(z.looseObject({ event: z.string() })).default([]),
  delayMs: z.number().optional(),
  /** Fails: at once, or after that many utterances. */
  fail: z.union([z.boolean(), z.number()]).optional(),
  continue: z.boolean().optional(),
});

/** A dialogue as data: what words mean, what to answer, and which slots there are. */
export const scriptSchema = z.strictObject({
  /** Words and phrases by intent. They are looked for as whole words, in any case; the first intent found is it. */
  intents: z.record(z.string(), z.array(z.string())).default({}),
  /** Words by entity and value. A word found fills the slot of the entity's name. */
  entities: z.record(z.string(), z.record(z.string(), z.array(z.string()))).default({}),
  slots: z.array(z.string()).default([]),
  /** Commands a language model would have given, by intent. */
  commands: z.record(z.string(), z.array(z.string())).default({}),
  rules: z.array(ruleSchema).default([]),
  /** Rules for when nothing else applies. */
  fallback: z.array(ruleSchema).default([]),
});

export type Utterance = z.infer<typeof utteranceSchema>;
export type When = z.infer<typeof whenSchema>;
export type Rule = z.infer<typeof ruleSchema>;
export type Script = z.infer<typeof scriptSchema>;
/** A rule as it is written down: only what matters. */
export type RuleInput = z.input<typeof ruleSchema>;
/** A script as it is written down. */
export type ScriptInput = z.input<typeof scriptSchema>;

/** Scripts on top of each other: the upper one's words and rules come first, and only the uppermost fallback counts. */
export function layered(...scripts: readonly Script[]): Script {
  const fallback = scripts.find((script) => script.fallback.length > 0)?.fallback ?? [];
  return {
    intents: merged(scripts.map(({ intents }) => intents)),
    entities: merged(scripts.map(({ entities }) => entities)),
    commands: merged(scripts.map(({ commands }) => commands)),
    slots: [...new Set(scripts.flatMap(({ slots }) => slots))],
    rules: [...scripts.flatMap(({ rules }) => rules), ...fallback],
    fallback: [],
  };
}

/** Names keep the place where they first appear, and the value they first have. */
function merged<T>(records: readonly Record<string, T>[]): Record<string, T> {
  const entries = records.flatMap((record) => Object.entries(record));
  return Object.fromEntries([...entries, ...entries.toReversed()]);
}

/** All intents a script speaks of. */
export function intentsOf(script: Script): ReadonlySet<string> {
  const inRules = script.rules.flatMap(({ when }) => when.intent ?? []);
  return new Set([...Object.keys(script.intents), ...inRules]);
}

/** The name of the action a rule runs as. */
export function actionOf(rule: Rule): string {
  const intent = [rule.when.intent ?? []].flat()[0];
  return rule.action ?? `utter_${(intent ?? rule.when.text ?? 'default').replace(/\W+/g, '_')}`;
}
