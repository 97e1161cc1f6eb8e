import { AgentChatScriptObject, VASystemObject } from '@servicenow/glide/sn_cs';
import type { AgentChat } from '../logic/glide';

const id = /[0-9a-f]{32}/;

/** Agent Chat, through the script objects of its own scope. */
export const agentChat: AgentChat = {
  begin: (user) => {
    const conversation = id.exec(String(VASystemObject.createConversation(user)))?.[0];
    if (conversation === undefined) throw new Error('the platform began no conversation');
    return conversation;
  },
  say: (conversation, text, attachments) => {
    AgentChatScriptObject.send(conversation, text, [...attachments] as unknown as [], false);
  },
  end: (conversation) => VASystemObject.endConversation(conversation),
};
