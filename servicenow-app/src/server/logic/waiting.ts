import type { Chat } from './chat';
import { byId, type Glide } from './glide';
import { platform } from './names';

/** A chat's place in its queue, counted from 1, and how long the queue says that people wait. */
export interface Place {
  readonly position?: number;
  readonly estimatedWait?: string;
}

const mostCounted = 1_000;

export function placeOf(glide: Glide, chat: Chat): Place {
  const { conversationId: _, ...place } = places(glide, [chat])[0] ?? { conversationId: '' };
  return place;
}

/** The places of chats that wait, with as few questions as there are queues. */
export function places(glide: Glide, chats: readonly Chat[]): (Place & { readonly conversationId: string })[] {
  const queues = new Map([...new Set(chats.map((chat) => chat.queue))].map((queue) => [queue, lineOf(glide, queue)]));
  return chats.map((chat) => {
    const line = queues.get(chat.queue);
    const position = (line?.items.indexOf(chat.workItem) ?? -1) + 1;
    return {
      conversationId: chat.conversation,
      ...(position > 0 ? { position } : {}),
      ...(line?.wait ? { estimatedWait: line.wait } : {}),
    };
  });
}

/** The work items that wait in a queue, in their order, and how long it says that people wait. */
export function lineOf(glide: Glide, queue: string) {
  const where = [
    ['queue', '=', queue],
    ['active', '=', '1'],
    ['state', 'IN', ['queued', 'pending_accept', 'offered']],
  ] as const;
  const rows = glide.records.find({ table: platform.workItem, where, order: 'sys_created_on', limit: mostCounted });
  const wait = byId(glide, platform.queue, queue)?.average_wait_time ?? '';
  return { items: rows.map((row) => row.sys_id ?? ''), wait };
}
