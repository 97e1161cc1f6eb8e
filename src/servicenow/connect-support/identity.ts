import { ApiFailure } from '../../conversation/failures';
import type { LiveChat } from '../../conversation/types';
import type { Log } from '../../engine/ports';
import type { Self } from './rows';
import type { Message } from './schema';

/** Finds out who we are in threads: our own words must not come back to the employee as the agent's. */
export interface Identity {
  of(chat: LiveChat): Promise<Self>;
  /** A row that is known to be ours. */
  learn(own: Message): void;
}

export interface IdentityParts {
  readonly userName?: string;
  readonly systemUser: string;
  readonly profileOf: (user: string) => Promise<string>;
  /** The row that opened the chat, from the start of its thread. */
  readonly openingRow: (chat: LiveChat) => Promise<Message | undefined>;
  readonly log: Log;
}

/**
 * A user name is enough. Without one (OAuth client credentials) the profile of the user who opened the chat is asked for, once;
 * where the instance does not tell, the row that opened the chat shows who wrote it. What our posts are answered with counts too.
 */
export function makeIdentity(parts: IdentityParts): Identity {
  const userNames = new Set(parts.userName === undefined ? [] : [parts.userName.toLowerCase()]);
  const profiles = new Set<string>();
  const self = { userNames, profiles };
  const isKnown = () => userNames.size + profiles.size > 0;
  const ask = makeProfiles(parts.profileOf);
  const learn = ({ created_by, profile }: Message) => {
    if (created_by === parts.systemUser) return;
    if (created_by !== undefined) userNames.add(created_by.toLowerCase());
    if (profile !== undefined) profiles.add(profile);
  };
  let complained = false;
  return {
    learn,
    async of(chat) {
      if (isKnown()) return self;
      const profile = chat.user === undefined ? undefined : await ask(chat.user);
      if (profile !== undefined) profiles.add(profile);
      const opening = isKnown() ? undefined : await parts.openingRow(chat);
      if (opening) learn(opening);
      if (!isKnown() && !complained) parts.log.warn('servicenow_own_user_unknown', { live_chat_id: chat.id });
      complained ||= !isKnown();
      return self;
    },
  };
}

/** Asks for each user once. An instance that does not tell is not asked again; one that does not answer is. */
function makeProfiles(profileOf: IdentityParts['profileOf']): (user: string) => Promise<string | undefined> {
  const asked = new Map<string, Promise<string | undefined>>();
  const ask = async (user: string) => {
    try {
      return await profileOf(user);
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      if (!passes(error)) return undefined;
      asked.delete(user);
      throw error;
    }
  };
  return (user) => {
    const answer = asked.get(user) ?? ask(user);
    asked.set(user, answer);
    return answer;
  };
}

function passes({ kind }: ApiFailure): boolean {
  return kind === 'unreachable' || kind === 'throttled' || kind === 'unauthorized';
}
