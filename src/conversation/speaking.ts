import { afterwards } from './afterwards';
import { isStaleClick, staleClick } from './clicks';
import { commandOf } from './commands';
import { remembered } from './corrections';
import { endChat, endedBefore } from './ending';
import type { ConversationEvent } from './events';
import { fetches, readable } from './files';
import { beginHandoff, giveUpOpening } from './handoff';
import { messageDropped, messageLeft, messageWanted } from './later';
import { askMeanwhile, backToAgent, saidMeanwhile } from './meanwhile';
import { said } from './memory';
import { post } from './relay';
import { after, also, go, notice, type Situation, type Step, stay, then } from './step';
import type { ChatPhase, Phase } from './types';

type Spoke = Extract<ConversationEvent, { type: 'user_spoke' }>;

/** The employee said something: to the assistant, to the agent, or to the connector itself. */
export function userSpoke(now: Situation, event: Spoke): Step {
  const { phase } = now.conversation;
  const step = afterwards(now, event, commandOf(event.message.text, now.rules));
  if (step) return step;
  if (isStaleClick(now, event.message)) return staleClick(now, event.message, event.at);
  switch (phase.name) {
    case 'assisted':
    case 'closing':
      return toAssistant(now, event);
    case 'opening':
      return whileOpening(now, phase, event);
    case 'queued':
    case 'connected':
      return toAgent(now, phase, event);
  }
}

function toAssistant(now: Situation, event: Spoke): Step {
  const { message, at } = event;
  const command = commandOf(message.text, now.rules);
  if (command === 'live_agent' || command === 'back_to_agent') {
    const from = endedBefore(now, at);
    const how = { turn: message.turn, at, announced: false };
    return then(from, beginHandoff(after(now, from), { reason: 'user_request' }, how));
  }
  if (command === 'end_chat') {
    const isEnding = now.conversation.phase.name === 'closing';
    const told = isEnding ? [] : [notice({ key: 'no_chat_to_end' })];
    return messageDropped(now) ?? stay(now.conversation, ...told);
  }
  if (command === 'ask_assistant') return stay(now.conversation, notice({ key: 'assistant_listens' }));
  if (command === 'leave_message')
    return messageWanted(now, event) ?? stay(now.conversation, notice({ key: 'old_button' }));
  const left = command === undefined ? messageLeft(now, event) : undefined;
  if (left) return left;
  const text = readable(message);
  const heard = said(now.conversation, { at, who: 'user', text, turn: message.turn });
  return also(stay(heard, { type: 'ask', message }), { lines: [{ at, who: 'user', text }] });
}

function whileOpening(now: Situation, phase: Extract<Phase, { name: 'opening' }>, event: Spoke): Step {
  const { message, at } = event;
  const command = commandOf(message.text, now.rules);
  if (command === 'end_chat' || command === 'restart') return giveUpOpening(now, [notice({ key: 'ended_by_user' })]);
  if (command !== undefined) return stay(now.conversation, notice({ key: 'already_opening' }));
  const firstHeld = phase.held.length === 0 ? [notice({ key: 'held_for_agent' })] : [];
  const onTheirWay = fetches(message, phase.handoff.id);
  const step = go(now.conversation, { ...phase, held: [...phase.held, message] }, ...firstHeld, ...onTheirWay);
  return also(step, { lines: [{ at, who: 'user', text: readable(message) }] });
}

function toAgent(now: Situation, phase: ChatPhase, event: Spoke): Step {
  const { message } = event;
  switch (commandOf(message.text, now.rules)) {
    case 'end_chat':
    case 'restart':
      return endChat(now, 'user', event.at);
    case 'ask_assistant':
      return assistantWanted(now, phase, event);
    case 'live_agent':
    case 'back_to_agent':
      return agentWanted(now, phase, event);
    default:
      return phase.name === 'queued' && phase.meanwhile ? saidMeanwhile(now, event) : relay(now, phase, event);
  }
}

/** She may use the assistant as long as nobody has taken her chat. A second click changes nothing. */
function assistantWanted(now: Situation, phase: ChatPhase, { message }: Spoke): Step {
  if (phase.name === 'queued' && !phase.meanwhile) return askMeanwhile(now, phase);
  return message.chat === undefined ? agentIsWanted(now, phase) : stay(now.conversation);
}

function agentWanted(now: Situation, phase: ChatPhase, { message }: Spoke): Step {
  if (phase.name === 'queued' && phase.meanwhile) return backToAgent(now, phase);
  return message.chat === undefined ? agentIsWanted(now, phase) : stay(now.conversation);
}

function agentIsWanted({ conversation }: Situation, { name, chat }: ChatPhase): Step {
  return stay(conversation, notice({ key: name === 'queued' ? 'already_queued' : 'already_connected', chat: chat.id }));
}

function relay(now: Situation, phase: ChatPhase, { message, at }: Spoke): Step {
  const { chat } = phase;
  const effects = [...post(chat, message, now.rules), ...fetches(message, chat.handoff)];
  const step = go(now.conversation, { ...remembered(phase, message), lastWordAt: at, spokeAt: at }, ...effects);
  return also(step, { lines: [{ at, who: 'user', text: readable(message), chat: chat.id }] });
}
