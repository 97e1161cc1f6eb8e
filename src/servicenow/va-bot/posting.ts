import { createHash } from 'node:crypto';
import { ApiFailure } from '../../conversation/failures';
import type { ChatId, LiveChat } from '../../conversation/types';
import type { AttachRequest, CallContext, PostRequest } from '../../engine/ports';
import { wordsOf } from '../words';
import type { BotRequest } from './calls';
import { answerTo } from './choices';
import type { BotParts } from './parts';
import type { Standing } from './standing';
import type { Threads } from './thread';

/** Says words in the chat. A repeat has the same id, and is passed over by the instance. */
export async function post(
  parts: BotParts,
  threads: Threads,
  { chat, words, id }: PostRequest,
  { correlation }: CallContext,
): Promise<undefined> {
  const said = wordsOf(parts, words);
  const standing = await threads.standing(chat.id);
  const { text, typed } =
    words.from === 'employee' ? answerTo(questionIn(standing), said) : { text: said, typed: true };
  if (standing.state === 'ended') throw over();
  const requestId = `${chat.id}-${id ?? short(correlation)}-${short(said)}${turnMark(words)}`;
  const message = { text, typed, clientMessageId: requestId };
  await parts.calls.send({ ...sessionOf(chat), requestId, message }, 'posting words');
}

/** What is answered to words that no agent got names them. */
function turnMark(words: PostRequest['words']): string {
  return words.from === 'employee' ? `/${words.message.turn}` : '';
}

/** Nobody would read it: the platform takes words for a chat that is over, too. */
function over(): ApiFailure {
  const message = 'servicenow: the chat is over';
  return new ApiFailure({ upstream: 'servicenow', kind: 'refused', certain: true, message });
}

/** Uploads a file, and says that it is there. */
export async function attach(parts: BotParts, { chat, file }: AttachRequest, bytes: Uint8Array): Promise<undefined> {
  if (parts.options.files === 'off') throw notTaken();
  const { name, type, hash } = file.stored;
  const url = await parts.calls.upload(sessionOf(chat).userId, { name, type, bytes });
  const requestId = `${chat.id}-file-${short(`${file.id}\n${hash}`)}`;
  const attachment = { url, contentType: type, fileName: name, clientAttachmentId: requestId };
  const message = { text: '', typed: true, clientMessageId: requestId, attachment };
  await parts.calls.send({ ...sessionOf(chat), requestId, message }, 'sending a file');
}

/** Ends the chat from our side; one that is over already is not made another one. */
export async function leave(parts: BotParts, chat: LiveChat): Promise<'left' | 'gone'> {
  const requestId = `${chat.id}-end`;
  try {
    await parts.calls.send(
      { ...sessionOf(chat), requestId, action: 'END_CONVERSATION', message: { text: '' } },
      'leaving a chat',
    );
    return 'left';
  } catch (error) {
    if (error instanceof ApiFailure && error.kind === 'not_found') return 'gone';
    throw error;
  }
}

function questionIn({ state, question }: Standing) {
  return state === 'asked' || state === 'waiting' ? question : undefined;
}

/** Whose request it is, and of which chat. */
export function sessionOf({
  id,
  user,
}: LiveChat): Pick<BotRequest, 'clientSessionId' | 'userId'> & { clientSessionId: ChatId } {
  return { clientSessionId: id, userId: user ?? '' };
}

function short(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The agent gets the names of files, and links where there are any. */
function notTaken(): ApiFailure {
  const message = 'servicenow: files are not put into chats on this instance';
  return new ApiFailure({ upstream: 'servicenow', kind: 'rejected', certain: true, message });
}
