import { newId, type World } from '../model/world';
import type { BotConversation, Item, Parcel } from './records';
import { attachmentsOf, type BotRequest, textOf } from './request';

/** What stands around the items of a callback. */
export interface Telling {
  /** The request that this answers. */
  readonly answers?: BotRequest;
  readonly completed?: boolean;
  readonly takeControl?: boolean;
  readonly score?: number;
  /** Goes with what was said just before, where that has not been sent. */
  readonly joins?: boolean;
}

/** Lays items out to be called back with. What the Virtual Agent itself says is not heard while the client wants silence. */
export function tell(world: World, conversation: BotConversation, items: readonly Item[], how: Telling = {}): void {
  const { outbox } = world.state.bot;
  const heard = conversation.silent ? items.filter((item) => !isOwnWord(item)) : items;
  if (heard.length === 0 && items.length > 0 && !how.completed) return;
  const last = how.joins ? outbox.at(-1) : undefined;
  const envelope = envelopeOf(world, conversation, how);
  const parcel: Parcel = {
    conversation: conversation.id,
    items: [...heard],
    envelope,
    answers: how.answers ? conversation.inFlight : null,
  };
  world.keep();
  if (last?.conversation !== conversation.id) outbox.push(parcel);
  else outbox.splice(-1, 1, { ...last, items: [...last.items, ...heard], envelope });
}

function isOwnWord({ uiType, agentInfo }: Item): boolean {
  return uiType !== 'ActionMsg' && agentInfo === undefined;
}

function envelopeOf(world: World, conversation: BotConversation, how: Telling): Record<string, unknown> {
  const { answers, completed, takeControl, score } = how;
  const { clientSessionId, userId, clientVariables, phase } = conversation;
  const { idsInCallbacks, agentChatWhileWaiting } = world.state.config;
  const requestId = answers ? answers.requestId : unaskedId(world, conversation);
  const isWithAgent = phase === 'live' || (phase === 'waiting' && agentChatWhileWaiting);
  return {
    ...(requestId ? { requestId } : {}),
    ...(clientSessionId === null ? {} : { clientSessionId }),
    userId,
    ...(clientVariables === null ? {} : { clientVariables }),
    ...(answers && isSaying(answers) ? { message: answers.message } : {}),
    ...(idsInCallbacks === 'on' ? { interactionId: conversation.interactionId } : {}),
    ...(isWithAgent ? { agentChat: true } : {}),
    ...(completed ? { completed: true } : {}),
    ...(takeControl ? { takeControl: true } : {}),
    ...(score === undefined ? {} : { score }),
  };
}

/** In what no request asked for stands the platform's latest, or one that nobody knows. */
function unaskedId(world: World, { requestId }: BotConversation): string | null {
  return world.state.config.requestIdMode === 'fresh' ? newId(world) : requestId;
}

function isSaying(request: BotRequest): boolean {
  return textOf(request) !== '' || attachmentsOf(request).length > 0;
}
