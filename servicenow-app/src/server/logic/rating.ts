import { type Answer, refusal, result } from './answer';
import { change, chatOfCaller } from './chat';
import type { Glide } from './glide';
import type { Request } from './input';

/** POST /chats/{conversationId}/rating: how content the requester was, 1 to 5. The last word counts. */
export function rateChat(glide: Glide, request: Request): Answer {
  const chat = chatOfCaller(glide, request.path.conversationId ?? '');
  const { rating } = request.body;
  if (typeof rating !== 'number' || ![1, 2, 3, 4, 5].includes(rating))
    throw refusal('invalid', 'rating is not a whole number from 1 to 5');
  change(glide, chat, { rating: String(rating) });
  return result({ rating });
}
