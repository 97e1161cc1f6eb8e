import { type Chat, entryState, isEnded, type Row } from '../model/state';
import { closings, withName } from '../model/wordings';
import { newId, userOf, type World } from '../model/world';
import { conversationOf } from './conversations';
import { action, agentInfo, endOfWaiting, fileItem, outputText, system, typing, waiting } from './items';
import { tell } from './outbox';
import type { BotConversation, Item } from './records';
import { planSilenceCheck } from './silence';

/** Whether a chat of the desk is part of a conversation with the Virtual Agent. */
export function isOfBot(world: World, chat: string): boolean {
  return world.state.bot.byChat[chat] !== undefined;
}

/** What people at the desk have done with a chat is called back. */
export function followBotChat(world: World, id: string): void {
  const chat = world.state.chats[id];
  const conversation = conversationOf(world, id);
  if (!chat || !conversation || conversation.phase === 'ended') return;
  if (isEnded(chat)) chatEnded(world, conversation, chat);
  else if (chat.state === entryState.waiting) chatWaits(world, conversation, chat);
  else if (chat.agentId !== conversation.toldAgent) agentEntered(world, conversation, chat);
  else transferStands(world, conversation, chat);
}

function chatWaits(world: World, conversation: BotConversation, chat: Chat): void {
  if (conversation.phase !== 'live') return;
  conversation.phase = 'waiting';
  conversation.toldAgent = null;
  tell(world, conversation, waiting(world, chat.queueId));
}

function agentEntered(world: World, conversation: BotConversation, chat: Chat): void {
  const isFirst = conversation.phase !== 'live';
  const wasWaiting = isFirst || conversation.toldTransfer;
  conversation.phase = 'live';
  conversation.inFlight = null;
  conversation.toldAgent = chat.agentId;
  conversation.toldTransfer = false;
  const name = userOf(world, chat.agentId ?? '').name;
  const items = [
    ...(wasWaiting ? [endOfWaiting()] : []),
    ...(isFirst ? [action('SwitchToLiveAgent')] : []),
    system(withName(world.state.config.enteredWording, name)),
  ];
  tell(world, conversation, items);
  if (isFirst) planSilenceCheck(world, conversation, chat);
}

/** A colleague is asked to take the chat over, or has said no. */
function transferStands(world: World, conversation: BotConversation, chat: Chat): void {
  const isAsked = chat.transfer?.state === 'pending';
  if (isAsked === conversation.toldTransfer) return;
  conversation.toldTransfer = isAsked;
  tell(world, conversation, isAsked ? waiting(world, chat.queueId) : [endOfWaiting()]);
}

function chatEnded(world: World, conversation: BotConversation, chat: Chat): void {
  if (chat.followUp !== null) {
    goOnIn(world, conversation, chat.followUp);
    return;
  }
  const { closeTells, noAgentsWording } = world.state.config;
  if (conversation.phase === 'waiting') {
    conversation.phase = 'ended';
    const nobody = outputText(noAgentsWording, newId(world));
    tell(world, conversation, [endOfWaiting(), nobody], { completed: true });
    return;
  }
  if (conversation.phase !== 'live') return;
  conversation.phase = closeTells === 'switch' ? 'bot' : 'ended';
  const items = closeTells === 'completed' ? [] : [action('SwitchToVirtualAgent')];
  tell(world, conversation, items, { joins: true, completed: closeTells !== 'switch' });
}

/** The chat was escalated: another one follows in the same conversation. */
function goOnIn(world: World, conversation: BotConversation, chat: string): void {
  world.state.bot.byChat[chat] = conversation.id;
  conversation.chat = chat;
  conversation.phase = 'waiting';
  conversation.toldAgent = null;
  tell(world, conversation, waiting(world, world.state.chats[chat]?.queueId ?? ''));
}

/** What is written at the desk is called back, but what the employee wrote and what is for agents only. */
export function followBotRow(world: World, chat: Chat, row: Row): void {
  const conversation = conversationOf(world, chat.id);
  if (!conversation || conversation.phase === 'ended' || row.author === 'requester' || row.workNote) return;
  if (row.author === 'agent') agentSaid(world, conversation, row);
  else if (conversation.phase === 'live') tell(world, conversation, [system(sentence(world, chat, row.text))]);
}

function agentSaid(world: World, conversation: BotConversation, row: Row): void {
  const author = agentInfo(world, userOf(world, row.userId ?? ''));
  const words = row.text === '' ? [] : [outputText(row.text, row.id, author)];
  const items: Item[] = [...words, ...row.files.map((file) => fileItem(world, file, author))];
  if (world.state.config.agentTyping === 'off') {
    tell(world, conversation, items);
    return;
  }
  tell(world, conversation, [typing(world, true)]);
  tell(world, conversation, [typing(world, false), ...items]);
}

/** The platform's own closing texts end with a full stop here. */
function sentence(world: World, chat: Chat, text: string): string {
  const name = world.state.users[chat.agentId ?? '']?.name ?? '';
  const isClosing = closings.some((each) => each.text !== null && withName(each.text, name) === text);
  return isClosing && /\p{Script=Latin}$/u.test(text) ? `${text}.` : text;
}
