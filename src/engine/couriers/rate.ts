import type { Effect } from '../../conversation/effects';
import { endedChat } from '../../conversation/ended';
import { type Courier, type CourierParts, done } from './courier';

type Rate = Extract<Effect, { type: 'rate' }>;

/** Tells ServiceNow how content the employee was: what she says by now, so that an older click told late changes nothing. */
export function rateCourier({ desk }: CourierParts): Courier<Rate> {
  return {
    async carry({ effect, entry, conversation }) {
      const { chat } = effect;
      const rating = endedChat(conversation, chat.id)?.rating ?? effect.rating;
      return done([], await desk.rate(chat, rating, { correlation: entry.correlation }));
    },
    giveUp: () => [],
  };
}
