import { closeByAgent } from '../model/agents';
import { escalateChat, leaveChat, rejoinChat } from '../model/chats';
import { isEnded } from '../model/state';
import { answerTransfer, completeTransfer, offerTransfer } from '../model/transfers';
import { agentOf } from '../model/world';
import { chatFor, chatForAgent, isAgentOf, told } from './access';
import { failure, Refused, result } from './answer';
import { type Call, type Handler, param } from './call';
import { entryJson } from './json';

/** What becomes of a support session: left, closed, rejoined, handed on. */
export const sessionRoutes: Readonly<Record<string, Handler>> = {
  'POST /connect/support/sessions/:group/leave': (call) => {
    const chat = chatFor(call);
    if (chat.requesterId !== call.caller.sysId) throw new Refused(told(403, 'You are not the requester.'));
    if (isEnded(chat) && call.world.state.config.secondLeave === '404')
      throw new Refused(failure(404, 'No Record found'));
    if (!isEnded(chat)) leaveChat(call.world, chat);
    return entry(call, chat);
  },

  'POST /connect/support/sessions/:group/close': (call) => {
    const chat = chatForAgent(call);
    closeByAgent(call.world, chat, call.caller, {});
    return entry(call, chat);
  },

  'POST /connect/support/sessions/:group/rejoin': (call) => {
    const chat = chatFor(call);
    rejoinChat(call.world, chat);
    return entry(call, chat);
  },

  'POST /connect/support/sessions/:group/escalate/:queue': (call) => {
    const chat = chatForAgent(call);
    const followUp = escalateChat(call.world, chat, param(call, 'queue'));
    call.effects.push(followUp.id);
    return entry(call, followUp);
  },

  'POST /connect/support/sessions/:group/transfer/accept': (call) => {
    const chat = chatForAgent(call);
    if (chat.transfer?.to !== call.caller.sysId) throw new Refused(told(403, 'This transfer is not offered to you.'));
    answerTransfer(call.world, chat, 'accepted');
    return entry(call, chat);
  },

  'POST /connect/support/sessions/:group/transfer/reject': (call) => {
    const chat = chatForAgent(call);
    if (chat.transfer?.to !== call.caller.sysId) throw new Refused(told(403, 'This transfer is not offered to you.'));
    answerTransfer(call.world, chat, 'rejected');
    return entry(call, chat);
  },

  'POST /connect/support/sessions/:group/transfer/cancel': (call) => {
    const chat = chatForAgent(call);
    if (!isAgentOf(call, chat)) throw new Refused(told(403, 'Only the agent of the chat can cancel its transfer.'));
    answerTransfer(call.world, chat, 'cancelled');
    return entry(call, chat);
  },

  'POST /connect/support/sessions/:group/transfer/complete': (call) => {
    const chat = chatForAgent(call);
    completeTransfer(call.world, chat);
    return entry(call, chat);
  },

  'POST /connect/support/sessions/:group/transfer/:agent': (call) => {
    const chat = chatForAgent(call);
    if (!isAgentOf(call, chat)) throw new Refused(told(403, 'Only the agent of the chat can transfer it.'));
    offerTransfer(call.world, chat, agentOf(call.world, param(call, 'agent')));
    return entry(call, chat);
  },
};

function entry(call: Call, chat: Parameters<typeof entryJson>[1]) {
  call.effects.push(chat.id);
  return result(entryJson(call.world, chat));
}
