import { append } from './changes';
import { byConversation, type Chat } from './chat';
import { byId, type Fields, type Glide } from './glide';
import { own, platform, properties } from './names';
import { nameOf } from './settle';

const kinds = ['systemTextMessage', 'consumerTextMessage'];
const mostCaughtUp = 200;

/** A message was written into some conversation of the instance: where it is one of an agent's in a chat of ours, the log tells of it. */
export function messageWritten(glide: Glide, message: Fields): void {
  if (!isForRequester(glide, message)) return;
  const chat = byConversation(glide, message.conversation ?? '');
  if (chat) note(glide, chat, message);
}

/** What the rule missed, because it was switched off or failed, gets into the log after all. */
export function catchUp(glide: Glide, chat: Chat): void {
  const rows = glide.records.find({
    table: platform.message,
    where: [
      ['conversation', '=', chat.conversation],
      ['direction', '=', 'outbound'],
    ],
    order: '-sequence',
    limit: mostCaughtUp,
  });
  const meant = rows.filter((row) => isForRequester(glide, row)).reverse();
  const keys = meant.map((row) => keyOf(row.sys_id ?? ''));
  const known = glide.records.find({ table: own.change, where: [['key', 'IN', keys]] });
  const there = new Set(known.map((each) => each.key));
  for (const row of meant) if (!there.has(keyOf(row.sys_id ?? ''))) note(glide, chat, row);
}

function note(glide: Glide, chat: Chat, message: Fields): void {
  const isSystem = message.q_data_message_type === 'systemTextMessage';
  append(glide, chat, {
    key: keyOf(message.sys_id ?? ''),
    type: 'message',
    author: isSystem ? 'system' : 'agent',
    messageId: message.sys_id ?? '',
    agentName: isSystem ? '' : senderOf(glide, message),
    text: message.payload ?? '',
    attachments: attachmentsOf(glide, message),
  });
}

function keyOf(message: string): string {
  return `message:${message}`;
}

/** What agents say among themselves is nobody else's. */
function isForRequester(glide: Glide, message: Fields): boolean {
  const { direction, is_agent: isAgent, q_data_message_type: kind = '', visibility_type: visibility = '' } = message;
  if (direction !== 'outbound' || isAgent !== '1' || !kinds.includes(kind)) return false;
  const shown = glide.property(properties.publicVisibility).split(',');
  return visibility === '' || shown.map((each) => each.trim()).includes(visibility);
}

function senderOf(glide: Glide, { sender_profile: profile = '', sender = '' }: Fields): string {
  return byId(glide, platform.profile, profile)?.name || nameOf(glide, sender);
}

function attachmentsOf(glide: Glide, { sys_id: id = '' }: Fields) {
  const rows = glide.records.find({
    table: platform.attachment,
    where: [
      ['table_name', '=', platform.message],
      ['table_sys_id', '=', id],
    ],
  });
  return rows.map((row) => ({
    id: row.sys_id ?? '',
    name: row.file_name ?? '',
    type: row.content_type ?? '',
    size: Number(row.size_bytes ?? 0),
  }));
}
