import { refusal } from './answer';
import { byId, type Fields, first, type Glide } from './glide';
import { isSysId } from './input';
import { own } from './names';

/** How a chat stands. `opening`: it is not in the queue yet. */
export type ChatState = 'opening' | 'waiting' | 'in_progress' | 'ended';

/** A live chat that this application opened: our record of it, and the ids of the platform's. */
export interface Chat {
  readonly id: string;
  readonly externalId: string;
  /** The service account that opened it: nobody else sees it through this API. */
  readonly caller: string;
  readonly requester: string;
  readonly queue: string;
  readonly subject: string;
  readonly firstMessage: string;
  readonly state: ChatState;
  readonly conversation: string;
  readonly interaction: string;
  readonly number: string;
  readonly session: string;
  readonly binding: string;
  readonly workItem: string;
  readonly greeted: boolean;
  readonly agent: string;
  readonly endedBy: string;
  /** How often its state has changed. */
  readonly turns: number;
  /** Attempts to open it, and when the last one began; 0: none is under way. */
  readonly attempts: number;
  readonly attemptAt: number;
}

export function chatOf(fields: Fields): Chat {
  const value = (name: string) => fields[name] ?? '';
  return {
    id: value('sys_id'),
    externalId: value('external_id'),
    caller: value('caller'),
    requester: value('requester'),
    queue: value('queue'),
    subject: value('subject'),
    firstMessage: value('first_message'),
    state: value('state') as ChatState,
    conversation: value('conversation'),
    interaction: value('interaction'),
    number: value('number'),
    session: value('session'),
    binding: value('binding'),
    workItem: value('work_item'),
    greeted: value('greeted') === '1',
    agent: value('agent'),
    endedBy: value('ended_by'),
    turns: Number(value('turns')),
    attempts: Number(value('attempts')),
    attemptAt: Number(value('attempt_at')),
  };
}

/** The record of a chat as it is now. */
export function reload(glide: Glide, chat: Chat): Chat {
  const found = byId(glide, own.chat, chat.id);
  if (!found) throw refusal('unknown_chat', 'There is no such chat');
  return chatOf(found);
}

/** Changes the record; the chat with the changes. */
export function change(glide: Glide, chat: Chat, fields: Fields): Chat {
  glide.records.update(own.chat, chat.id, fields);
  return reload(glide, chat);
}

/** The caller's chat of this conversation. Other callers' chats do not exist for this one. */
export function chatOfCaller(glide: Glide, conversation: string): Chat {
  const found = isSysId(conversation) ? byConversation(glide, conversation) : undefined;
  if (!found || found.caller !== glide.user.id) throw refusal('unknown_chat', 'There is no such chat');
  return found;
}

/** The chat of ours that this conversation is, if it is one. */
export function byConversation(glide: Glide, conversation: string): Chat | undefined {
  if (conversation === '') return undefined;
  const found = first(glide, { table: own.chat, where: [['conversation', '=', conversation]] });
  return found && chatOf(found);
}

/** The caller's chat with this id of the caller's own. */
export function byExternalId(glide: Glide, externalId: string): Chat | undefined {
  const found = first(glide, { table: own.chat, where: [['key', '=', keyOf(glide, externalId)]] });
  return found && chatOf(found);
}

export function keyOf(glide: Glide, externalId: string): string {
  return `${glide.user.id}:${externalId}`;
}
