import { type Answer, refusal, result } from './answer';
import { byId, type Fields, type Glide } from './glide';
import { isSysId, type Request } from './input';
import { platform, properties } from './names';
import { lineOf } from './waiting';

/** GET /queues/{queue}: whether a queue takes chats, and how many wait. */
export function showQueue(glide: Glide, request: Request): Answer {
  const queue = queueOf(glide, request.path.queue ?? '');
  const isOpen = takesChats(glide, queue);
  const { items, wait } = lineOf(glide, queue.sys_id ?? '');
  const message = isOpen ? '' : glide.property(properties.closedMessage);
  return result({
    open: isOpen,
    waiting: items.length,
    ...(wait === '' ? {} : { estimatedWait: wait }),
    ...(message === '' ? {} : { message }),
  });
}

/** Ends a request for a queue that is not there, or takes no chats just now. */
export function demandOpen(glide: Glide, id: string): void {
  if (!takesChats(glide, queueOf(glide, id))) throw refusal('closed', glide.property(properties.closedMessage));
}

function queueOf(glide: Glide, id: string): Fields {
  const queue = isSysId(id) ? byId(glide, platform.queue, id) : undefined;
  if (!queue) throw refusal('unknown_queue', 'There is no such queue');
  return queue;
}

/** A queue without a schedule is open all the time. */
function takesChats(glide: Glide, { active, schedule = '' }: Fields): boolean {
  return active !== '0' && (schedule === '' || glide.isWithin(schedule));
}
