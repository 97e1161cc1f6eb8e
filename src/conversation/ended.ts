import { startOfThread } from './cursor';
import type { PendingEffect } from './effects';
import type { Situation } from './step';
import type { ChatId, Conversation, EndedChat, Instant, LiveChat } from './types';

/** Chats before the last that are remembered while they are still to be left. */
const mostUnleft = 5;

/** A chat that is over for the employee, but whose thread may still be read and written. */
export function endedChat({ last, unleft = [] }: Conversation, chat: ChatId): EndedChat | undefined {
  return last?.id === chat ? last : unleft.find(({ id }) => id === chat);
}

/** The same conversation with more known of a chat that is over. */
export function withEnded(conversation: Conversation, chat: ChatId, more: Partial<EndedChat>): Conversation {
  const { last, unleft } = conversation;
  const changed = (one: EndedChat) => (one.id === chat ? { ...one, ...more } : one);
  return {
    ...conversation,
    ...(last ? { last: changed(last) } : {}),
    ...(unleft ? { unleft: unleft.map(changed) } : {}),
  };
}

/** One more chat is over. Those before it are forgotten, but for the ones that could not be left yet: their agents may still write. */
export function afterChat({ conversation, pending }: Situation, ended: EndedChat): Conversation {
  const { last, unleft = [], ...others } = conversation;
  const older = [...(last ? [last] : []), ...unleft].filter(({ id }) => pending.some((entry) => leaves(entry, id)));
  return { ...others, last: ended, ...(older.length > 0 ? { unleft: older.slice(0, mostUnleft) } : {}) };
}

/** A chat that was opened too late for its employee: what an agent wrote in it meanwhile is still hers to read. */
export function withUnwanted(conversation: Conversation, chat: LiveChat, at: Instant): Conversation {
  const ended = { id: chat.id, number: chat.number, reason: 'user', at, cursor: startOfThread, posted: [] } as const;
  return { ...conversation, unleft: [ended, ...(conversation.unleft ?? [])].slice(0, mostUnleft) };
}

function leaves({ effect }: PendingEffect, chat: ChatId): boolean {
  if (effect.type === 'leave') return effect.chat.id === chat;
  return effect.type === 'reap' && 'chat' in effect.target && effect.target.chat.id === chat;
}
