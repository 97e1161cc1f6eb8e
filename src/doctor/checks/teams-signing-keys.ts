import { z } from 'zod';
import type { Answer } from '../../upstream/call';
import type { Check } from '../check';
import { broken, type Finding, good } from '../finding';
import { readAs } from '../json';
import type { DoctorParts } from '../parts';
import { reasonOf } from '../reasons';

const metadata = z.looseObject({ jwks_uri: z.url() });
const keySet = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })) });
const why = 'No turn of an employee can be checked: every one is answered with 503, and nothing happens.';

/** Whether the keys can be fetched by which turns from Teams are known to be genuine. */
export const teamsSigningKeys: Check = {
  id: 'teams.signing_keys',
  area: 'Microsoft Teams',
  async look(parts) {
    const { appId, metadataUrl } = parts.config.teams;
    if (!appId) return []; // without authentication nobody asks for keys
    const host = new URL(metadataUrl).host;
    try {
      return [await judged(parts, await parts.signingMetadata(), host)];
    } catch (error) {
      const { words, who, step } = reasonOf(error, 'network administrator');
      return [
        broken({ what: `Bot Framework's signing keys cannot be fetched from ${host}: ${words}.`, why, who, step }),
      ];
    }
  },
};

async function judged({ call }: DoctorParts, answer: Answer, host: string): Promise<Finding> {
  const found = answer.status === 200 ? readAs(answer.text, metadata) : undefined;
  if (!found) return notKeys(host, answer.status);
  const keys = await call({ method: 'GET', url: found.jwks_uri, timeoutMs: 10_000 });
  const usable = readAs(keys.text, keySet)?.keys.filter(({ kty }) => kty === 'RSA').length ?? 0;
  return keys.status === 200 && usable > 0
    ? good(`Bot Framework's signing keys can be fetched (${usable} keys).`)
    : notKeys(new URL(found.jwks_uri).host, keys.status);
}

function notKeys(host: string, status: number): Finding {
  return broken({
    what: `${host} does not answer with Bot Framework's signing keys (${status}).`,
    why,
    who: 'who runs the connector',
    step: 'Remove TEAMS_OPENID_METADATA_URL (or set it to the address of your national cloud); if it is right, look for a proxy that answers in place of Microsoft.',
  });
}
