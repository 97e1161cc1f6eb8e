import { type Answer, result } from './answer';
import { type Chat, chatOfCaller } from './chat';
import { byId, type Glide } from './glide';
import type { Request } from './input';
import { platform } from './names';
import { noteEnded, settle } from './settle';

/** POST /chats/{conversationId}/end: the requester leaves. A chat that is over stays over. */
export function endChat(glide: Glide, request: Request): Answer {
  const chat = settle(glide, chatOfCaller(glide, request.path.conversationId ?? ''));
  const ended = chat.state === 'ended' ? chat : noteEnded(glide, chat, 'requester');
  if (ended.endedBy === 'requester') takeFromAgents(glide, ended);
  return result({ state: 'ended' });
}

/** What an earlier request did of it is not done again. Our own record is written before: it says who ended the chat. */
function takeFromAgents(glide: Glide, chat: Chat): void {
  const { records } = glide;
  const interaction = byId(glide, platform.interaction, chat.interaction);
  if (!interaction || interaction.state?.startsWith('closed')) return;
  try {
    glide.agentChat.end(chat.conversation);
  } catch {
    glide.warn('the platform did not end a conversation; its interaction is closed all the same');
  }
  if (chat.workItem !== '') records.update(platform.workItem, chat.workItem, { state: 'cancelled', active: '0' });
  const state = chat.agent === '' ? 'closed_abandoned' : 'closed_complete';
  records.update(platform.interaction, chat.interaction, { state });
}
