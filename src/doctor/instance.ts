import type { Config } from '../config/config';
import { ApiFailure } from '../conversation/failures';
import { machineTime, makeClock } from '../engine/clock';
import type { DeskOptions } from '../servicenow/options';
import { makeIsId, makePaths } from '../servicenow/paths';
import { makeAuthorization } from '../servicenow/tokens';
import type { Answer, Caller } from '../upstream/call';
import { once } from './once';

/** How far one gets with the configured account. `unreached`: the instance itself does not answer as it should. */
export type SignedIn =
  | { readonly state: 'in'; readonly queue: Answer }
  | { readonly state: 'unreached' }
  | { readonly state: 'no_id' }
  | { readonly state: 'silent'; readonly failure: ApiFailure }
  | { readonly state: 'refused'; readonly by: 'the token request' | 'the instance'; readonly status?: number };

type Ids = Readonly<Record<string, string>>;
type Query = Readonly<Record<string, string | number>>;

/** The configured ServiceNow instance, as far as the doctor asks it. */
export interface Instance {
  /** What it answers to somebody who does not sign in. Rejects with an {@link ApiFailure}. */
  readonly door: () => Promise<Answer>;
  /** Signs in, once: an account is locked after some wrong attempts. */
  readonly signedIn: () => Promise<SignedIn>;
  /** Reads as the service account. To be called only when {@link signedIn} said `in`. */
  get(template: string, ids?: Ids, query?: Query): Promise<Answer>;
  readonly isId: (text: string) => boolean;
}

export function makeInstance(settings: Config['serviceNow'], options: DeskOptions, call: Caller): Instance {
  const { url, auth, timeoutMs, queue } = settings;
  const isId = makeIsId(options.idPattern);
  const fill = makePaths(url, isId);
  const clock = makeClock(machineTime);
  const authorization = makeAuthorization({ auth, call, tokenUrl: fill(options.paths.token), timeoutMs, clock });
  const accept = 'application/json';
  const get = async (template: string, ids: Ids = {}, query: Query = {}) => {
    const headers = { accept, authorization: await authorization.current() };
    return call({ method: 'GET', url: fill(template, ids, query), headers, timeoutMs });
  };
  const door = once(() => call({ method: 'GET', url: fill(options.paths.entries), headers: { accept }, timeoutMs }));
  const signedIn = once(async (): Promise<SignedIn> => {
    const answer = await door().catch(() => undefined);
    if (!answer || !isInstance(answer)) return { state: 'unreached' };
    const refused = await authorization.current().then(() => undefined, refusalOf);
    if (refused) return { state: 'refused', by: 'the token request', ...refused };
    const needsQueue = settings.profile !== 'va-bot';
    if (needsQueue && !isId(queue)) return { state: 'no_id' };
    const first = await (needsQueue ? get(options.paths.queue, { queue }) : get(options.paths.entries)).catch(
      failureIn,
    );
    if (first instanceof ApiFailure) return { state: 'silent', failure: first };
    if (first.status === 401) return { state: 'refused', by: 'the instance', status: 401 };
    return { state: 'in', queue: first };
  });
  return { door, signedIn, get, isId };
}

/** An instance wants to know who calls; few let somebody see something who does not say it. */
export function isInstance(answer: Answer): boolean {
  return isData(answer) && [200, 401, 403].includes(answer.status);
}

/** Pages are what a sleeping instance, a login or a proxy sends. */
export function isData({ headers, text }: Answer): boolean {
  return /\bjson\b/i.test(headers['content-type'] ?? '') || /^\s*[{[]/.test(text);
}

function failureIn(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  throw error;
}

function refusalOf(error: unknown): { readonly status?: number } {
  return error instanceof ApiFailure && error.status !== undefined ? { status: error.status } : {};
}
