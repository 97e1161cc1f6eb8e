import type { Effect } from './effects';
import type { Rating } from './end-of-chat';
import { endedChat, withEnded } from './ended';
import type { ConversationEvent } from './events';
import { also, notice, type Situation, type Step, stay, waiting } from './step';
import type { LiveChat } from './types';

type Spoke = Extract<ConversationEvent, { type: 'user_spoke' }>;

/**
 * The employee says how content she was. It is kept with the chat and told to ServiceNow; she may change her mind, and the same
 * click again changes nothing.
 */
export function rated(now: Situation, { at }: Spoke, chat: LiveChat, rating: Rating): Step {
  const { conversation } = now;
  const before = endedChat(conversation, chat.id)?.rating;
  if (before === rating) return stay(conversation);
  const thanks = before === undefined ? [notice({ key: 'rating_taken' })] : [];
  const effect: Effect = { type: 'rate', chat, rating };
  const untold = waiting(now, 'rate').find((entry) => entry.effect.chat.id === chat.id);
  const told = untold ? { replace: [{ seq: untold.seq, effect }] } : { effects: [effect] };
  const step = also(stay(withEnded(conversation, chat.id, { rating }), ...thanks), told);
  return also(step, { lines: [{ at, who: 'system', text: `rating ${rating}`, chat: chat.id }] });
}
