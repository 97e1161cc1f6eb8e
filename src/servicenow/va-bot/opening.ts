import { ApiFailure } from '../../conversation/failures';
import { plainOf } from '../../conversation/marks';
import type { ChatId, LiveChat } from '../../conversation/types';
import type { OpenedChat, OpenRequest } from '../../engine/ports';
import { brief, summary } from '../brief';
import { queueOf } from '../queue-of';
import type { BotRequest } from './calls';
import type { BotParts } from './parts';
import { type Arrival, rowOf } from './rows';
import { userIdOf } from './session';
import { chatState, type Standing } from './standing';
import type { Threads } from './thread';

/** So often it is looked whether the instance has called back, milliseconds. */
const lookEveryMs = 200;
/** One request at a time: the instance drops a second one. An answer that takes longer than this is not waited for. */
const betweenRequestsMs = 3_000;

type Known = Awaited<ReturnType<Threads['whole']>>;

/**
 * Asks for an agent, and waits for the first callback that tells what came of it: the instance answers with success whatever it then
 * does. What is asked again has the ids of the first time, by which the instance knows it.
 */
export async function open(parts: BotParts, threads: Threads, request: OpenRequest): Promise<OpenedChat> {
  const chat = chatOf(parts, request);
  for (const [index, step] of stepsOf(parts, request).entries()) {
    const before = await threads.whole(chat.id);
    if (before.standing.state !== 'asked') break;
    await parts.calls.send({ ...step, requestId: `${chat.id}-open-${index + 1}` }, 'asking for an agent');
    const hasMore = index + 1 < stepsOf(parts, request).length;
    if (hasMore) await until(parts, threads, chat.id, betweenRequestsMs, (known) => isAnswered(before, known));
  }
  const known = await until(parts, threads, chat.id, parts.options.confirmMs, isDecided);
  if (known.standing.state === 'ended') throw nobodyThere(parts, known.arrivals);
  if (known.arrivals.length === 0) throw silent();
  return { chat, state: chatState(known.standing) };
}

/** The chat of this hand-off, if the instance has called back for it. */
export async function findOpened(
  parts: BotParts,
  threads: Threads,
  request: OpenRequest,
): Promise<OpenedChat | undefined> {
  const { arrivals, standing } = await threads.whole(request.token as ChatId);
  if (arrivals.length === 0 || standing.state === 'ended') return undefined;
  return { chat: chatOf(parts, request), state: chatState(standing) };
}

function chatOf(parts: BotParts, request: OpenRequest): LiveChat {
  const { handoff, token, user } = request;
  return {
    id: token as ChatId,
    handoff: handoff.id,
    queue: queueOf(parts, request),
    user: userIdOf(user),
    summary: summary(handoff),
    openedAt: parts.clock.now(),
    wordsWait: true,
  };
}

function stepsOf(parts: BotParts, request: OpenRequest): Omit<BotRequest, 'requestId'>[] {
  const { options } = parts;
  const common = { clientSessionId: request.token, userId: userIdOf(request.user) };
  const agent = { ...common, ...aboutEmployee(parts, request), action: 'AGENT', message: firstWords(parts, request) };
  switch (options.handover) {
    case 'agent':
      return [agent];
    case 'agent_twice':
      return [agent, agent];
    case 'start_text': {
      // The words start a topic: what the agent should know can only be the conversation's history.
      const brief = { displayName: options.botName, isBotMessage: true, type: 'text', value: agent.message.text };
      const history = [{ ...brief, timestamp: String(request.handoff.requestedAt) }];
      const message = { text: options.startText, typed: true };
      return [{ ...agent, history: [...(agent.history ?? []), ...history], action: 'START_CONVERSATION', message }];
    }
    case 'create_start_agent':
      return [
        { ...common, ...aboutEmployee(parts, request), action: 'CREATE_CONVERSATION' },
        { ...common, action: 'START_CREATED_CONVERSATION' },
        { ...common, action: 'AGENT', message: firstWords(parts, request) },
      ];
  }
}

/** Who is asking, and what routing may go by. */
function aboutEmployee(parts: BotParts, request: OpenRequest): Partial<BotRequest> {
  const { options } = parts;
  const { user, handoff } = request;
  const { timezone } = user;
  const queue = options.queueVariable ? { [options.queueVariable]: queueOf(parts, request) } : {};
  const contextVariables = {
    live_agent_only: 'true',
    requester_session_language: user.locale.split('-')[0] ?? user.locale,
    ...(timezone ? { deviceTimeZone: timezone } : {}),
    ...queue,
    ...options.contextVariables,
  };
  const history = handoff.transcript.map(({ at, who, text }) => ({
    displayName: who === 'user' ? user.name : options.botName,
    isBotMessage: who === 'bot',
    type: 'text',
    value: text,
    timestamp: String(at),
  }));
  return {
    ...(user.email ? { emailId: user.email } : {}),
    contextVariables,
    ...(timezone ? { timezone } : {}),
    ...(options.history === 'history' && history.length > 0 ? { history } : {}),
  };
}

/** The agent's brief; what was said stands in it unless it is sent as the conversation's history. */
function firstWords({ texts, options }: BotParts, request: OpenRequest) {
  const { agentLocale: locale, longestMessage: longest, history } = options;
  const { handoff, token } = request;
  const told = history === 'history' ? { ...handoff, transcript: handoff.transcript.slice(-1) } : handoff;
  const text = brief({ ...request, handoff: told, texts, locale, longest });
  return { text, typed: true, clientMessageId: `${token}-brief` };
}

/** What is known once it is enough, or when the time is over. */
async function until(
  { clock }: BotParts,
  threads: Threads,
  chat: ChatId,
  patienceMs: number,
  isEnough: (known: Known) => boolean,
): Promise<Known> {
  const end = clock.now() + patienceMs;
  for (;;) {
    const known = await threads.whole(chat);
    if (isEnough(known) || clock.now() >= end) return known;
    await new Promise<void>((resolve) => void clock.after(lookEveryMs, resolve));
  }
}

function isAnswered(before: Known, known: Known): boolean {
  return known.arrivals.length > before.arrivals.length;
}

function isDecided({ standing }: { readonly standing: Standing }): boolean {
  return standing.state !== 'asked' || standing.question !== undefined;
}

/** It said that nobody is there, in its own words. */
function nobodyThere({ options, url: instance }: BotParts, arrivals: readonly Arrival[]): ApiFailure {
  const said = arrivals.flatMap((one) => rowOf(one, { instance, options }) ?? []).map(({ text }) => plainOf(text));
  const words = said.join('\n');
  const message = 'servicenow: nobody takes the chat';
  const failure = { upstream: 'servicenow', kind: 'refused', certain: true, message } as const;
  return new ApiFailure({ ...failure, ...(words === '' ? {} : { words }) });
}

/** A token, a signature or a field that the instance does not like: it says so to nobody. Or its callbacks do not reach us. */
function silent(): ApiFailure {
  const message = 'servicenow: the request was taken, and no callback came';
  return new ApiFailure({ upstream: 'servicenow', kind: 'unreachable', certain: false, message });
}
