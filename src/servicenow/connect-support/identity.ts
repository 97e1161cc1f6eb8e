import { ApiFailure } from '../../conversation/failures';
import type { LiveChat } from '../../conversation/types';
import type { Self } from './rows';
import type { Message } from './schema';

/** Finds out who we are in threads: our own words must not come back to the employee as the agent's. */
export interface Identity {
  of(chat: LiveChat): Promise<Self>;
  /** A row that is known to be ours. */
  learn(own: Partial<Message>): void;
}

/**
 * A configured user name is enough. Without one (OAuth client credentials) the profile of the user who opened the chat is asked
 * for, and what our own rows say is remembered.
 */
export function makeIdentity(parts: {
  readonly userName?: string;
  readonly profileOf: (user: string) => Promise<string>;
}): Identity {
  let self: Self = parts.userName === undefined ? {} : { userName: parts.userName };
  const asked = new Map<string, Promise<string | undefined>>();
  const ask = (user: string) => {
    const known =
      asked.get(user) ?? parts.profileOf(user).catch((error: unknown) => unknown(error, () => asked.delete(user)));
    asked.set(user, known);
    return known;
  };
  return {
    async of({ user }) {
      if (self.userName !== undefined || self.profile !== undefined || user === undefined) return self;
      const profile = await ask(user);
      if (profile !== undefined) self = { ...self, profile };
      return self;
    },
    learn({ created_by, profile }) {
      self = { userName: self.userName ?? created_by, profile: self.profile ?? profile };
    },
  };
}

/** An instance that does not tell is not asked again; one that does not answer is. */
function unknown(error: unknown, forget: () => void): undefined {
  if (!(error instanceof ApiFailure)) throw error;
  if (error.kind === 'unreachable' || error.kind === 'throttled' || error.kind === 'unauthorized') {
    forget();
    throw error;
  }
  return undefined;
}
