import { z } from 'zod';
import { ApiFailure } from '../conversation/failures';
import type { Clock, Log } from '../engine/ports';
import { readJson } from '../upstream/answers';
import { type Answer, makeCaller } from '../upstream/call';
import { onlyTo } from '../upstream/reach';
import { deskOptions } from './options';
import { makePaths } from './paths';
import type { Profile } from './profiles';
import { scriptedOptions } from './scripted/options';
import { makeAuthorization, type ServiceNowAuth } from './tokens';
import { botOptions } from './va-bot/options';

export interface AutoSettings {
  readonly url: string;
  readonly auth: ServiceNowAuth;
  readonly timeoutMs: number;
  /** sys_id of the default queue; empty where none is given. */
  readonly queue: string;
  /** Whether callbacks could be taken. */
  readonly takesCallbacks: boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** The profile that the instance has, and by what it was known. */
export interface Choice {
  readonly name: Profile['name'];
  readonly because: string;
}

/** What each profile is known by; the one with the best guarantees first. Only GETs: nothing is changed on the instance. */
const signs: readonly { readonly name: Profile['name']; readonly because: string }[] = [
  { name: 'scripted', because: 'the application Teams Live Chat is installed' },
  { name: 'va-bot', because: 'the Virtual Agent Bot Integration API is there, and callbacks can be taken' },
  { name: 'connect-support', because: 'the queue is one of Connect Support' },
];

const again = { firstMs: 2_000, longestMs: 30_000 };

/**
 * Looks which of the ways to talk to an instance this one has. Throws {@link NoProfile} when it has none; waits, and says so, as long as
 * it does not answer.
 */
export async function chooseProfile(settings: AutoSettings): Promise<Choice> {
  for (let pauseMs = again.firstMs; ; pauseMs = Math.min(again.longestMs, pauseMs * 2)) {
    try {
      return await choose(settings);
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      settings.log.warn('profile_undecided', { kind: error.kind, status: error.status });
      await new Promise<void>((resolve) => void settings.clock.after(pauseMs, resolve));
    }
  }
}

/** The same once. Throws an ApiFailure when the instance does not answer. */
export async function choose(settings: Omit<AutoSettings, 'log'>): Promise<Choice> {
  const { url, auth, timeoutMs, queue, clock } = settings;
  const fill = makePaths(url, (text) => /^[0-9a-f]{32}$/.test(text));
  const call = makeCaller('servicenow', { reach: onlyTo(url) });
  const authorization = makeAuthorization({ auth, call, tokenUrl: fill('/oauth_token.do'), timeoutMs, clock });
  const get = async (address: string) => {
    const headers = { accept: 'application/json', authorization: await authorization.current() };
    const answer = await call({ method: 'GET', url: address, headers, timeoutMs });
    if (answer.status === 401 || answer.status === 429 || answer.status >= 500 || isPage(answer))
      throw noAnswer(answer);
    return answer;
  };
  const isThere: Record<Profile['name'], () => Promise<boolean>> = {
    scripted: async () => hasLog(await get(fill(`${scriptedOptions.parse({}).base}/changes`))),
    'va-bot': async () => settings.takesCallbacks && isResource(await get(fill(botOptions.parse({}).path))),
    'connect-support': async () =>
      queue !== '' && isQueue(await get(fill(deskOptions.parse({}).paths.queue, { queue }))),
  };
  try {
    for (const sign of signs) if (await isThere[sign.name]()) return sign;
  } finally {
    call.close();
  }
  throw new NoProfile();
}

/** The instance answers, and has none of the interfaces. */
export class NoProfile extends Error {
  override readonly name = 'NoProfile';

  constructor() {
    super(
      'SERVICENOW_PROFILE is auto, and the instance shows none of the three interfaces to this account; it should be one of connect-support, va-bot and scripted (npm run doctor says what is missing for each)',
    );
  }
}

function hasLog(answer: Answer): boolean {
  return holds(answer, z.looseObject({ result: z.looseObject({ last: z.number() }) }));
}

function isQueue(answer: Answer): boolean {
  return holds(answer, z.looseObject({ result: z.looseObject({}) }));
}

/** It takes only POSTs, so a GET is refused; a path that nobody has is refused as no resource (wording unverified). */
function isResource({ status, text }: Answer): boolean {
  return (
    status === 405 ||
    (status < 500 && status !== 403 && status !== 404 && !/does not represent any resource/i.test(text))
  );
}

function holds(answer: Answer, shape: z.ZodType): boolean {
  if (answer.status !== 200) return false;
  try {
    readJson('servicenow', answer, shape, 'looking for a profile');
    return true;
  } catch {
    return false;
  }
}

/** A page of HTML: the instance sleeps, or this is another server. */
function isPage({ headers, text }: Answer): boolean {
  return /\bhtml\b/i.test(headers['content-type'] ?? '') || /^\s*</.test(text);
}

function noAnswer({ status }: Answer): ApiFailure {
  const kind = status === 401 ? 'unauthorized' : status === 429 ? 'throttled' : 'unreachable';
  const message = `servicenow: looking for a profile was answered ${status}`;
  return new ApiFailure({ upstream: 'servicenow', kind, certain: true, message, status });
}
