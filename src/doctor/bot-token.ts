import type { CredentialSettings } from '../teams/credentials';
import { makeCredentials } from '../teams/credentials';
import { failureOfStatus } from '../upstream/answers';
import type { Answer, Caller } from '../upstream/call';

/** Asks for the bot's token. Rejects with the failure of the call where it got no answer that can be used, else with Microsoft's refusal. */
export function makeBotToken(settings: CredentialSettings, call: Caller): () => Promise<string> {
  let outage: unknown;
  // The login library keeps to itself what happened to a call.
  const watched: Caller = async (outgoing) => {
    try {
      const answer = await call(outgoing);
      outage = isOutage(answer) ? failureOfStatus('teams', answer, 'a token') : undefined;
      return answer;
    } catch (error) {
      outage = error;
      throw error;
    }
  };
  const credentials = makeCredentials(settings, watched);
  return async () => {
    try {
      return (await credentials.fetch()).accessToken;
    } catch (error) {
      throw outage ?? error;
    }
  };
}

function isOutage({ status }: Answer): boolean {
  return status === 429 || status >= 500 || (status >= 300 && status < 400);
}
