import { z } from 'zod';
import { readJson } from '../upstream/answers';
import type { Answer } from '../upstream/call';
import { type Fields, isFields } from './schema';
import type { TriggerForm } from './trigger';

const eventShape = z.looseObject({
  event: z.string(),
  /** Seconds, on the assistant's clock. */
  timestamp: z.number().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  value: z.unknown().optional(),
  text: z.string().optional().catch(undefined),
  data: z.unknown().optional(),
  metadata: z.unknown().optional(),
});

const trackerShape = z.looseObject({
  slots: z.record(z.string(), z.unknown()).catch({}),
  paused: z.boolean().catch(false),
  events: z.array(z.unknown()).optional().catch(undefined),
});

/** One thing that happened in a conversation, as the assistant keeps it. */
export type TrackerEvent = z.infer<typeof eventShape>;

/** The assistant's record of one conversation. */
export interface Tracker {
  readonly slots: Fields;
  readonly paused: boolean;
  /** Oldest first; absent when the answer did not tell. */
  readonly events?: readonly TrackerEvent[];
}

export function readTracker(answer: Answer): Tracker {
  const { slots, paused, events } = readJson('rasa', answer, trackerShape, 'tracker');
  const known = events?.flatMap((event) => eventShape.safeParse(event).data ?? []);
  return { slots, paused, ...(known ? { events: known } : {}) };
}

/** One turn, as it can be known again in the records. */
export interface SoughtTurn {
  readonly activityId: string;
  readonly words: string;
  /** Epoch milliseconds on our clock. */
  readonly sentAt: number;
}

/** `maybe`: the same words, at a time that fits only if the two clocks differ. `after` ends where the next turn begins. */
export type FoundTurn =
  | { readonly found: 'here' | 'maybe'; readonly after: readonly TrackerEvent[] }
  | { readonly found: 'absent' };

/** The assistant's clock may be wrong by so much. */
const clockErrorMs = 300_000;
/** So much is not an error but the grain of clocks. */
const clockGrainMs = 1_000;

/** Looks for a turn: by its activity where the assistant keeps that, else by its words and the time. */
export function findTurn(events: readonly TrackerEvent[], sought: SoughtTurn): FoundTurn {
  const byId = events.findLastIndex((event) => activityOf(event) === sought.activityId);
  if (byId >= 0) return { found: 'here', after: untilNextTurn(events, byId) };
  if (events.some((event) => activityOf(event) !== undefined)) return { found: 'absent' };
  const words = sought.words.trim();
  const index = events.findLastIndex((event) => event.event === 'user' && event.text?.trim() === words);
  const at = (events[index]?.timestamp ?? Number.NEGATIVE_INFINITY) * 1000;
  if (at < sought.sentAt - clockErrorMs) return { found: 'absent' };
  const found = at >= sought.sentAt - clockGrainMs ? 'here' : 'maybe';
  return { found, after: untilNextTurn(events, index) };
}

function activityOf({ event, metadata }: TrackerEvent): string | undefined {
  if (event !== 'user' || !isFields(metadata)) return undefined;
  return typeof metadata.activity_id === 'string' ? metadata.activity_id : undefined;
}

function untilNextTurn(events: readonly TrackerEvent[], index: number): readonly TrackerEvent[] {
  const next = events.findIndex((event, place) => place > index && event.event === 'user');
  return events.slice(index + 1, next < 0 ? undefined : next);
}

/** How the events of one turn say that a live agent is wanted. Only what the turn itself changed counts, not what held before. */
export function triggerInEvents(after: readonly TrackerEvent[], actions: readonly string[]): TriggerForm | undefined {
  let slot = false;
  let pause = false;
  let action = false;
  let carryingOver = false;
  for (const { event, name, value } of after) {
    if (event === 'session_started') carryingOver = true;
    if (event === 'action') carryingOver = false;
    if (event === 'slot' && name === 'handoff_active') slot = value === true && !carryingOver;
    if (['session_started', 'restart', 'reset_slots'].includes(event)) slot = false;
    if (event === 'pause') pause = true;
    if (['session_started', 'restart', 'resume'].includes(event)) pause = false;
    if (event === 'action' && name !== undefined && actions.includes(name)) action = true;
  }
  if (slot) return 'slot';
  if (pause) return 'pause';
  return action ? 'action' : undefined;
}
