import { type Answer, refusal, result } from './answer';
import { type Chat, chatOfCaller } from './chat';
import { takeUp } from './claim';
import { first, type Glide } from './glide';
import { externalIdOf, type Request } from './input';
import { own, platform } from './names';

/**
 * POST /chats/{conversationId}/files?externalId=&name=: keeps a file for a message of the requester, once for each `externalId`. It hangs
 * at the interaction, which agents may read; in the chat it is seen with the message that names it.
 */
export function attachFile(glide: Glide, request: Request): Answer {
  const chat = chatOfCaller(glide, request.path.conversationId ?? '');
  const externalId = externalIdOf(request.query.externalId);
  const { name } = request.query;
  if (!name || !request.file) throw refusal('invalid', 'name or the file is missing');
  if (name.length > 200) throw refusal('invalid', 'name is too long');
  const key = `${chat.id}:file:${externalId}`;
  const known = first(glide, { table: own.message, where: [['key', '=', key]] });
  if (known?.state === 'sent') return result({ id: known.message_id });
  if (chat.state === 'ended') throw refusal('ended', 'The chat has ended');
  const begun = known ? resumed(glide, known) : begin(glide, chat, key, externalId);
  const there = known ? unbound(glide, chat, name) : undefined;
  const { interaction: record } = chat;
  const id = there ?? glide.attach({ table: platform.interaction, record, name, ...request.file });
  glide.records.update(own.message, begun, { state: 'sent', message_id: id, attempt_at: '0' });
  return result({ id }, known ? 200 : 201);
}

function begin(glide: Glide, chat: Chat, key: string, externalId: string): string {
  const attempt = { attempts: '1', attempt_at: String(glide.now()) };
  const fields = { key, chat: chat.id, external_id: externalId, state: 'sending', ...attempt };
  const id = glide.records.insert(own.message, fields);
  if (id === undefined) throw refusal('busy', 'The same is under way in another request');
  return id;
}

function resumed(glide: Glide, { sys_id: id = '', attempts, attempt_at }: Readonly<Record<string, string>>): string {
  const work = { work: `file:${id}`, attempts: Number(attempts), attemptAt: Number(attempt_at) };
  glide.records.update(own.message, id, takeUp(glide, work));
  return id;
}

/** The newest file of this name at the interaction that belongs to no other request. */
function unbound(glide: Glide, chat: Chat, name: string): string | undefined {
  const files = glide.records.find({
    table: platform.attachment,
    where: [
      ['table_name', '=', platform.interaction],
      ['table_sys_id', '=', chat.interaction],
    ],
    order: '-sys_created_on',
  });
  const ids = files.filter((file) => file.file_name === name).map((file) => file.sys_id ?? '');
  const bound = glide.records.find({ table: own.message, where: [['message_id', 'IN', ids]] });
  return ids.find((id) => !bound.some((each) => each.message_id === id));
}
