import type { AssistantMemory } from '../engine/ports';
import type { RasaClient } from './client';
import type { Fields } from './schema';
import { canStandInPath } from './sender';
import { readTracker, type TrackerEvent } from './tracker';

const mostActions = 8;
const mostSlots = 8;
const longestValue = 120;

/** Slots that say nothing of the employee's matter: Rasa's own, and those in which the live chat is mirrored. */
const ownSlots: ReadonlySet<string> = new Set([
  'handoff_active',
  'live_chat_id',
  'live_chat_user',
  'live_chat_last_updated',
  'requested_slot',
  'session_started_metadata',
]);

/** Actions that every bot has. What it said is in the transcript. */
const ownAction =
  /^(utter_|validate_|action_default_|action_(listen|restart|session_start|extract_slots|back|deactivate_loop)$)/;

/** What the bot's records hold that helps the agent: what it ran since the conversation began, and what it knows. */
export async function recall(
  { client }: { readonly client: RasaClient },
  sender: string,
): Promise<AssistantMemory | undefined> {
  if (!canStandInPath(sender)) return undefined;
  const { events = [], slots } = readTracker(await client.tracker(sender, 'AFTER_RESTART'));
  return { actions: actionsIn(events), slots: knownSlots(slots) };
}

function actionsIn(events: readonly TrackerEvent[]): string[] {
  const start = events.findLastIndex(({ event }) => event === 'session_started');
  const names = events.slice(start + 1).flatMap(({ event, name }) => (event === 'action' && name ? [name] : []));
  return [...new Set(names.filter((name) => !ownAction.test(name)))].slice(-mostActions);
}

/** By name, so that the same records always read the same. */
function knownSlots(slots: Fields): { name: string; value: string }[] {
  return Object.entries(slots)
    .filter(([name, value]) => !ownSlots.has(name) && !name.startsWith('_') && isPlain(value))
    .map(([name, value]) => ({ name, value: String(value).slice(0, longestValue) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .slice(0, mostSlots);
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  return typeof value === 'number' || value === true;
}
