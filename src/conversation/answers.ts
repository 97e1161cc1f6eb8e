import { spokenBy } from './assistant-words';
import { endedBefore } from './ending';
import type { ConversationEvent } from './events';
import { beginHandoff } from './handoff';
import { answeredLate, answeredMeanwhile } from './meanwhile';
import { said } from './memory';
import { after, also, go, notice, type Situation, type Step, stay, then } from './step';
import type { Conversation, UserMessage } from './types';

/** Questions without an answer that are remembered. */
const mostUnanswered = 10;

type Happened<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>;

/** The assistant's words are shown in order; the wish for an agent is followed only while the assistant has the floor. */
export function assistantAnswered(now: Situation, event: Happened<'assistant_answered'>): Step {
  const { conversation, rules } = now;
  const { items, handoff } = event.answer;
  const { shows, lines } = spokenBy(items, event.at, rules);
  const { phase } = conversation;
  const shown = also(stay(conversation, ...shows), { lines });
  if (phase.name === 'queued' || phase.name === 'connected') {
    const isMeanwhile = phase.name === 'queued' && phase.meanwhile;
    const take = isMeanwhile ? answeredMeanwhile : answeredLate;
    return then(shown, take(now, phase, { turn: event.turn, lines, wantsAgent: handoff !== undefined }));
  }
  if (phase.name === 'opening') return shown;
  const answered = { ...shown, conversation: said(conversation, ...lines) };
  const isOld = phase.old?.includes(event.turn) ?? false;
  if (!handoff || isOld || !conversation.reachable)
    return then(answered, countSilence(after(now, answered), items.length === 0));
  const how = { turn: event.turn, at: event.at, announced: lines.length > 0 };
  const settled = then(answered, endedBefore(after(now, answered), event.at));
  return then(settled, beginHandoff(after(now, settled), handoff, how));
}

/** What the assistant says to the end of a chat, as long as it is news. */
export function assistantGreeted(now: Situation, { chat, items, at }: Happened<'assistant_greeted'>): Step {
  const { conversation, rules } = now;
  const { phase, last } = conversation;
  const isNews = phase.name === 'assisted' && last?.id === chat && conversation.said.length === 0;
  if (!isNews) return stay(conversation);
  const { shows, lines } = spokenBy(items, at, rules);
  return also(stay(said(conversation, ...lines), ...shows), { lines });
}

/** An assistant that keeps silent again and again leads to the offer of an agent. */
function countSilence({ conversation, rules }: Situation, isSilent: boolean): Step {
  const { phase } = conversation;
  if (phase.name !== 'assisted') return stay(conversation);
  const silences = isSilent ? phase.silences + 1 : 0;
  if (silences < rules.offerAgentAfter) return go(conversation, { ...phase, silences });
  return go(conversation, { ...phase, silences: 0 }, notice({ key: 'assistant_offer_agent' }));
}

/** While an agent is there, or is about to be, the assistant's silence is nobody's loss as long as the agent is told of the words. */
export function assistantFailed({ conversation }: Situation, event: Happened<'assistant_failed'>): Step {
  const { phase } = conversation;
  const isWithAgent = phase.name === 'connected' || (phase.name === 'queued' && !phase.meanwhile);
  const remembered = { ...conversation, unanswered: lately(conversation, event.message) };
  if (isWithAgent) return stay(remembered);
  if (phase.name === 'opening') return go(remembered, { ...phase, unanswered: [...phase.unanswered, event.message] });
  const key = event.trouble === 'down' ? 'assistant_unavailable' : 'please_send_again';
  return stay(conversation, notice({ key }, event.message.turn));
}

function lately({ unanswered = [] }: Conversation, message: UserMessage): readonly UserMessage[] {
  return [...unanswered, message].slice(-mostUnanswered);
}
