import { newId, now, platformNow, type World } from '../model/world';
import type { BotConversation, Line } from './records';
import type { BotRequest, HistoryLine } from './request';

/** Keeps what the client tells of earlier: with the first request, or when it is sent as such. */
export function keepHistory(world: World, conversation: BotConversation, request: BotRequest): void {
  const isTaken =
    conversation.requests <= 1 || request.action === 'SEND_HISTORY' || world.state.config.historyInOngoing;
  if (!isTaken) return;
  for (const line of request.history ?? []) conversation.transcript.push(lineOf(world, line));
}

/** Keeps what is said with the Virtual Agent. */
export function keepLine(
  world: World,
  { transcript, requesterId }: BotConversation,
  said: Pick<Line, 'author' | 'text'>,
) {
  const name = said.author === 'system' ? 'Virtual Agent' : (world.state.users[requesterId]?.name ?? '');
  transcript.push({ id: newId(world), name, at: platformNow(world), ...said });
}

function lineOf(world: World, { displayName, isBotMessage, timestamp, value }: HistoryLine): Line {
  const at = Number(timestamp);
  const author = isBotMessage ? 'system' : 'requester';
  return { id: newId(world), author, name: displayName, text: value, at: Number.isFinite(at) ? at : now(world) };
}
