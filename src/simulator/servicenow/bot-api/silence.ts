import { closeForSilence, remindOfSilence } from '../model/idle';
import { type Chat, entryState, type Row } from '../model/state';
import { now, plan, type World } from '../model/world';
import type { BotConversation } from './records';

/** How often the platform's job looks. */
const jobMs = 120_000;

/** The job looks at the chat when it runs next. */
export function planSilenceCheck(world: World, { id }: BotConversation, chat: Chat): void {
  const afterMs = jobMs - (now(world) % jobMs);
  plan(world, chat, afterMs, { kind: 'bot', what: { kind: 'silenceCheck', conversation: id, chat: chat.id } });
}

/** Reminds the employee, or ends the chat, where the silence has been long enough. */
export function checkSilence(world: World, conversation: BotConversation, chat: Chat): void {
  if (conversation.chat !== chat.id || chat.state !== entryState.inProgress) return;
  const { idleChatReminderMs, idleChatCancelMs } = world.state.config;
  const since = silentSince(world, chat);
  const silence = since === undefined ? 0 : now(world) - since;
  if (idleChatCancelMs > 0 && silence >= idleChatCancelMs) {
    closeForSilence(world, chat);
    return;
  }
  planSilenceCheck(world, conversation, chat);
  if (idleChatReminderMs === 0 || silence < idleChatReminderMs || conversation.remindedOf === since) return;
  conversation.remindedOf = since ?? null;
  remindOfSilence(world, chat);
}

/** When the employee fell silent; undefined while no agent has said anything but the queue's own greeting. */
function silentSince(world: World, chat: Chat): number | undefined {
  const { idleAfterAgentAnswer } = world.state.config;
  const greeting = world.state.queues[chat.queueId]?.initialAgentResponse;
  const isAnswer = (row: Row) => row.author === 'agent' && !row.workNote && row.text !== greeting;
  const answered = chat.rows.find(isAnswer)?.insertedAt;
  if (idleAfterAgentAnswer && answered === undefined) return undefined;
  const said = chat.rows.findLast((row) => row.author === 'requester')?.insertedAt ?? 0;
  return Math.max(said, (idleAfterAgentAnswer ? answered : chat.acceptedAt) ?? 0);
}
