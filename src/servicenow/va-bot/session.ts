import { createHash } from 'node:crypto';
import type { ChatId, Employee } from '../../conversation/types';

/** Our name for one chat: the word that its hand-off has and no other. The instance echoes it with everything that belongs to the chat. */
export function isChat(text: string): text is ChatId {
  return /^TC-[0-9A-F]{12}$/.test(text);
}

/** Our name for one employee: the instance treats one request of each at a time. */
export function userIdOf({ aadObjectId, id }: Employee): string {
  return `teams-${createHash('sha256')
    .update(aadObjectId ?? id)
    .digest('hex')
    .slice(0, 32)}`;
}
