import type { Effect } from './effects';
import type { ConversationEvent } from './events';
import { fetches, readable } from './files';
import { said } from './memory';
import { post } from './relay';
import { refreshStatus, statusOf } from './status';
import { also, beingAsked, go, notice, type Situation, type Step, seqs, stay, then, waiting } from './step';
import type { ChatPhase, Conversation, Line, LiveChat, Phase, TurnId } from './types';

type Queued = Extract<Phase, { name: 'queued' }>;

/** What the assistant answered to one turn. */
interface Answered {
  readonly turn: TurnId;
  readonly lines: readonly Line[];
  readonly wantsAgent: boolean;
}

/** The employee wants to use the assistant while she waits: she keeps her place, and her words go there until she is back. */
export function askMeanwhile(now: Situation, phase: Queued): Step {
  const { chat } = phase;
  const next: Queued = { ...phase, meanwhile: true };
  const told = notice({ key: 'assistant_meanwhile', chat: chat.id });
  const news: Effect = { type: 'tell_assistant', news: { event: 'asked_meanwhile', chat: chat.id } };
  return also(go(now.conversation, next, news, told), refreshStatus(now, statusOf(next)));
}

/** Words of the time between: they are for the assistant, and are kept for the agent. */
export function saidMeanwhile(
  { conversation }: Situation,
  event: Extract<ConversationEvent, { type: 'user_spoke' }>,
): Step {
  const { message, at } = event;
  const text = readable(message);
  const heard = said(conversation, { at, who: 'user', text, turn: message.turn });
  return also(stay(heard, { type: 'ask', message }), { lines: [{ at, who: 'user', text }] });
}

/** The employee is back in the queue, or the assistant says that it needs a person. */
export function backToAgent(now: Situation, phase: Queued): Step {
  const { chat } = phase;
  const { meanwhile: _over, slow: _told, ...rest } = phase;
  const next = withAsked(now, rest);
  const told = notice({ key: 'words_go_to_agent', chat: chat.id });
  const step = then(go(now.conversation, next, told), handOn(now, next));
  return also(step, refreshStatus(now, statusOf(next)));
}

/** An agent is there: from now on the words are for them, and she is told. `next` has the floor already. */
export function agentTakesOver(now: Situation, next: ChatPhase): Step {
  const told = notice({ key: 'words_go_to_agent', chat: next.chat.id });
  return then(go(now.conversation, withAsked(now, next), told), handOn(now, next));
}

/** What was said with the assistant goes to the agent, and so do words that it was not asked yet. */
function handOn(now: Situation, next: ChatPhase): Step {
  const { conversation, rules } = now;
  const { chat } = next;
  const unasked = waiting(now, 'ask');
  const messages = unasked.map(({ effect }) => effect.message);
  const lines = conversation.said.filter(({ turn }) => !messages.some((message) => message.turn === turn));
  const effects: Effect[] = [
    { type: 'tell_assistant', news: { event: 'chat_started', chat: chat.id, user: chat.user, handoff: chat.handoff } },
    ...(lines.length === 0 ? [] : [note(conversation, chat, lines)]),
    ...messages.flatMap((message) => [...post(chat, message, rules), ...fetches(message, chat.handoff)]),
  ];
  const handed = go({ ...conversation, said: [] }, withAsked(now, next), ...effects);
  return also(handed, { withdraw: seqs(unasked) });
}

/** What the assistant was asked and is still to answer: the agent will read the answers, too. */
function withAsked<P extends ChatPhase>(now: Situation, phase: P): P {
  const unasked = waiting(now, 'ask').map(({ effect }) => effect.message.turn);
  const asked = beingAsked(now).filter((turn) => !unasked.includes(turn));
  return asked.length === 0 ? phase : { ...phase, asked };
}

/** The assistant's answer while she waits. When it wants a person, she is back in the queue. */
export function answeredMeanwhile(now: Situation, phase: ChatPhase, { lines, wantsAgent }: Answered): Step {
  const heard = said(now.conversation, ...lines);
  return wantsAgent && phase.name === 'queued' ? backToAgent({ ...now, conversation: heard }, phase) : stay(heard);
}

/** An answer to what the assistant was asked meanwhile: it comes when the agent has the floor, who reads it. */
export function answeredLate({ conversation }: Situation, phase: ChatPhase, { turn, lines }: Answered): Step {
  if (!phase.asked?.includes(turn)) return stay(conversation);
  const next = { ...phase, asked: phase.asked.filter((other) => other !== turn) };
  return go(conversation, next, ...(lines.length === 0 ? [] : [note(conversation, phase.chat, lines)]));
}

function note({ user }: Conversation, chat: LiveChat, lines: readonly Line[]): Effect {
  return {
    type: 'post',
    chat,
    words: { from: 'connector', notice: { key: 'said_meanwhile', name: user.name, lines } },
  };
}
