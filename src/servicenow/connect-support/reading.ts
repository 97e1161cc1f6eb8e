import { readBackTo } from '../../conversation/cursor';
import type { ChatState } from '../../conversation/events';
import { ApiFailure } from '../../conversation/failures';
import type { Cursor, LiveChat } from '../../conversation/types';
import type { Clock, ThreadReading } from '../../engine/ports';
import { isOpening } from '../brief';
import { isNotThere } from '../not-there';
import type { DeskParts } from './parts';
import { rowOf } from './rows';
import type { Message, ThreadMessage } from './schema';
import { threadBackTo } from './thread';

/** How long rows that were read wait for what the queue says. */
const longestWaitMs = 1_000;

/** What a thread is read with. */
export type ThreadParts = Pick<DeskParts, 'calls' | 'options' | 'log'>;

/** The rows of a chat's thread, oldest first, back to one that is far enough or to the row that opened the chat. */
export function threadOf(
  { calls, options, log }: ThreadParts,
  chat: string,
  isFarEnough: (row: ThreadMessage) => boolean = () => false,
): Promise<ThreadMessage[]> {
  return threadBackTo(isFarEnough, {
    isStart: (row) => isOpening(wordsIn(row)),
    page: (before) => calls.page(chat, before),
    pageSize: options.pageSize,
    mostPages: options.mostPages,
    onOutOfReach: (why) => log.warn('servicenow_rows_out_of_reach', { live_chat_id: chat, why }),
  });
}

/** The first row of a thread that opens a chat of ours: nothing that an agent writes can come before it. */
export async function openingRow(parts: ThreadParts, chat: LiveChat): Promise<ThreadMessage | undefined> {
  return (await threadOf(parts, chat.id)).find((row) => isOpening(wordsIn(row)));
}

/** The words of a row as they were posted. */
export function wordsIn(row: Message): string {
  return row.message ?? row.formatted_message ?? '';
}

/** The rows of the pages back to where the cursor wants to be read from, and what the queue says. A page may bring older ones: they may be late. */
export async function read(parts: DeskParts, chat: LiveChat, cursor: Cursor): Promise<ThreadReading> {
  const since = readBackTo(cursor, parts.window);
  const rowsNow = () => threadOf(parts, chat.id, (row) => row.at < since);
  const asked = stateOrUnknown(parts, chat);
  const [self, early] = await Promise.all([parts.identity.of(chat), rowsNow()]);
  const state = await soon(parts.clock, asked);
  // The agent may have written between the two answers, and a chat that is over is not read again.
  const found = state.state === 'ended' ? await rowsNow().catch(insteadOfForbidden(early)) : early;
  if (cursor.time === 0) learnFrom(parts, found[0]);
  const { options, url } = parts;
  const reading = { self, systemUser: options.systemUser, instance: url, carriesFiles: options.files === 'on' };
  const rows = found.map((row) => rowOf(row, reading));
  return { rows, state };
}

/** An instance may not let us read what is over; what was read before holds then. Other failures go on. */
function insteadOfForbidden<T>(early: T): (error: unknown) => T {
  return (error) => {
    if (isNotThere(error)) return early;
    throw error;
  };
}

/** Whatever user name is configured: who opened the chat is us. Only the start of a thread shows it, others may quote it. */
function learnFrom({ identity }: DeskParts, first: ThreadMessage | undefined): void {
  if (first && isOpening(wordsIn(first))) identity.learn(first);
}

/** A thread that can be read is worth reading, whatever becomes of the other call. */
async function stateOrUnknown({ queueState }: DeskParts, chat: LiveChat): Promise<ChatState> {
  try {
    return (await queueState(chat)) ?? { state: 'unknown' };
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    return { state: 'unanswered' };
  }
}

/** Rows that are there do not wait long for the queue. */
function soon(clock: Clock, asked: Promise<ChatState>): Promise<ChatState> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(longestWaitMs, () => resolve({ state: 'unanswered' }));
    asked.finally(cancel).then(resolve, reject);
  });
}
