import type { Rating } from '../../conversation/end-of-chat';
import type { LiveChat } from '../../conversation/types';
import type { DeskParts } from './parts';

/**
 * Writes how content the employee was into a field of the chat's queue entry. This API has no place for it of its own, so that an
 * admin has to name one.
 */
export async function rate({ calls, options }: DeskParts, chat: LiveChat, rating: Rating): Promise<'kept' | 'none'> {
  if (!options.ratingField || chat.entry === undefined) return 'none';
  await calls.rate(chat.entry, options.ratingField, rating);
  return 'kept';
}
