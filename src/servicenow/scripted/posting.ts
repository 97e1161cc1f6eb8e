import { createHash } from 'node:crypto';
import type { RowId } from '../../conversation/types';
import type { CallContext, PostRequest } from '../../engine/ports';
import { sameWords } from '../plain-text';
import { wordsOf } from '../words';
import type { ScriptedParts } from './parts';
import { pagesAfter } from './reading';
import { newestOf, rowId } from './rows';

/** Writes words into the chat, once: the instance knows by their id that it has them already. */
export async function post(parts: ScriptedParts, request: PostRequest, context: CallContext): Promise<RowId> {
  const text = wordsOf(parts, request.words);
  return rowId(await parts.calls.post(request.chat.id, externalId(request, text, context), text));
}

/**
 * Our own row with the words' id; else the oldest one with just these words that is bound to no other post and came after those that
 * are: what was given up once and is wanted again has another id.
 */
export async function findPosted(
  parts: ScriptedParts,
  request: PostRequest,
  bound: readonly RowId[],
  context: CallContext,
): Promise<RowId | undefined> {
  const text = wordsOf(parts, request.words);
  const pages = await pagesAfter(parts, request.chat, newestOf(bound), 'all');
  const ours = pages.flatMap((page) => page.messages).filter((row) => row.author === 'self');
  const byId = ours.find((row) => row.externalId === externalId(request, text, context));
  const words = sameWords(text);
  const found = byId ?? ours.find((row) => !bound.includes(rowId(row.sequence)) && sameWords(row.text) === words);
  return found && rowId(found.sequence);
}

/** With the words in it: after a backup was put back, other words may have the number that others had. */
function externalId({ id }: PostRequest, text: string, { correlation }: CallContext): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return `${id ?? createHash('sha256').update(correlation).digest('hex').slice(0, 16)}-${hash}`;
}
