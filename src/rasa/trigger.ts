import type { AssistantItem } from '../conversation/content';
import type { HandoffRequest } from '../conversation/handoff-request';
import { type HandoffTargets, requestFrom, targetNamed } from './handoff-request';
import type { Fields } from './schema';

/** How a bot said that a live agent is wanted: in its answer, or in its records. */
export type TriggerForm = 'payload' | 'host' | 'marker' | 'slot' | 'pause' | 'action';

export interface Trigger {
  readonly form: TriggerForm;
  readonly request: HandoffRequest;
}

export interface TriggerNames extends HandoffTargets {
  /** Texts that are no words for the employee but mean a hand-off. */
  readonly markers: readonly string[];
}

/** The forms that an answer can have, the most explicit first. */
const forms: readonly TriggerForm[] = ['payload', 'host', 'marker'];
const actionNames: ReadonlySet<string> = new Set(['handoff', 'handover', 'live_agent', 'human_handoff']);

/** Tells what of an answer the employee sees from what means a hand-off. However often it is meant, it is one. */
export function takeTrigger(
  items: readonly AssistantItem[],
  names: TriggerNames,
): { readonly items: readonly AssistantItem[]; readonly trigger?: Trigger } {
  const judged = items.map((item) => ({ item, trigger: triggerIn(item, names) }));
  const triggers = judged.flatMap(({ trigger }) => trigger ?? []);
  const trigger = forms.flatMap((form) => triggers.filter((one) => one.form === form))[0];
  const shown = judged.flatMap((one) => (one.trigger ? besideTrigger(one.item, names) : one.item));
  return { items: shown, ...(trigger ? { trigger } : {}) };
}

function triggerIn({ text, custom }: AssistantItem, names: TriggerNames): Trigger | undefined {
  const details = custom && payloadIn(custom);
  if (details) return { form: 'payload', request: requestFrom(details, names) };
  if (custom && targetNamed(custom.handoff_host, names)) return { form: 'host', request: requestFrom(custom, names) };
  return isMarker(text, names) ? { form: 'marker', request: {} } : undefined;
}

/** Details of an explicit hand-off; those inside `handoff` win over those beside it. */
function payloadIn(custom: Fields): Fields | undefined {
  const { handoff, handoff_to_human, ...beside } = custom;
  const inside = typeof handoff === 'object' && handoff !== null && !Array.isArray(handoff) ? handoff : undefined;
  const isNamed = names(custom.action) || names(custom.type);
  if (!inside && handoff !== true && handoff_to_human !== true && !isNamed) return undefined;
  const kept = Object.entries(beside).filter(([key, value]) => !((key === 'action' || key === 'type') && names(value)));
  return { ...Object.fromEntries(kept), ...inside };
}

function names(value: unknown): boolean {
  return typeof value === 'string' && actionNames.has(value.trim().toLowerCase());
}

function isMarker(text: string | undefined, { markers }: TriggerNames): boolean {
  const said = text?.trim().toLowerCase();
  return said !== undefined && markers.some((marker) => marker.trim().toLowerCase() === said);
}

/** Words that share an item with a payload are not lost with it. */
function besideTrigger({ custom, ...rest }: AssistantItem, names: TriggerNames): AssistantItem[] {
  return isMarker(rest.text, names) || Object.keys(rest).length === 0 ? [] : [rest];
}
