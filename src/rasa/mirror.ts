import type { AssistantNews } from '../conversation/effects';
import type { Fields } from './schema';
import type { Tracker } from './tracker';

type Started = Extract<AssistantNews, { event: 'chat_started' }>;

/** What the assistant's slots hold while a live chat is open. */
export function slotsDuring({ chat, user }: Started, at: number): Fields {
  return {
    handoff_active: true,
    live_chat_id: chat,
    live_chat_user: user ?? null,
    live_chat_last_updated: new Date(at).toISOString(),
  };
}

const slotsAfter: Fields = {
  handoff_active: null,
  live_chat_id: null,
  live_chat_user: null,
  live_chat_last_updated: null,
};

/** Events that keep the bot silent while people talk. Without times: the assistant's own clock orders them. */
export function eventsOfStart(slots: Fields): readonly Fields[] {
  return [...slotEvents(slots), { event: 'pause' }];
}

/** Events that let the bot speak while the employee waits for an agent: the chat stays known, and is not active. */
export function eventsOfMeanwhile(): readonly Fields[] {
  return [...slotEvents({ handoff_active: null }), { event: 'resume' }];
}

/** Events that give the bot its voice back. Twice is the same as once. */
export function eventsOfEnd(): readonly Fields[] {
  return [...slotEvents(slotsAfter), { event: 'resume' }];
}

function slotEvents(slots: Fields): Fields[] {
  return Object.entries(slots).map(([name, value]) => ({ event: 'slot', name, value }));
}

/** Slots that did not take their value: the bot's domain does not declare them. */
export function undeclared(written: Fields, tracker: Tracker): string[] {
  return Object.keys(written).filter((name) => written[name] !== null && tracker.slots[name] !== written[name]);
}

/** Whether the records still say that people talk. */
export function isLeftSilent({ paused, slots }: Tracker): boolean {
  return paused && slots.handoff_active === true;
}
