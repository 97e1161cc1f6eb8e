import { type Answer, refusal, result } from './answer';
import { append } from './changes';
import { type Chat, chatOfCaller } from './chat';
import { takeUp } from './claim';
import { type Fields, first, type Glide } from './glide';
import { externalIdOf, ids, optionalText, type Request } from './input';
import { own } from './names';
import { touch } from './presence';
import { said } from './said';
import { noteEnded } from './settle';

const longestText = 30_000;

/** What the platform says, as an error, of a chat that is over. */
const chatHasEnded = /chat has ended/i;

/** Words on their way into a thread. */
interface Posting {
  readonly id: string;
  readonly attempts: number;
  /** They may be there already. */
  readonly isRepeat: boolean;
}

/** POST /chats/{conversationId}/messages: says something as the requester, once for each `externalId`. */
export function postMessage(glide: Glide, request: Request): Answer {
  const chat = chatOfCaller(glide, request.path.conversationId ?? '');
  const externalId = externalIdOf(request.body.externalId);
  const attachments = ids(request, 'attachments');
  const words = optionalText(request, 'text', longestText) ?? '';
  if (words === '' && attachments.length === 0) throw refusal('invalid', 'text is missing');
  const key = `${chat.id}:${externalId}`;
  const known = first(glide, { table: own.message, where: [['key', '=', key]] });
  if (known?.state === 'sent') return result(posted(known));
  if (chat.state === 'ended') throw refusal('ended', 'The chat has ended');
  const posting = known ? resumed(glide, known) : begun(glide, chat, key, externalId);
  const messageId = deliver(glide, chat, posting, words, attachments);
  const change = { key: `self:${key}`, type: 'message', author: 'self', messageId, externalId, text: words } as const;
  const sent = { state: 'sent', message_id: messageId, sequence: String(append(glide, chat, change)), attempt_at: '0' };
  glide.records.update(own.message, posting.id, sent);
  return result(posted(sent), known ? 200 : 201);
}

function posted({ message_id, sequence }: Fields) {
  return { messageId: message_id ?? '', sequence: Number(sequence) };
}

function begun(glide: Glide, chat: Chat, key: string, externalId: string): Posting {
  const fields = { key, chat: chat.id, external_id: externalId, state: 'sending', attempts: '1' };
  const id = glide.records.insert(own.message, { ...fields, attempt_at: String(glide.now()) });
  if (id === undefined) throw refusal('busy', 'The same is under way in another request');
  return { id, attempts: 1, isRepeat: false };
}

function resumed(glide: Glide, known: Fields): Posting {
  const id = known.sys_id ?? '';
  const work = { work: `post:${id}`, attempts: Number(known.attempts), attemptAt: Number(known.attempt_at) };
  const taken = takeUp(glide, work);
  glide.records.update(own.message, id, taken);
  return { id, attempts: Number(taken.attempts), isRepeat: true };
}

/** The id of the platform's message; empty where it does not show it. */
function deliver(glide: Glide, chat: Chat, posting: Posting, words: string, attachments: readonly string[]): string {
  const there = posting.isRepeat ? unbound(glide, chat, words) : undefined;
  if (there !== undefined) return there;
  try {
    glide.agentChat.say(chat.conversation, words, attachments);
  } catch (error) {
    glide.records.update(own.message, posting.id, { attempt_at: '0' });
    if (!chatHasEnded.test(String(error))) throw refusal('unfinished', 'The platform did not take the message');
    noteEnded(glide, chat, 'platform');
    throw refusal('ended', 'The chat has ended');
  }
  touch(glide, chat);
  return unbound(glide, chat, words) ?? '';
}

/** The newest message of the requester with these words that is no other posting's. */
function unbound(glide: Glide, chat: Chat, words: string): string | undefined {
  const fitting = said(glide, chat).filter((each) => each.text === words);
  const bound = glide.records.find({
    table: own.message,
    where: [
      ['chat', '=', chat.id],
      ['message_id', 'IN', fitting.map((each) => each.id)],
    ],
  });
  const taken = new Set(bound.map((each) => each.message_id));
  return fitting.find((each) => !taken.has(each.id))?.id;
}

/** POST /chats/{conversationId}/typing: the requester is there; the platform's idle time starts again. */
export function noteTyping(glide: Glide, request: Request): Answer {
  const chat = chatOfCaller(glide, request.path.conversationId ?? '');
  if (chat.state !== 'ended') touch(glide, chat);
  return { status: 204 };
}
