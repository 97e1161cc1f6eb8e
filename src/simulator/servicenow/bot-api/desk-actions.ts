import { Refusal } from '../model/refusal';
import type { World } from '../model/world';
import { conversationOf } from './conversations';
import { typing } from './items';
import { tell } from './outbox';
import type { BotConversation, Item, RequestRecord } from './records';

/** What can be done to a conversation of the Bot Integration API beside what agents do with any chat. */
export interface BotActions {
  /** The agent types, or types no more. */
  typing(chat: string, on: boolean): void;
  /** Calls back with these items as they are; `id` is a chat's or a conversation's. */
  callBack(id: string, given: RawCallback): void;
  /** Every request, also those that nothing came of. */
  botRequests(): RequestRecord[];
}

/** A callback in a test's own words. */
export interface RawCallback {
  readonly items: readonly Item[];
  readonly completed?: boolean;
  readonly takeControl?: boolean;
  readonly score?: number;
}

export function makeBotActions(world: World): BotActions {
  return {
    typing: (chat, on) => tell(world, liveIn(world, chat), [typing(world, on)]),
    callBack: (id, { items, ...how }) => tell(world, conversationAt(world, id), items, how),
    botRequests: () => structuredClone(world.state.bot.requests),
  };
}

/** The chat that this id means: a chat's own, or the one of a conversation. */
export function chatIdOf({ state: { bot } }: World, id: string): string {
  return bot.conversations[id]?.chat ?? id;
}

function liveIn(world: World, chat: string): BotConversation {
  const conversation = conversationAt(world, chat);
  if (conversation.phase !== 'live') throw new Refusal('conflict', 'This chat has no agent');
  return conversation;
}

function conversationAt(world: World, id: string): BotConversation {
  const conversation = world.state.bot.conversations[id] ?? conversationOf(world, id);
  if (!conversation) throw new Refusal('not_found', 'There is no such conversation with the Virtual Agent');
  return conversation;
}
