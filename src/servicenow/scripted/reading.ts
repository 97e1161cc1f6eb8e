import type { ChatState } from '../../conversation/events';
import { ApiFailure } from '../../conversation/failures';
import type { Cursor, LiveChat } from '../../conversation/types';
import type { CallContext, ThreadReading } from '../../engine/ports';
import { isNotThere } from '../not-there';
import type { ScriptedParts } from './parts';
import { readUpTo, rowOf, stateOf } from './rows';
import type { Messages } from './schema';

/** What came into a chat after the cursor. After a glance nobody is asked again: the feed knows it. */
export async function read(
  parts: ScriptedParts,
  chat: LiveChat,
  cursor: Cursor,
  context: CallContext,
): Promise<ThreadReading> {
  const after = readUpTo(cursor);
  const known = context.glanced ? parts.feed.rowsAfter(chat.id, after) : undefined;
  if (known) return known;
  const pages = await pagesAfter(parts, chat, after, 'others');
  parts.feed.learn(chat.id, after, pages);
  const last = pages.at(-1);
  const rows = pages.flatMap((page) => page.messages).map((row) => rowOf(row, parts.url));
  return { rows, state: last ? stateOf(last) : { state: 'unanswered' } };
}

/** Pages after a number, oldest first, to the end. */
export async function pagesAfter(
  { calls, options, log }: ScriptedParts,
  chat: LiveChat,
  after: number,
  whose: 'others' | 'all',
): Promise<Messages[]> {
  const pages: Messages[] = [];
  let from = after;
  while (pages.length < options.mostPages) {
    const page = await calls.messages(chat.id, from, whose);
    pages.push(page);
    if (!page.more) return pages;
    from = page.last;
  }
  // The rest is read from there by the next read.
  log.warn('servicenow_rows_out_of_reach', { live_chat_id: chat.id, why: 'too_many_pages' });
  return pages;
}

/** How the chat stands; `undefined` where this instance does not know of it. */
export async function state({ calls }: ScriptedParts, chat: LiveChat): Promise<ChatState | undefined> {
  try {
    return stateOf(await calls.state(chat.id));
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
}

/** Leaves a chat. One that the instance does not know needs no leaving. */
export async function leave({ calls }: ScriptedParts, chat: LiveChat): Promise<'left' | 'gone'> {
  try {
    await calls.end(chat.id);
    return 'left';
  } catch (error) {
    if (error instanceof ApiFailure && error.kind === 'not_found') return 'gone';
    throw error;
  }
}
