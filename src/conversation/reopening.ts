import { endedBefore } from './ending';
import type { ConversationEvent } from './events';
import { beginHandoff } from './handoff';
import { after, notice, type Situation, type Step, stay, then } from './step';
import type { EndedChat, Instant, PreviousChat } from './types';

type Spoke = Extract<ConversationEvent, { type: 'user_spoke' }>;

/** The matter is not settled: a new chat follows the last one, and its agent is told of it. Long after, it is a chat like any other. */
export function stillNeedsHelp(now: Situation, { message, at }: Spoke, ended: EndedChat | undefined): Step {
  const { phase } = now.conversation;
  switch (phase.name) {
    case 'opening':
      return stay(now.conversation, notice({ key: 'already_opening' }));
    case 'queued':
    case 'connected': {
      const key = phase.name === 'queued' ? 'already_queued' : 'already_connected';
      return stay(now.conversation, notice({ key, chat: phase.chat.id }));
    }
    case 'assisted':
    case 'closing': {
      const from = endedBefore(now, at);
      const there = after(now, from);
      const follows = previous(ended ?? (message.chat === undefined ? there.conversation.last : undefined), there, at);
      const request = { reason: 'still_needs_help', ...(follows?.about ? { summary: follows.about } : {}) };
      const how = { turn: message.turn, at, announced: false, ...(follows ? { follows: follows.chat } : {}) };
      return then(from, beginHandoff(there, request, how));
    }
  }
}

function previous(
  ended: EndedChat | undefined,
  { rules }: Situation,
  at: Instant,
): { readonly chat: PreviousChat; readonly about?: string } | undefined {
  if (!ended || at - ended.at > rules.reopenWithinMs) return undefined;
  const agent = ended.met?.name;
  const chat = { id: ended.id, number: ended.number, endedAt: ended.at, ...(agent === undefined ? {} : { agent }) };
  return { chat, about: ended.chat?.summary };
}
