import { addRow } from '../model/rows';
import { type Chat, isEnded, type Upload } from '../model/state';
import { addUpload, rowFile } from '../model/uploads';
import { userOf, type World } from '../model/world';
import type { BotConversation } from './records';
import { type Attachment, attachmentsOf, type BotRequest, textOf } from './request';

/** What an employee says while an agent is waited for or there. */
export interface Said {
  readonly conversation: BotConversation;
  readonly request: BotRequest;
  readonly twice: boolean;
  /** Only the files of the message are meant. */
  readonly withoutText?: boolean;
}

/** What the employee says stands in the agent's pane; files from elsewhere follow when they have been fetched. */
export function hear(world: World, { conversation, request, twice, withoutText }: Said): void {
  const chat = world.state.chats[conversation.chat ?? ''];
  if (!chat || isEnded(chat)) return;
  conversation.typing = false;
  conversation.remindedOf = null;
  const attached = attachmentsOf(request);
  const files = attached.flatMap((each) => ownMedia(world, conversation, each) ?? []);
  const text = withoutText ? '' : textOf(request);
  if (text !== '' || files.length > 0)
    for (let copy = 0; copy < (twice ? 2 : 1); copy += 1) write(world, chat, text, files);
  for (const each of attached) if (ownId(each) === undefined) fetchTrusted(world, conversation, each);
}

/** A file that was fetched from elsewhere. */
export function takeFile(
  world: World,
  conversationId: string,
  file: { readonly attachment: Attachment; readonly bytes: Buffer | undefined; readonly contentType: string },
): void {
  const conversation = world.state.bot.conversations[conversationId];
  const chat = world.state.chats[conversation?.chat ?? ''];
  if (!conversation) return;
  const { url, fileName } = file.attachment;
  conversation.files.push({ url, outcome: file.bytes ? 'taken' : 'failed' });
  world.changed(conversation.chat);
  if (!chat || isEnded(chat) || !file.bytes) return;
  const name = fileName ?? new URL(url).pathname.split('/').at(-1) ?? 'file';
  const contentType = file.attachment.contentType ?? file.contentType;
  const by = userOf(world, conversation.requesterId);
  write(world, chat, '', [addUpload(world, { record: chat.id, name, contentType, bytes: file.bytes, by })]);
}

function write(world: World, chat: Chat, text: string, files: readonly Upload[]): void {
  const user = userOf(world, chat.requesterId);
  addRow(world, chat, { author: 'requester', user, text, files: files.map(rowFile) });
}

/** A file that the client had uploaded beforehand. */
function ownMedia(world: World, conversation: BotConversation, attachment: Attachment): Upload | undefined {
  const id = ownId(attachment);
  const upload = id === undefined ? undefined : world.state.uploads[id];
  if (id === undefined) return undefined;
  const isClean = world.state.config.mediaState !== 'not available';
  conversation.files.push({ url: attachment.url, outcome: upload && isClean ? 'taken' : 'failed' });
  if (!upload || !isClean) return undefined;
  upload.record = conversation.chat ?? '';
  return upload;
}

function ownId({ url }: Attachment): string | undefined {
  return /\/api\/now\/v1\/cs\/media\/(\w+)$/.exec(url)?.[1];
}

/** What lies on a host that the instance does not trust is dropped, and nobody hears of it. */
function fetchTrusted(world: World, conversation: BotConversation, attachment: Attachment): void {
  if (isTrusted(world, attachment.url)) world.fetchFile(conversation.id, attachment);
  else conversation.files.push({ url: attachment.url, outcome: 'untrusted' });
}

function isTrusted({ state }: World, url: string): boolean {
  const { hostname, protocol } = URL.parse(url) ?? { hostname: '', protocol: '' };
  const hosts = state.config.trustedMediaDomains;
  return /^https?:$/.test(protocol) && hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}
