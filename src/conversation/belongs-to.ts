import type { Effect } from './effects';
import type { ChatId, Conversation, RowId } from './types';

/** The live chat that an effect belongs to: the one it names, else the one that its conversation is in. */
export function chatOf(effect: Effect, { phase }: Conversation): ChatId | undefined {
  if (effect.type === 'post' || effect.type === 'leave' || effect.type === 'attach') return effect.chat.id;
  if (effect.type === 'hand_over') return effect.chat;
  if (effect.type === 'reap') return 'chat' in effect.target ? effect.target.chat.id : undefined;
  return 'chat' in phase ? phase.chat.id : undefined;
}

/** The row of ServiceNow's that an effect brings to the employee. */
export function rowShown(effect: Effect): RowId | undefined {
  if (effect.type !== 'show') return undefined;
  const { content } = effect;
  return content.kind === 'agent' || content.kind === 'file' ? content.row : undefined;
}
