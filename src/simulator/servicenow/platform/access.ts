import { agentIn } from '../model/agents';
import type { View } from '../model/rows';
import { type Chat, isEnded } from '../model/state';
import { failure, json, Refused } from './answer';
import { type Call, param } from './call';
import { membersOf } from './json';

/** The chat in the path, which the caller must be allowed to see. */
export function chatFor(call: Call): Chat {
  const chat = call.world.state.chats[param(call, 'group')];
  if (!chat) throw new Refused(unknownChat(call));
  const isMember = membersOf(call.world, chat).some((user) => user.sysId === call.caller.sysId);
  if (!isMember && call.caller.agent === null)
    throw new Refused(told(403, 'You are not a member of this conversation.'));
  return chat;
}

/** The same, where only agents may act. */
export function chatForAgent(call: Call): Chat {
  if (call.caller.agent === null) throw new Refused(told(403, 'You are not an agent of this queue.'));
  return chatFor(call);
}

/** The same, for a write into the thread: what an ended chat answers is a switch. */
export function chatToWrite(call: Call): Chat {
  const chat = chatFor(call);
  const { closedWriteMode } = call.world.state.config;
  if (!isEnded(chat) || closedWriteMode === 'silent') return chat;
  if (closedWriteMode === '404') throw new Refused(unknownChat(call));
  throw new Refused(told(403, 'This support session has been closed.'));
}

/** What this caller sees of threads. */
export function viewFor(call: Call): View {
  return {
    workNotes: call.caller.agent !== null || call.world.state.config.workNotesVisible,
    staleMs: call.fault.staleRead?.ms ?? 0,
  };
}

/** Connect's way to say something to the user instead of doing what was asked. */
export function told(status: number, text: string) {
  return json(status, { result: text });
}

/** True when the caller is the agent who answers in the chat. */
export function isAgentOf(call: Call, chat: Chat): boolean {
  return chat.agentId !== null && agentIn(call.world, chat).sysId === call.caller.sysId;
}

function unknownChat(call: Call) {
  return call.world.state.config.unknownChatMode === '403'
    ? told(403, 'The conversation could not be found.')
    : failure(404, 'No Record found', "Record doesn't exist or ACL restricts the record retrieval");
}
