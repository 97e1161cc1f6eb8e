import { ApiFailure } from '../../conversation/failures';
import type { LiveChat } from '../../conversation/types';
import type { DeskParts } from './parts';

/** Leaves a chat. One that is over, or that ServiceNow does not know, needs no leaving. */
export async function leave(parts: DeskParts, chat: LiveChat): Promise<'left' | 'gone'> {
  try {
    await parts.calls.leave(chat.id);
    return 'left';
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    if (error.kind === 'not_found' || error.kind === 'conflict') return 'gone';
    if (error.kind === 'refused' && (await parts.queueState(chat))?.state === 'ended') return 'gone';
    throw error;
  }
}
