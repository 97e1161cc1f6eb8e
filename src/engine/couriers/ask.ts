import type { AssistantAnswer } from '../../conversation/content';
import type { Effect } from '../../conversation/effects';
import type { ConversationEvent } from '../../conversation/events';
import { inWords } from '../../conversation/files';
import type { Conversation, Instant } from '../../conversation/types';
import type { AssistantTurn } from '../ports';
import { typingSign } from '../typing';
import { type Courier, type CourierParts, done, type Errand, type Outcome } from './courier';

type Ask = Extract<Effect, { type: 'ask' }>;
type Tell = Extract<Effect, { type: 'tell_assistant' }>;

/** How often the typing sign is renewed while the assistant thinks. */
const typingEveryMs = 4_000;

/** Asks the assistant. A turn whose outcome nobody knows is never asked again unless the records prove that it was not processed. */
export function askCourier(parts: CourierParts): Courier<Ask> {
  const { assistant, clock } = parts;
  return {
    async carry(errand) {
      const turn = turnOf(errand);
      const { correlation } = errand.entry;
      if (errand.inDoubt) {
        const sentAt = errand.entry.firstAttemptAt ?? errand.effect.message.at;
        const found = await assistant.lookUp(turn, sentAt, { correlation });
        if (found.outcome === 'answered') return done([answered(turn, found.answer, clock.now())]);
        if (found.outcome === 'unknown' || isAgents(errand.conversation)) return outcomeUnknown(errand, parts);
      }
      const stopTyping = showTyping(parts, errand);
      try {
        const answer = await assistant.ask(turn, { correlation });
        return done([answered(turn, answer, clock.now())]);
      } finally {
        stopTyping();
      }
    },
    giveUp: ({ effect }, failure, at) => {
      const trouble = failure.certain ? 'down' : 'outcome_unknown';
      return [{ type: 'assistant_failed', message: effect.message, trouble, at }];
    },
  };
}

function answered({ message }: AssistantTurn, answer: AssistantAnswer, at: Instant): ConversationEvent {
  return { type: 'assistant_answered', turn: message.turn, answer, at };
}

/** While a person is wanted or there, the assistant is asked nothing: the agent has the words. But who waits may use it meanwhile. */
function isAgents({ phase }: Conversation): boolean {
  if (phase.name === 'queued') return !phase.meanwhile;
  return phase.name === 'opening' || phase.name === 'connected';
}

function turnOf({ effect, conversation }: Errand<Ask>): AssistantTurn {
  const { key, user, reference } = conversation;
  return { key, message: inWords(effect.message), user, reference };
}

function outcomeUnknown({ effect }: Errand<Ask>, { clock }: CourierParts): Outcome {
  const at = clock.now();
  const event = { type: 'assistant_failed', message: effect.message, trouble: 'outcome_unknown', at } as const;
  return { events: [event], outcome: 'unknown' };
}

/** Shows the typing sign until stopped, as long as it takes no room from words. */
function showTyping(parts: CourierParts, { conversation, fence }: Errand<Ask>): () => void {
  let cancel = () => {};
  let stopped = false;
  const sign = () => typingSign(parts, conversation, fence, () => !stopped);
  const again = () => {
    sign().catch(() => {}); // a typing sign that fails is nobody's business
    cancel = parts.clock.after(typingEveryMs, again);
  };
  again();
  return () => {
    stopped = true;
    cancel();
  };
}

/**
 * Tells the assistant's records that the human part began or is over. The end that the employee knows of is told once: the assistant
 * would say it twice.
 */
export function tellCourier({ assistant, clock }: CourierParts): Courier<Tell> {
  return {
    async carry({ effect, entry, conversation, inDoubt }) {
      const { news } = effect;
      if (inDoubt && news.event === 'goodbye_said') return done([], 'not_repeated');
      const items = await assistant.tell(conversation.key, news, { correlation: entry.correlation });
      if (news.event !== 'goodbye_said' || items.length === 0) return done();
      return done([{ type: 'assistant_greeted', chat: news.chat, items, at: clock.now() }]);
    },
    giveUp: () => [],
  };
}
