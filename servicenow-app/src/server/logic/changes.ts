import type { Chat } from './chat';
import { type Fields, first, type Glide } from './glide';
import { own } from './names';

/** What happened in a chat. `self`: what the caller said; it is kept for the order, and listed only where it is asked for. */
export interface Change {
  readonly sequence: number;
  readonly conversationId: string;
  readonly type: 'message' | 'joined' | 'transferred' | 'closed';
  readonly author: 'agent' | 'system' | 'self';
  readonly messageId: string;
  readonly externalId: string;
  readonly agentName: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** Epoch milliseconds; never less than that of the change before. */
  readonly createdOn: number;
}

export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** A change on its way into the log. `key` names it, so that it gets there once. */
export type NewChange = Pick<Change, 'type' | 'author'> &
  Partial<Pick<Change, 'messageId' | 'externalId' | 'agentName' | 'text' | 'attachments'>> & { readonly key: string };

const mostTries = 40;

/**
 * Writes a change into the log, once. Its number is the one after the greatest that is visible, and the unique index lets each number in
 * once: so numbers have no gaps, and who has seen one number has seen all that are smaller.
 */
export function append(glide: Glide, chat: Chat, change: NewChange): number {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const known = first(glide, { table: own.change, where: [['key', '=', change.key]] });
    if (known) return Number(known.sequence);
    const last = newest(glide);
    const sequence = Number(last?.sequence ?? 0) + 1;
    const at = Math.max(glide.now(), Number(last?.at ?? 0));
    if (glide.records.insert(own.change, fieldsOf(chat, change, sequence, at)) !== undefined) return sequence;
  }
  throw new Error('the log of changes takes nothing in');
}

/** The number of the newest change of all; 0 when nothing has happened yet. */
export function head(glide: Glide): number {
  return Number(newest(glide)?.sequence ?? 0);
}

export function changeOf(fields: Fields): Change {
  const value = (name: string) => fields[name] ?? '';
  return {
    sequence: Number(value('sequence')),
    conversationId: value('conversation'),
    type: value('type') as Change['type'],
    author: value('author') as Change['author'],
    messageId: value('message_id'),
    externalId: value('external_id'),
    agentName: value('agent_name'),
    text: value('text'),
    attachments: value('attachments') === '' ? [] : (JSON.parse(value('attachments')) as Attachment[]),
    createdOn: Number(value('at')),
  };
}

function newest(glide: Glide): Fields | undefined {
  return first(glide, { table: own.change, where: [['sequence', '>', '0']], order: '-sequence' });
}

function fieldsOf(chat: Chat, change: NewChange, sequence: number, at: number): Fields {
  const { key, type, author, messageId = '', externalId = '', agentName = '', text = '', attachments = [] } = change;
  return {
    key,
    type,
    author,
    sequence: String(sequence),
    at: String(at),
    chat: chat.id,
    conversation: chat.conversation,
    caller: chat.caller,
    message_id: messageId,
    external_id: externalId,
    agent_name: agentName,
    text,
    attachments: attachments.length === 0 ? '' : JSON.stringify(attachments),
  };
}
