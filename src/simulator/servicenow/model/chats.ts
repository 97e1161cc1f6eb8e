import { isOpen, queueOf, waitingIn } from './queues';
import { Refusal } from './refusal';
import { addRow, addSystemRow, touch } from './rows';
import { type Chat, type EntryState, entryState, isEnded, type User } from './state';
import { withName } from './wordings';
import { newId, now, plan, platformNow, userOf, type World } from './world';

/** What a chat is opened with. */
export interface Opening {
  readonly requester: User;
  readonly queueId: string;
  readonly message: string;
  /** The platform stores the first message twice. */
  readonly twice?: boolean;
  /** The message says what the chat is about, and is not written into it. */
  readonly unsaid?: boolean;
  /** The conversation that the chat is, where there is one already. */
  readonly id?: string;
}

/** Opens a chat in a queue that takes chats. */
export function openChat(world: World, opening: Opening): Chat {
  const queue = queueOf(world, opening.queueId);
  if (!isOpen(world, queue)) throw new Refusal('forbidden', queue.notAvailable);
  return startChat(world, opening);
}

/** The requester goes: an accepted chat is closed by the client, a waiting one abandoned. */
export function leaveChat(world: World, chat: Chat): void {
  if (isEnded(chat)) throw new Refusal('conflict', 'This chat has ended');
  const { leaveWording } = world.state.config;
  addSystemRow(world, chat, leaveWording && withName(leaveWording, userOf(world, chat.requesterId).name));
  endChat(world, chat, chat.state === entryState.waiting ? entryState.closedAbandoned : entryState.closedByClient);
}

/** The requester comes back to a chat that no agent closed: it waits again. */
export function rejoinChat(world: World, chat: Chat): void {
  if (!isEnded(chat)) return;
  if (chat.state === entryState.closedComplete || chat.state === entryState.closedEscalated)
    throw new Refusal('forbidden', 'This support session has been closed.');
  requeue(world, chat, chat.queueId);
}

/** Ends this chat and goes on in another queue, under a new conversation id. */
export function escalateChat(world: World, chat: Chat, queueId: string): Chat {
  if (isEnded(chat)) throw new Refusal('conflict', 'This chat has ended');
  queueOf(world, queueId);
  const requester = userOf(world, chat.requesterId);
  const followUp = startChat(world, { requester, queueId, message: chat.rows[0]?.text ?? chat.shortDescription });
  chat.followUp = followUp.id;
  endChat(world, chat, entryState.closedEscalated);
  return followUp;
}

/** Puts the chat at the end of a queue, without an agent. */
export function requeue(world: World, chat: Chat, queueId: string): void {
  chat.queueId = queueOf(world, queueId).id;
  chat.state = entryState.waiting;
  chat.agentId = null;
  chat.acceptedAt = null;
  chat.endedAt = null;
  chat.queuedAt = now(world);
  offerToAgents(world, chat);
  touch(world, chat);
}

/** The platform gives up on a chat that nobody takes. */
export function abandon(world: World, chat: Chat): void {
  addSystemRow(world, chat, world.state.config.idleCloseWording);
  endChat(world, chat, entryState.closedAbandoned);
}

/** Ends the chat in the given state. */
export function endChat(world: World, chat: Chat, state: EntryState): void {
  chat.state = state;
  chat.endedAt = now(world);
  touch(world, chat);
  const agent = chat.agentId === null ? undefined : world.state.users[chat.agentId];
  const [next] = Object.keys(world.state.queues).flatMap((queue) => waitingIn(world, queue));
  if (agent && next) offerTo(world, next, agent);
}

function startChat(world: World, { requester, queueId, message, twice, unsaid, id = newId(world) }: Opening): Chat {
  const time = now(world);
  world.state.chatNumber += 1;
  const chat: Chat = {
    id,
    entryId: newId(world),
    profile: newId(world),
    number: `CHAT${String(world.state.chatNumber).padStart(7, '0')}`,
    queueId,
    requesterId: requester.sysId,
    state: entryState.waiting,
    agentId: null,
    shortDescription: message.slice(0, 160),
    openedAt: time,
    queuedAt: time,
    acceptedAt: null,
    endedAt: null,
    updatedAt: platformNow(world),
    transfer: null,
    followUp: null,
    members: [],
    settings: {},
    rows: [],
  };
  world.state.chats[chat.id] = chat;
  for (let copy = 0; copy < (unsaid ? 0 : twice ? 2 : 1); copy += 1)
    addRow(world, chat, { author: 'requester', user: requester, text: message });
  offerToAgents(world, chat);
  return chat;
}

function offerToAgents(world: World, chat: Chat): void {
  for (const user of Object.values(world.state.users)) offerTo(world, chat, user);
}

function offerTo(world: World, chat: Chat, user: User): void {
  const accept = user.agent?.available ? user.agent.autoAccept : null;
  if (accept) plan(world, chat, accept.afterMs, { kind: 'autoAccept', agent: user.sysId });
}
