import { requeue } from './chats';
import { Refusal } from './refusal';
import { addSystemRow, touch } from './rows';
import { type Chat, entryState, type User } from './state';
import { withName } from './wordings';
import { now, plan, userOf, type World } from './world';

/** Offers a chat to another agent; it stays with the present one until that agent answers. */
export function offerTransfer(world: World, chat: Chat, to: User): void {
  if (chat.state !== entryState.inProgress || chat.agentId === null)
    throw new Refusal('conflict', 'Only a chat in progress can be transferred');
  chat.transfer = { state: 'pending', from: chat.agentId, to: to.sysId, changedAt: now(world) };
  touch(world, chat);
}

/** What becomes of an offered transfer. */
export function answerTransfer(world: World, chat: Chat, answer: 'accepted' | 'rejected' | 'cancelled'): void {
  const { transfer } = chat;
  if (transfer?.state !== 'pending') throw new Refusal('conflict', 'No transfer of this chat is pending');
  chat.transfer = { ...transfer, state: answer, changedAt: now(world) };
  if (answer === 'accepted') chat.agentId = transfer.to;
  touch(world, chat);
  if (answer !== 'accepted') return;
  const { transferWording } = world.state.config;
  addSystemRow(world, chat, transferWording && withName(transferWording, userOf(world, transfer.to).name));
}

/** Offers the chat to another agent, who accepts it after the configured time. */
export function transferToAgent(world: World, chat: Chat, to: User): void {
  offerTransfer(world, chat, to);
  const { transferDelayMs } = world.state.config;
  if (transferDelayMs > 0) plan(world, chat, transferDelayMs, { kind: 'transferAccepted' });
  else answerTransfer(world, chat, 'accepted');
}

/** Gives the chat back: it waits at the end of another queue. */
export function transferToQueue(world: World, chat: Chat, queueId: string): void {
  if (chat.state !== entryState.inProgress) throw new Refusal('conflict', 'Only a chat in progress can be transferred');
  requeue(world, chat, queueId);
}

/** The other agent has taken over and the transfer is history. */
export function completeTransfer(world: World, chat: Chat): void {
  chat.transfer = null;
  touch(world, chat);
}
