import { randomUUID } from 'node:crypto';
import type { LiveChat, RowId } from '../../conversation/types';
import type { BotParts } from './parts';
import { sessionOf } from './posting';
import { rowId } from './rows';
import type { Threads } from './thread';

/** Tells the agent that the employee types, or only looks. */
export async function typing(parts: BotParts, chat: LiveChat, on: boolean): Promise<void> {
  const requestId = `${chat.id}-sign-${randomUUID()}`;
  const action = on ? 'TYPING' : 'VIEWING';
  await parts.calls.send({ ...sessionOf(chat), requestId, action, message: { text: '' } }, 'a typing sign');
}

/** Marks a message of the platform's as shown or not; one without an id of the platform cannot be named. */
export async function receipt(
  parts: BotParts,
  threads: Threads,
  chat: LiveChat,
  row: RowId,
  outcome: 'shown' | 'not_shown',
): Promise<void> {
  const { arrivals } = await threads.whole(chat.id);
  const id = arrivals.find(({ seq }) => rowId(seq) === row)?.body.item?.messageId;
  if (id === undefined) return;
  const message = [{ id, status: outcome === 'shown' ? 'sent_to_user' : 'external_error' }];
  const requestId = `${chat.id}-receipt-${row}`;
  await parts.calls.send({ ...sessionOf(chat), requestId, action: 'UPDATE_MESSAGES', message }, 'a receipt');
}
