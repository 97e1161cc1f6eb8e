import type { RasaEvent } from '../events';
import type { TrackerState } from '../tracker';
import type { When } from './script';

/** What a rule is held against. */
export interface Situation {
  readonly text: string;
  readonly intent: string;
  readonly channel: string;
  readonly state: TrackerState;
  readonly events: readonly RasaEvent[];
}

type SlotCondition = Exclude<When['slot'], undefined | readonly unknown[]>;

/** Whether a rule applies. */
export function applies(when: When, now: Situation): boolean {
  if (when.text !== undefined && when.text.toLowerCase() !== now.text.toLowerCase()) return false;
  if (when.regex !== undefined && !new RegExp(when.regex, 'iu').test(now.text)) return false;
  if (when.intent !== undefined && ![when.intent].flat().includes(now.intent)) return false;
  if (when.paused !== undefined && when.paused !== now.state.paused) return false;
  if (when.channel !== undefined && when.channel !== now.channel) return false;
  if (when.cleared !== undefined && !wasCleared(when.cleared, now.events)) return false;
  return [when.slot ?? []].flat().every((condition) => slotHolds(condition, now.state.slots));
}

function slotHolds(condition: SlotCondition, slots: TrackerState['slots']): boolean {
  if (typeof condition === 'string') return isOn(slots[condition]);
  const value = slots[condition.name] ?? null;
  if ('value' in condition && condition.value !== value) return false;
  return !('not' in condition && condition.not === value);
}

/** The slot went from on to off between the user's last two messages. */
function wasCleared(name: string, events: readonly RasaEvent[]): boolean {
  const spoken = events.flatMap(({ event }, at) => (event === 'user' ? [at] : []));
  const now = spoken.at(-1) ?? events.length;
  const before = spoken.at(-2) ?? -1;
  const changes = events.flatMap((event, at) => (event.event === 'slot' && event.name === name ? [{ event, at }] : []));
  const earlier = changes.filter(({ at }) => at < now);
  const last = earlier.at(-1);
  if (!last || last.at < before || isOn(last.event.value)) return false;
  return isOn(earlier.findLast(({ event }) => isOn(event.value))?.event.value);
}

function isOn(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}
