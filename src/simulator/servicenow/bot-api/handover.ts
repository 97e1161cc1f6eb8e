import { openChat } from '../model/chats';
import { isOpen } from '../model/queues';
import type { Queue } from '../model/state';
import { newId, userOf, type World } from '../model/world';
import { hear } from './employee';
import { outputText, waiting } from './items';
import { tell } from './outbox';
import type { BotConversation, Item } from './records';
import { attachmentsOf, type BotRequest, textOf } from './request';

/** A request that was let in, and whether the platform takes it in twice. */
export interface Admitted {
  readonly conversation: BotConversation;
  readonly request: BotRequest;
  readonly twice: boolean;
}

/** Puts the employee into the queue of live agents, or says that nobody is there. */
export function handOver(world: World, admitted: Admitted, first: readonly Item[] = []): void {
  const { conversation, request } = admitted;
  const queue = queueFor(world, conversation);
  const { standByWording, noAgentsWording } = world.state.config;
  const isThere = queue !== undefined && isOpen(world, queue);
  if (!isThere || !isAnyAgentThere(world)) {
    conversation.phase = 'ended';
    const text = queue && !isThere ? queue.notAvailable : noAgentsWording;
    tell(world, conversation, [...first, outputText(text, newId(world))], { answers: request, completed: true });
    return;
  }
  beginWaiting(world, admitted, queue);
  const items = [...first, outputText(standByWording, newId(world)), ...waiting(world, queue.id)];
  tell(world, conversation, items, { answers: request, score: 1 });
}

/** The first chat of a conversation has its id. */
function beginWaiting(world: World, { conversation, request, twice }: Admitted, queue: Queue): void {
  const id = world.state.chats[conversation.id] ? newId(world) : conversation.id;
  world.state.bot.byChat[id] = conversation.id;
  conversation.chat = id;
  conversation.phase = 'waiting';
  conversation.toldAgent = null;
  conversation.toldTransfer = false;
  const requester = userOf(world, conversation.requesterId);
  const message = textOf(request);
  openChat(world, { requester, queueId: queue.id, message, unsaid: message === '', twice, id });
  if (attachmentsOf(request).length > 0) hear(world, { conversation, request, twice: false, withoutText: true });
}

/** The queue that a context variable names, or the one that chats wait in by default. */
function queueFor(world: World, { contextVariables }: BotConversation): Queue | undefined {
  const { queues, config } = world.state;
  const [first] = Object.values(queues);
  const named = contextVariables[config.queueVariable];
  const known = Object.values(queues).find(({ id, name }) => id === named || name === named);
  return known ?? (config.liveAgentQueue === null ? first : queues[config.liveAgentQueue]);
}

function isAnyAgentThere({ state }: World): boolean {
  return Object.values(state.users).some((user) => user.agent?.available);
}
