import type { RowId } from '../../conversation/types';
import type { CallContext, PostRequest } from '../../engine/ports';
import { sameWords } from '../plain-text';
import { wordsOf } from '../words';
import type { DeskParts } from './parts';
import { threadOf } from './reading';
import { authorOf } from './rows';
import type { Message, ThreadMessage } from './schema';

/** Writes words into the thread. The answer shows our own row, and with it who we are there. */
export async function post(parts: DeskParts, request: PostRequest, context: CallContext): Promise<RowId | undefined> {
  const row = await parts.calls.post(request.chat.id, wordsOf(parts, request.words), context.correlation);
  parts.identity.learn(row);
  return (row.sys_id ?? row.id) as RowId | undefined;
}

/**
 * The oldest row of ours with just these words that is bound to no other post and not older than those that are: what is posted
 * comes after what was posted before.
 */
export async function findPosted(
  parts: DeskParts,
  request: PostRequest,
  bound: readonly RowId[],
  context: CallContext,
): Promise<RowId | undefined> {
  const { chat } = request;
  const rows = await threadOf(parts, chat.id, (row) => bound.includes(row.key));
  const self = await parts.identity.of(chat);
  const newestBound = rows.findLast((row) => bound.includes(row.key));
  const words = sameWords(wordsOf(parts, request.words));
  const isOurs = (row: ThreadMessage) =>
    row.context === context.correlation || authorOf(row, self, parts.options.systemUser) === 'self';
  const isMeant = (row: ThreadMessage) =>
    !bound.includes(row.key) && row.at >= (newestBound?.at ?? 0) && isOurs(row) && holds(row, words);
  return rows.find(isMeant)?.key;
}

/** Compared is what was sent, not what a person reads of it. */
function holds({ message, formatted_message }: Message, words: string): boolean {
  return [message, formatted_message].some((text) => text !== undefined && sameWords(text) === words);
}
