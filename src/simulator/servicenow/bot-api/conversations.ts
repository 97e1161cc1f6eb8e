import { makeUser } from '../model/fixture';
import type { User } from '../model/state';
import { newId, now, type World } from '../model/world';
import type { BotConversation } from './records';
import type { BotRequest } from './request';

/** The conversation that the employee has, if one goes on. */
export function ongoing({ state: { bot } }: World, userId: string): BotConversation | undefined {
  const found = bot.conversations[bot.byUser[userId] ?? ''];
  return found?.phase === 'ended' ? undefined : found;
}

/** The conversation of which a chat of the desk is a part. */
export function conversationOf({ state: { bot } }: World, chat: string): BotConversation | undefined {
  const found = bot.conversations[bot.byChat[chat] ?? ''];
  return found?.chat === chat ? found : undefined;
}

/** The employee's conversation: the one that goes on, or a new one. */
export function conversationFor(world: World, request: BotRequest): BotConversation {
  const found = ongoing(world, request.userId);
  if (found) return found;
  const { bot } = world.state;
  const account = accountOf(world, request.emailId ?? '');
  const conversation: BotConversation = {
    id: newId(world),
    interactionId: newId(world),
    userId: request.userId,
    emailId: request.emailId ?? null,
    requesterId: (account ?? guestOf(world)).sysId,
    linked: account !== undefined,
    clientSessionId: null,
    clientVariables: null,
    contextVariables: {},
    timezone: null,
    appInboundId: null,
    silent: false,
    phase: 'bot',
    startedAt: now(world),
    requestId: null,
    inFlight: null,
    requests: 0,
    asked: false,
    chat: null,
    toldAgent: null,
    toldTransfer: false,
    remindedOf: null,
    transcript: [],
    typing: false,
    receipts: {},
    files: [],
  };
  bot.conversations[conversation.id] = conversation;
  bot.byUser[request.userId] = conversation.id;
  return conversation;
}

/** The request is answered: the next one is not ignored any more. */
export function settle(world: World, id: string, answered: string | null): void {
  const conversation = world.state.bot.conversations[id];
  if (!conversation || answered === null || conversation.inFlight !== answered) return;
  conversation.inFlight = null;
  world.keep();
}

/** The only user with exactly this address, where accounts are linked. */
function accountOf({ state }: World, email: string): User | undefined {
  const { accountLinking, messageAuth } = state.config;
  const links = accountLinking === 'always' || (accountLinking === 'withMessageAuth' && messageAuth !== null);
  if (!links || email === '') return undefined;
  const [user, ...others] = Object.values(state.users).filter((each) => each.email === email && each.active);
  return others.length === 0 ? user : undefined;
}

/** Whoever has no account here. */
export function guestOf(world: World): User {
  const guest = makeUser({ userName: 'guest', name: 'Guest', password: newId(world) });
  world.state.users[guest.sysId] ??= guest;
  return world.state.users[guest.sysId] ?? guest;
}
