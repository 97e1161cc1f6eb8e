import { isObject, type RasaEvent } from './events';

/** What a conversation amounts to after its events. */
export interface TrackerState {
  readonly slots: Record<string, unknown>;
  readonly paused: boolean;
  readonly ended: boolean;
  readonly latestMessage: Record<string, unknown>;
  readonly followup: string | null;
  readonly latestAction: string | null;
  readonly activeLoop: Record<string, unknown>;
}

type Changing = { -readonly [key in keyof TrackerState]: TrackerState[key] };

const noMessage = { intent: {}, entities: [], text: null, message_id: null, metadata: {} };

/** Works out the state. A slot that is not declared stays out, whatever the events say. */
export function stateOf(events: readonly RasaEvent[], declaredSlots: readonly string[]): TrackerState {
  const state = blank(declaredSlots);
  for (const event of withoutTakenBack(events)) applyEvent(state, event, declaredSlots);
  return state;
}

/** The events that still count: nothing from before the last restart or session start, nothing that was taken back. */
export function appliedEvents(events: readonly RasaEvent[]): readonly RasaEvent[] {
  const counted = withoutTakenBack(events);
  const marker = counted.findLastIndex(({ event }) => event === 'restart' || event === 'session_started');
  return counted.slice(marker + 1);
}

/** The events after the last restart: what the tracker route shows unless asked otherwise. */
export function eventsAfterRestart(events: readonly RasaEvent[]): readonly RasaEvent[] {
  return events.slice(events.findLastIndex(({ event }) => event === 'restart') + 1);
}

function blank(declaredSlots: readonly string[]): Changing {
  return {
    slots: Object.fromEntries(declaredSlots.map((name) => [name, null])),
    paused: false,
    ended: false,
    latestMessage: noMessage,
    followup: 'action_listen',
    latestAction: null,
    activeLoop: {},
  };
}

function applyEvent(state: Changing, event: RasaEvent, declaredSlots: readonly string[]): void {
  switch (event.event) {
    case 'user':
      state.latestMessage = messageOf(event);
      return;
    case 'action':
      Object.assign(state, { latestAction: text(event.name), followup: null });
      return;
    case 'slot':
      if (declaredSlots.includes(String(event.name))) state.slots[String(event.name)] = event.value;
      return;
    case 'reset_slots':
      state.slots = blank(declaredSlots).slots;
      return;
    case 'pause':
    case 'resume':
      state.paused = event.event === 'pause';
      return;
    case 'restart':
      Object.assign(state, blank(declaredSlots), { followup: 'action_session_start' });
      return;
    case 'session_started':
      Object.assign(state, blank(declaredSlots));
      return;
    case 'session_ended':
      state.ended = true;
      return;
    case 'followup':
      state.followup = text(event.name);
      return;
    case 'active_loop':
      state.activeLoop = event.name ? { name: event.name } : {};
  }
}

function messageOf(event: RasaEvent): Record<string, unknown> {
  const parsed = isObject(event.parse_data) ? event.parse_data : {};
  const { text: said, message_id, metadata } = event;
  return { ...noMessage, ...parsed, text: said ?? null, message_id: message_id ?? null, metadata: metadata ?? {} };
}

function withoutTakenBack(events: readonly RasaEvent[]): readonly RasaEvent[] {
  const kept: RasaEvent[] = [];
  for (const event of events) {
    if (event.event === 'undo') dropBackTo(kept, 'action');
    else if (event.event === 'rewind') {
      dropBackTo(kept, 'user');
      dropBackTo(kept, 'action');
    } else kept.push(event);
  }
  return kept;
}

function dropBackTo(events: RasaEvent[], name: string): void {
  const at = events.findLastIndex(({ event }) => event === name);
  if (at >= 0) events.splice(at);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
