import type { Effect } from '../../conversation/effects';
import { endedChat } from '../../conversation/ended';
import type { ConversationEvent } from '../../conversation/events';
import { ApiFailure } from '../../conversation/failures';
import { passesByItself } from '../../conversation/retry';
import type { ChatId, Conversation, Cursor, LiveChat } from '../../conversation/types';
import { type Courier, type CourierParts, done, type Errand, Unfinished } from './courier';
import { lookFor } from './look-up';
import { handoffToken } from './open';

type Leave = Extract<Effect, { type: 'leave' }>;
type Reap = Extract<Effect, { type: 'reap' }>;

/** For so long after the first attempt a thread that cannot be read is worth another one; then the chat is left all the same. */
const longestLookMs = 3_000;
const longestLateLookMs = 60_000;
/** A chat whose opening was given up in doubt may still come about: it is looked for so often, with growing pauses. */
const looksForOrphan = 7;

/** Leaves a chat, after a last look at what the agent wrote meanwhile. A chat that is gone already is left well enough. */
export function leaveCourier(parts: CourierParts): Courier<Leave> {
  const { desk, clock } = parts;
  return {
    async carry(errand) {
      const { chat, lastLook: looks } = errand.effect;
      const before = looks ? await lastLook(parts, errand, chat, longestLookMs) : [];
      const left = await andYet(before, () => desk.leave(chat, { correlation: errand.entry.correlation }));
      const meanwhile = looks && left === 'left' ? await lookAfter(parts, errand, chat) : [];
      const at = clock.now();
      // Gone after an answer that was lost: it was this leave that did it.
      if (left === 'gone' && errand.entry.doubts === 0)
        return done([...before, { type: 'leave_failed', chat, gone: true, at }], 'gone');
      return done([...before, ...meanwhile, { type: 'chat_left', chat: chat.id, at }]);
    },
    giveUp: ({ effect }, _failure, at) => [{ type: 'leave_failed', chat: effect.chat, gone: false, at }],
  };
}

/** What was read before counts, whatever comes of the leaving. */
async function andYet<T>(read: readonly ConversationEvent[], leave: () => Promise<T>): Promise<T> {
  try {
    return await leave();
  } catch (error) {
    if (!(error instanceof ApiFailure) || read.length === 0) throw error;
    throw new Unfinished(error, read);
  }
}

/** What was written while the leave was on its way, where whoever has left may still read. */
function lookAfter(parts: CourierParts, errand: Errand, chat: LiveChat): Promise<ConversationEvent[]> {
  return lastLook(parts, errand, chat, 0);
}

/** Reads the thread once more. A read that fails is tried again with the leave, a few times. */
async function lastLook(
  parts: CourierParts,
  errand: Errand,
  chat: LiveChat,
  patienceMs: number,
): Promise<ConversationEvent[]> {
  const { desk, clock, log } = parts;
  const cursor = cursorOf(errand.conversation, chat.id);
  if (!cursor) return [];
  const { correlation, firstAttemptAt } = errand.entry;
  try {
    const { rows, state } = await desk.read(chat, cursor, { correlation });
    return [{ type: 'thread_read', chat: chat.id, rows, state, at: clock.now() }];
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    log.warn('last_look_failed', { correlation, live_chat_id: chat.id, kind: error.kind });
    const spent = clock.now() - (firstAttemptAt ?? clock.now());
    if (passesByItself(error) && spent < patienceMs) throw error;
    return [];
  }
}

function cursorOf(conversation: Conversation, chat: ChatId): Cursor | undefined {
  const { phase } = conversation;
  if (phase.name === 'closing' && phase.chat.id === chat) return phase.cursor;
  return endedChat(conversation, chat)?.cursor;
}

/** Leaves what could not be left at the time, and chats that came about after nobody wanted them any more. */
export function reapCourier(parts: CourierParts): Courier<Reap> {
  const { desk } = parts;
  return {
    async carry(errand) {
      const { effect, entry, conversation } = errand;
      const { target } = effect;
      const context = { correlation: entry.correlation };
      if ('chat' in target) {
        const before = await lastLook(parts, errand, target.chat, longestLateLookMs);
        const left = await andYet(before, () => desk.leave(target.chat, context));
        const meanwhile = left === 'left' ? await lookAfter(parts, errand, target.chat) : [];
        return done([...before, ...meanwhile], left);
      }
      const { handoff } = target;
      const request = { handoff, user: conversation.user, token: handoffToken(conversation.key, handoff.id) };
      const found = await lookFor(() => desk.findOpened(request, context));
      if (!found && entry.attempts < looksForOrphan) throw notThereYet();
      return done([], found ? await desk.leave(found.chat, context) : 'none');
    },
    giveUp: () => [],
  };
}

function notThereYet(): ApiFailure {
  const message = 'servicenow: no chat of this hand-off is there yet';
  return new ApiFailure({ upstream: 'servicenow', kind: 'unreachable', certain: true, message });
}
