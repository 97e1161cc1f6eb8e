import { endChat } from './chats';
import { Refusal } from './refusal';
import { addRow, addSystemRow, planIdle } from './rows';
import { type Chat, entryState, isEnded } from './state';
import type { World } from './world';

/** The platform closes the chat for its silence, as if the requester had gone. */
export function closeForSilence(world: World, chat: Chat): void {
  if (isEnded(chat)) throw new Refusal('conflict', 'This chat has ended');
  const { idleCloseWording, leftWording } = world.state.config;
  addSystemRow(world, chat, world.state.bot.byChat[chat.id] ? leftWording : idleCloseWording);
  endChat(world, chat, chat.state === entryState.waiting ? entryState.closedAbandoned : entryState.closedByClient);
}

/** Asks the requester whether anybody is there. The question does not break the silence. */
export function remindOfSilence(world: World, chat: Chat): void {
  const { idleReminderWording } = world.state.config;
  if (idleReminderWording === null) return;
  addRow(world, chat, { author: 'system', text: idleReminderWording, quiet: true });
}

/** Applies changed times of silence to the chats that go on. */
export function planIdleAgain(world: World): void {
  for (const chat of Object.values(world.state.chats)) planIdle(world, chat);
}
