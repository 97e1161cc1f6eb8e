import { z } from 'zod';
import { readItem } from '../rasa/schema';
import { type TriggerForm, type TriggerNames, takeTrigger } from '../rasa/trigger';

const slot = z.looseObject({ type: z.unknown(), influence_conversation: z.unknown(), mappings: z.unknown() });
const record = <T>(value: z.ZodType<T>) => z.record(z.string(), value).nullish();

/** A Rasa domain, as its file or `GET /domain` says it. */
export const domainShape = z.looseObject({
  intents: z.array(z.union([z.string(), z.record(z.string(), z.unknown())])).nullish(),
  slots: record(slot.partial().nullable()),
  responses: record(z.array(z.unknown()).nullable()),
  actions: z.array(z.union([z.string(), z.record(z.string(), z.unknown())])).nullish(),
  forms: record(z.unknown()),
});

export type Domain = z.infer<typeof domainShape>;

/** The names in a list that may say more about each of them. */
export function namesOf(list: readonly (string | Readonly<Record<string, unknown>>)[] | null | undefined): string[] {
  return (list ?? []).flatMap((one) => (typeof one === 'string' ? [one] : Object.keys(one)));
}

/** Actions that are code, which can say anything: what they send cannot be seen. */
export function customActionsOf(domain: Domain): string[] {
  return namesOf(domain.actions).filter((name) => !name.startsWith('utter_'));
}

/** A way in which the bot can call for a live agent. */
export interface HandoffForm {
  readonly form: TriggerForm;
  /** Name of the response, action or slot. */
  readonly by: string;
}

export interface HandoffNames extends TriggerNames {
  readonly actions: readonly string[];
  /** Whether the tracker is looked at after each turn. */
  readonly tracker: boolean;
}

/** Every form that the connector would take for a hand-off. */
export function handoffForms(domain: Domain, names: HandoffNames): HandoffForm[] {
  const said = Object.entries(domain.responses ?? {}).flatMap(([by, variations]) => {
    const { trigger } = takeTrigger((variations ?? []).flatMap(readItem), names);
    return trigger ? [{ form: trigger.form, by }] : [];
  });
  return names.tracker ? [...said, ...inRecords(domain, names)] : said;
}

/** Forms that only show in the tracker. */
export function inRecords(domain: Domain, { actions }: Pick<HandoffNames, 'actions'>): HandoffForm[] {
  const known = namesOf(domain.actions).filter((name) => actions.includes(name));
  const slots = 'handoff_active' in (domain.slots ?? {}) ? [{ form: 'slot' as const, by: 'handoff_active' }] : [];
  return [...known.map((by) => ({ form: 'action' as const, by })), ...slots];
}

/** What the connector keeps in the tracker while a live chat goes on. */
export const mirroredSlots = ['handoff_active', 'live_chat_id', 'live_chat_user', 'live_chat_last_updated'] as const;
