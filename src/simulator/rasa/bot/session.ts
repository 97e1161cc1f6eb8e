import type { Draft } from '../trackers';
import type { Bot } from './bot';

/** The slot that keeps what came with the first message of a session. */
export const metadataSlot = 'session_started_metadata';

/** Opens a session when there is none yet or the last one lies too far back. */
export function keepSession(bot: Bot, draft: Draft, metadata?: Readonly<Record<string, unknown>>): void {
  const forced = bot.trackers.takeExpired(draft.id);
  if (draft.events.length > 0 && !forced && !hasExpired(bot, draft)) return;
  startSession(bot, draft);
  if (metadata) draft.append({ event: 'slot', name: metadataSlot, value: metadata });
}

/** Starts a session: the slots may come along, a pause never does. */
export function startSession(bot: Bot, draft: Draft): void {
  const slots = Object.entries(draft.state.slots).filter(([name, value]) => value !== null && name !== metadataSlot);
  draft.append({ event: 'action', name: 'action_session_start', policy: null, confidence: 1 });
  draft.append({ event: 'session_started' });
  if (bot.settings.carryOverSlots) for (const [name, value] of slots) draft.append({ event: 'slot', name, value });
  listen(draft);
}

/** The bot waits for the user again. */
export function listen(draft: Draft): void {
  draft.append({ event: 'action', name: 'action_listen', policy: null, confidence: null });
}

function hasExpired({ settings, clock }: Bot, draft: Draft): boolean {
  const last = draft.events.findLast(({ event }) => event === 'user');
  if (settings.sessionExpirationMin === 0 || !last) return false;
  return clock.now() / 1000 - last.timestamp > settings.sessionExpirationMin * 60;
}
