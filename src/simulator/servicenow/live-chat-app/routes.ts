import { type Handler as AppHandler, answer, routes } from '#live-chat-app/server/logic/routes';
import { type Answer, failure, json, Refused } from '../platform/answer';
import type { Call, Handler } from '../platform/call';
import { glideOf } from './glide';

/** The application's own routes, run by its own code, where it is installed. */
export const appRoutes: Readonly<Record<string, Handler>> = Object.fromEntries(
  Object.entries(routes).map(([route, handler]) => [
    route.replace(/\{(\w+)\}/g, ':$1'),
    (call: Call) => answerApp(call, handler),
  ]),
);

function answerApp(call: Call, handler: AppHandler): Answer {
  const { world, incoming, caller, params, body, fault } = call;
  if (!world.state.config.appInstalled)
    throw new Refused(failure(400, `Requested URI does not represent any resource: ${incoming.path}`));
  // Agents do not have the role of the connector.
  if (caller.agent !== null) throw new Refused(failure(403, 'User Not Authorized', 'Failed API level ACL Validation'));
  const query = Object.fromEntries(incoming.query);
  const file = { type: incoming.headers['content-type'] ?? '', data: incoming.bytes };
  const request = { path: params, query, body, ...(incoming.path.endsWith('/files') ? { file } : {}) };
  const found = answer(glideOf(world, { user: caller.sysId, fault }), handler, request);
  call.effects.push(...idsIn(found.body));
  if (found.body === undefined) return { status: found.status, headers: {}, body: '' };
  const headers: Record<string, string> =
    found.retryAfter === undefined ? {} : { 'retry-after': String(found.retryAfter) };
  return json(found.status, found.body, headers);
}

/** What came into being: a chat, or a message. */
function idsIn(body: unknown): string[] {
  const { result } = (body ?? {}) as { result?: { conversationId?: string; messageId?: string } };
  return [result?.messageId, result?.conversationId].filter((id) => id !== undefined && id !== '') as string[];
}
