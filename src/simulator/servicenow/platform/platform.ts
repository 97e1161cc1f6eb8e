import { guestOf } from '../bot-api/conversations';
import { isBotPath, isMediaPath } from '../bot-api/paths';
import type { FaultAction } from '../faults/rule';
import { Refusal } from '../model/refusal';
import type { User } from '../model/state';
import { now, type World } from '../model/world';
import { told } from './access';
import { type Answer, failure, Refused, unauthenticated } from './answer';
import type { Call, Incoming, Made } from './call';
import { identify } from './identity';
import { answerToken } from './oauth';
import { overRate } from './rates';
import { route } from './router';

const maxBodyBytes = 10 * 1024 * 1024;

/** What the instance answers to a request; what came into being is added to `made`. */
export function answerRequest(world: World, incoming: Incoming, fault: FaultAction, made: Made): Answer {
  if (incoming.path === '/oauth_token.do') return answerToken(world, incoming, fault);
  const refused = securityRefusal(incoming);
  if (refused) return refused;
  const caller = identify(world.state, incoming, now(world)) ?? strangerFor(world, incoming);
  if (!caller) return unauthenticated();
  const limited = overRate(world, incoming.path, caller.userName);
  return limited ?? answerCaller(world, incoming, caller, fault, made);
}

function answerCaller(world: World, incoming: Incoming, caller: User, fault: FaultAction, made: Made): Answer {
  const found = route(incoming.method, incoming.path);
  if (found.found === 'nothing') return failure(400, `Requested URI does not represent any resource: ${incoming.path}`);
  if (found.found === 'path') return failure(405, 'Method not supported', `${incoming.method} is not allowed here`);
  const wrong = formatRefusal(incoming);
  if (wrong) return wrong;
  const body = bodyOf(incoming);
  if (!body) return failure(400, 'Invalid request body', 'The payload is not valid JSON');
  return attempt({ world, incoming, caller, params: found.params, body, fault, ...made }, found.handler);
}

/** Who calls without credentials where the resource asks for none. */
function strangerFor(world: World, { path, headers }: Incoming): User | undefined {
  const asksNobody = isBotPath(path) && !world.state.config.botRequiresAuth && headers.authorization === undefined;
  return asksNobody ? guestOf(world) : undefined;
}

function attempt(call: Call, handler: (call: Call) => Answer): Answer {
  try {
    return handler(call);
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    if (error instanceof Refusal) return answerOf(error);
    throw error;
  }
}

function answerOf({ reason, message }: Refusal): Answer {
  switch (reason) {
    case 'forbidden':
    case 'conflict':
      return told(403, message);
    case 'not_found':
      return failure(404, 'No Record found', message);
    case 'invalid':
      return failure(400, message);
  }
}

/** A client that kept the session cookie must prove that a write is meant. */
function securityRefusal(incoming: Incoming): Answer | undefined {
  const keepsSession = /(^|;)\s*JSESSIONID=/.test(incoming.headers.cookie ?? '');
  if (!keepsSession || incoming.method === 'GET' || incoming.headers['x-usertoken']) return undefined;
  return { status: 302, headers: { location: '/security_interceptor.do' }, body: '' };
}

function formatRefusal(incoming: Incoming): Answer | undefined {
  const accept = incoming.headers.accept ?? '';
  if (!isMediaPath(incoming.path) && !/application\/json|application\/\*|\*\/\*/.test(accept))
    return failure(400, 'Invalid Accept header', 'application/json is what this resource has');
  if (writesJson(incoming) && !/^application\/json\b/.test(incoming.headers['content-type'] ?? ''))
    return failure(400, 'Invalid Content-Type header', 'application/json is what this resource takes');
  return undefined;
}

/** Everything that is written is JSON, but the bytes of a file. */
function writesJson({ method, path }: Incoming): boolean {
  const isFile =
    isMediaPath(path) || path === '/api/now/attachment/file' || /^\/api\/x_tlc\/live_chat\/.*\/files$/.test(path);
  return (method === 'POST' || method === 'PUT') && !isFile;
}

function bodyOf(incoming: Incoming): Record<string, unknown> | undefined {
  if (!writesJson(incoming)) return {};
  if (Buffer.byteLength(incoming.body) > maxBodyBytes) return undefined;
  try {
    const value: unknown = JSON.parse(incoming.body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
