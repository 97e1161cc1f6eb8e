import type { Effect } from '../../conversation/effects';
import type { ConversationEvent } from '../../conversation/events';
import type { ApiFailure } from '../../conversation/failures';
import type { Instant } from '../../conversation/types';
import { type Courier, type CourierParts, done } from './courier';

type Show = Extract<Effect, { type: 'show' }>;
type Refresh = Extract<Effect, { type: 'refresh' }>;

/** Shows one message in Teams. After a lost answer it is shown once more, visibly marked: losing an agent's words would be worse. */
export function showCourier({ messenger, clock }: CourierParts): Courier<Show> {
  return {
    async carry({ effect, entry, conversation, inDoubt }) {
      const { reference, user } = conversation;
      const { correlation } = entry;
      const { content } = effect;
      const activity = await messenger.show({ reference, user }, content, { repeat: inDoubt }, { correlation });
      return done(shownEvents(effect, activity, clock.now()), activity);
    },
    giveUp: ({ effect }, failure, at) => {
      return [{ type: 'show_failed', effect, how: howOf(failure), at }];
    },
  };
}

/** Only a message that is to be changed later has to be known again. */
function shownEvents({ content }: Show, activity: string | undefined, at: Instant): ConversationEvent[] {
  if (content.kind !== 'status' || activity === undefined) return [];
  return [{ type: 'status_shown', chat: content.status.chat, activity, at }];
}

/** Changes the message that tells how the chat stands. One that was never seen to arrive cannot be changed, and need not be. */
export function refreshCourier({ messenger }: CourierParts): Courier<Refresh> {
  return {
    async carry({ effect, entry, conversation }) {
      const { statusCard, reference, user } = conversation;
      const { status } = effect;
      if (statusCard?.chat !== status.chat) return done([], 'none');
      const { correlation } = entry;
      await messenger.update({ reference, user }, statusCard.activity, { kind: 'status', status }, { correlation });
      return done([], statusCard.activity);
    },
    giveUp: () => [],
  };
}

function howOf({ kind, certain }: ApiFailure): 'unreachable' | 'refused' | 'in_doubt' {
  if (kind === 'refused' || kind === 'not_found') return 'unreachable';
  return certain ? 'refused' : 'in_doubt';
}
