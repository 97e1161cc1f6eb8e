import { ApiFailure } from '../../conversation/failures';
import type { ChatId, LiveChat } from '../../conversation/types';
import type { OpenedChat, OpenRequest } from '../../engine/ports';
import { brief, summary } from '../brief';
import { queueOf } from '../queue-of';
import type { DeskParts } from './parts';
import type { QueueEntry } from './schema';

/** Opens a chat in the queue that the hand-off asks for; its first message says who asks and what was said until then. */
export async function open(parts: DeskParts, request: OpenRequest): Promise<OpenedChat> {
  const { calls, texts, options } = parts;
  const { agentLocale: locale, longestMessage: longest } = options;
  const message = brief({ ...request, texts, locale, longest });
  return openedChat(parts, request, await calls.open(queueOf(parts, request), message));
}

/** The chat that a queue entry stands for. */
export function openedChat(parts: DeskParts, request: OpenRequest, entry: QueueEntry): OpenedChat {
  const { handoff } = request;
  if (entry.group === undefined || !parts.isId(entry.group)) {
    const message = 'servicenow: opening a chat was answered without a group that is an id';
    throw new ApiFailure({ upstream: 'servicenow', kind: 'malformed', certain: false, message });
  }
  const chat: LiveChat = {
    id: entry.group as ChatId,
    handoff: handoff.id,
    queue: entry.queue !== undefined && parts.isId(entry.queue) ? entry.queue : queueOf(parts, request),
    entry: entry.sys_id,
    number: entry.number,
    user: entry.opened_by,
    summary: summary(handoff),
    openedAt: parts.clock.now(),
  };
  return { chat, state: parts.stateOf(entry) };
}
