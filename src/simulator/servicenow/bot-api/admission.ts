import { createHmac } from 'node:crypto';
import { newId, now, type World } from '../model/world';
import type { Call } from '../platform/call';
import { same } from '../platform/identity';
import { conversationFor, ongoing } from './conversations';
import type { BotConversation, RequestRecord } from './records';
import { type BotRequest, readRequest } from './request';

/** So many requests are remembered. */
const remembered = 10_000;

/** A request that something comes of, or why nothing does. */
export type Admission =
  | { readonly outcome: 'taken'; readonly request: BotRequest; readonly conversation: BotConversation }
  | { readonly outcome: Exclude<RequestRecord['outcome'], 'taken'> };

/** Whether anything comes of the request. The client is told the same in any case. */
export function admit(call: Call): Admission {
  const admission = judge(call);
  const { bot } = call.world.state;
  const { userId, requestId, action } = call.body;
  const about = { userId: textOr(userId), requestId: textOr(requestId), action: textOr(action) };
  bot.requests.push({ at: now(call.world), ...about, outcome: admission.outcome });
  if (bot.requests.length > remembered) bot.requests.splice(0, bot.requests.length - remembered);
  call.world.changed(null);
  return admission;
}

function judge(call: Call): Admission {
  const { world, body } = call;
  if (!isProven(call)) return { outcome: 'no_proof' };
  const request = readRequest(body);
  if (!request) return { outcome: 'malformed' };
  if (isRepeated(world, request)) return { outcome: 'repeated' };
  if (ongoing(world, request.userId)?.inFlight && !isBeside(request)) return { outcome: 'busy' };
  const conversation = conversationFor(world, request);
  remember(world, request, conversation);
  return { outcome: 'taken', request, conversation };
}

/** The token's place in the header wins over the one in the body. */
function isProven({ world, incoming, body }: Call): boolean {
  const { messageAuth } = world.state.config;
  if (messageAuth === null) return true;
  if (messageAuth.kind === 'token') return same(incoming.headers.token ?? String(body.token), messageAuth.token);
  const expected = createHmac('sha1', messageAuth.secret).update(incoming.bytes).digest('hex');
  return same(incoming.headers['x-b2b-signature'] ?? '', expected);
}

function isRepeated({ state: { bot } }: World, { userId, requestId }: BotRequest): boolean {
  return Boolean(requestId && bot.seen[`${userId}\n${requestId}`]);
}

/** What goes on beside the conversation, and waits for no answer. */
export function isBeside({ action }: BotRequest): boolean {
  return action === 'TYPING' || action === 'VIEWING' || action === 'UPDATE_MESSAGES';
}

function remember(world: World, request: BotRequest, conversation: BotConversation): void {
  const { requestId, userId, clientSessionId, clientVariables, contextVariables } = request;
  if (requestId) world.state.bot.seen[`${userId}\n${requestId}`] = true;
  conversation.clientSessionId = clientSessionId ?? conversation.clientSessionId;
  conversation.clientVariables = clientVariables ?? conversation.clientVariables;
  Object.assign(conversation.contextVariables, contextVariables);
  conversation.timezone = request.timezone ?? conversation.timezone;
  conversation.appInboundId = request.appInboundId ?? conversation.appInboundId;
  conversation.silent = request.silentMessage ?? conversation.silent;
  if (isBeside(request)) return;
  conversation.requestId = requestId ?? conversation.requestId;
  conversation.requests += 1;
  if (conversation.phase !== 'live') conversation.inFlight = requestId ?? newId(world);
}

function textOr(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
