import { leaveChat } from '../model/chats';
import { isEnded } from '../model/state';
import { newId, type World } from '../model/world';
import { settle } from './conversations';
import { hear } from './employee';
import { type Admitted, handOver } from './handover';
import { action, outputText } from './items';
import { tell } from './outbox';
import type { BotConversation } from './records';
import type { BotRequest } from './request';
import { keepHistory } from './transcript';
import { answerAsBot, greet, offerTopics } from './virtual-agent';

/** Does what the request asks for. */
export function carryOut(world: World, admitted: Admitted): void {
  const { conversation, request } = admitted;
  const { inFlight } = conversation;
  keepHistory(world, conversation, request);
  act(world, admitted);
  const isAnswered = world.state.bot.outbox.some(({ answers }) => answers !== null && answers === inFlight);
  if (!isAnswered) settle(world, conversation.id, inFlight);
  world.changed(conversation.chat);
}

function act(world: World, admitted: Admitted): void {
  const { conversation, request } = admitted;
  const isWithBot = conversation.phase === 'bot';
  switch (request.action) {
    case 'AGENT':
      (isWithBot ? askForAgent : hear)(world, admitted);
      break;
    case 'START_CONVERSATION':
    case 'START_CREATED_CONVERSATION':
      (isWithBot ? greet : hear)(world, admitted);
      break;
    case 'CREATE_CONVERSATION':
      tell(world, conversation, [action('CreateConversation', idsOf(world, conversation))], { answers: request });
      break;
    case 'END_CONVERSATION':
      end(world, conversation, request);
      break;
    case 'FAULT_CONVERSATION':
      fail(world, conversation, request);
      break;
    case 'SWITCH':
      switchTopic(world, conversation, request);
      break;
    case 'TYPING':
    case 'VIEWING':
      conversation.typing = request.action === 'TYPING';
      break;
    case null:
    case undefined:
      (isWithBot ? answerAsBot : hear)(world, admitted);
  }
}

/** Where the Virtual Agent wants to know first what this is about, it asks once. */
function askForAgent(world: World, admitted: Admitted): void {
  const { conversation } = admitted;
  const isSure = world.state.config.handover === 'direct' || conversation.contextVariables.live_agent_only === 'true';
  if (isSure || conversation.asked) {
    handOver(world, admitted);
    return;
  }
  conversation.asked = true;
  offerTopics(world, admitted);
}

/** What a conversation and its records are known by. */
function idsOf(world: World, { id, interactionId }: BotConversation) {
  return { conversationId: id, interactionId, messageId: newId(world) };
}

function end(world: World, conversation: BotConversation, request: BotRequest): void {
  close(world, conversation);
  const text = outputText(world.state.config.endedWording, newId(world));
  tell(world, conversation, [text], { answers: request, completed: true });
}

function fail(world: World, conversation: BotConversation, request: BotRequest): void {
  close(world, conversation);
  tell(world, conversation, [], { answers: request, takeControl: true, score: 0 });
}

/** The employee goes. What the desk says of that is for agents. */
function close(world: World, conversation: BotConversation): void {
  conversation.phase = 'ended';
  const chat = world.state.chats[conversation.chat ?? ''];
  if (chat && !isEnded(chat)) leaveChat(world, chat);
}

function switchTopic(world: World, conversation: BotConversation, request: BotRequest): void {
  const name = request.topic?.name ?? request.topic?.id ?? request.intent?.id ?? '';
  const said = outputText(`Let us talk about this: ${name}`, newId(world));
  tell(world, conversation, [said], { answers: request, score: 1 });
}
