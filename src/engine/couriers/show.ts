import type { Effect } from '../../conversation/effects';
import type { ApiFailure } from '../../conversation/failures';
import type { Courier, CourierParts } from './courier';
import { done } from './courier';

type Show = Extract<Effect, { type: 'show' }>;

/** Shows one message in Teams. After a lost answer it is shown once more, visibly marked: losing an agent's words would be worse. */
export function showCourier({ messenger }: CourierParts): Courier<Show> {
  return {
    async carry({ effect, entry, conversation, inDoubt }) {
      const { reference, user } = conversation;
      const { correlation } = entry;
      await messenger.show({ reference, user }, effect.content, { repeat: inDoubt }, { correlation });
      return done();
    },
    giveUp: ({ effect }, failure, at) => {
      return [{ type: 'show_failed', effect, how: howOf(failure), at }];
    },
  };
}

function howOf({ kind, certain }: ApiFailure): 'unreachable' | 'refused' | 'in_doubt' {
  if (kind === 'refused' || kind === 'not_found') return 'unreachable';
  return certain ? 'refused' : 'in_doubt';
}
