import type { ChatId, LiveChat } from '../../conversation/types';
import type { OpenedChat, OpenRequest, Unavailable } from '../../engine/ports';
import { brief, summary } from '../brief';
import { nextOpening } from '../hours';
import { isNotThere } from '../not-there';
import { queueOf } from '../queue-of';
import { withoutTags } from '../without-tags';
import type { ScriptedParts } from './parts';
import { stateOf } from './rows';
import type { Opened } from './schema';

/** Opens a chat in the queue that the hand-off asks for; for the same hand-off the instance opens it once. */
export async function open(parts: ScriptedParts, request: OpenRequest): Promise<OpenedChat> {
  const { calls, texts, options } = parts;
  const { agentLocale: locale, longestMessage: longest } = options;
  const { handoff, user, token } = request;
  const subject = summary(handoff);
  const chat = {
    externalId: token,
    queue: queueOf(parts, request),
    firstMessage: brief({ ...request, texts, locale, longest }),
    ...(subject === '' ? {} : { subject }),
    ...(user.email ? { userEmail: user.email } : {}),
  };
  return openedChat(parts, request, await calls.open(chat));
}

/** The chat that the instance knows by the hand-off's token. */
export async function findOpened(parts: ScriptedParts, request: OpenRequest): Promise<OpenedChat | undefined> {
  const [found] = await parts.calls.find(request.token);
  return found && openedChat(parts, request, found);
}

/** Whether the queue of this hand-off is closed. Its own words are those of the admin. */
export async function unavailable(parts: ScriptedParts, request: OpenRequest): Promise<Unavailable | undefined> {
  const { calls, clock, options } = parts;
  if (options.availability === 'off') return undefined;
  try {
    const queue = await calls.queue(queueOf(parts, request));
    if (queue.open) return undefined;
    const opens = options.hours && nextOpening(options.hours, clock.now());
    return { ...(queue.message ? { words: withoutTags(queue.message) } : {}), ...(opens ? { opens } : {}) };
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
}

function openedChat(parts: ScriptedParts, request: OpenRequest, found: Opened): OpenedChat {
  const { handoff } = request;
  const chat: LiveChat = {
    id: found.conversationId as ChatId,
    handoff: handoff.id,
    queue: found.queue ?? queueOf(parts, request),
    ...(found.id ? { entry: found.id } : {}),
    ...(found.number ? { number: found.number } : {}),
    summary: summary(handoff),
    openedAt: parts.clock.now(),
  };
  return { chat, state: stateOf(found) };
}
