import { ApiFailure } from '../../conversation/failures';
import type { OpenRequest, Unavailable } from '../../engine/ports';
import { nextOpening } from '../hours';
import { isNotThere } from '../not-there';
import { queueOf } from '../queue-of';
import { withoutTags } from '../without-tags';
import type { DeskParts } from './parts';

/** Whether nobody takes chats in the queue of this hand-off. An instance that does not have the call is not asked again for a while. */
export function makeAvailability(): (parts: DeskParts, request: OpenRequest) => Promise<Unavailable | undefined> {
  let from = 0;
  return async (parts, request) => {
    const { clock, options } = parts;
    if (options.availability === 'off' || clock.now() < from) return undefined;
    try {
      return await unavailable(parts, queueOf(parts, request));
    } catch (error) {
      const isUseless = isNotThere(error) || (error instanceof ApiFailure && error.kind === 'malformed');
      if (!isUseless) throw error;
      from = clock.now() + options.listRetryMs;
      return undefined;
    }
  };
}

/** A queue says why it is closed only when it is. */
async function unavailable({ calls, clock, options }: DeskParts, queue: string): Promise<Unavailable | undefined> {
  const { not_available: words } = await calls.queue(queue);
  const opens = options.hours && nextOpening(options.hours, clock.now());
  if (words !== undefined) return { words: withoutTags(words), ...(opens ? { opens } : {}) };
  if (options.availability !== 'agents' || (await calls.agents(queue)) > 0) return undefined;
  return {};
}
