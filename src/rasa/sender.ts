import { createHash } from 'node:crypto';
import type { ConversationKey } from '../conversation/types';

/** Where the assistant's name for a conversation comes from; `from.id` keeps the records of Rasa's own Bot Framework channel. */
export type SenderFrom = 'conversation' | 'from.id';

/**
 * The name under which the assistant keeps a conversation: always the same for one key, and by default another for every
 * key, made only of characters that can stand in a path unescaped.
 */
export function senderFor(key: ConversationKey, from: SenderFrom = 'conversation'): string {
  if (from === 'conversation') return hashed(key);
  return userIn(key) ?? hashed(key);
}

/** The assistant does not decode its paths: a name with other characters would read somebody else's records. */
export function canStandInPath(sender: string): boolean {
  return /^[A-Za-z0-9._~:-]+$/.test(sender) && !/^\.{1,2}$/.test(sender);
}

function hashed(key: ConversationKey): string {
  return `teams-${createHash('sha256').update(key).digest('base64url').slice(0, 32)}`;
}

/** A key ends with the user's id, encoded. */
function userIn(key: ConversationKey): string | undefined {
  try {
    return decodeURIComponent(key.split('/').at(-1) ?? '') || undefined;
  } catch {
    return undefined; // not a key of encoded parts: the hash serves any key
  }
}
