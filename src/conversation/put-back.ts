import type { PendingEffect } from './effects';
import type { ConversationEvent } from './events';
import type { Situation, Step } from './step';
import type { Conversation } from './types';

/**
 * A conversation as a backup has it: what waits may have been done after the backup was taken, and what the far sides tell next may have
 * been shown. Doing it twice changes nothing more.
 */
export function inDoubtSinceBackup({ conversation, pending }: Pick<Situation, 'conversation' | 'pending'>): {
  readonly conversation: Conversation;
  readonly put: readonly PendingEffect[];
} {
  const isUnderWay = conversation.phase.name !== 'assisted' || pending.some(({ effect }) => effect.type === 'ask');
  const waits = pending.filter(({ state, doubts }) => state === 'waiting' && doubts === 0);
  const put = waits.map((entry): PendingEffect => ({ ...entry, state: 'in_doubt', doubts: 1 }));
  return { conversation: isUnderWay ? { ...conversation, putBack: true } : conversation, put };
}

/** What somebody wants now: what follows from it cannot have happened before. */
const anew: ReadonlySet<ConversationEvent['type']> = new Set<ConversationEvent['type']>([
  'user_spoke',
  'user_edited',
  'user_withdrew',
  'user_reacted',
  'file_accepted',
  'file_declined',
  'app_installed',
  'app_uninstalled',
  'spoke_in_group',
  'redriven',
]);

/**
 * After a backup was put back, what follows from what was said before is marked as a possible repeat: up to the first reading of the
 * thread of a chat that lives, otherwise until it is over with what was under way.
 */
export function sinceBackup(now: Situation, event: ConversationEvent, step: Step): Step {
  if (!now.conversation.putBack || anew.has(event.type)) return step;
  const effects = step.effects.map((effect) => (effect.type === 'show' ? { ...effect, again: true as const } : effect));
  if (!isCaughtUp(now, event, step)) return { ...step, effects };
  const { putBack: _, ...conversation } = step.conversation;
  return { ...step, effects, conversation };
}

function isCaughtUp({ pending }: Situation, event: ConversationEvent, { conversation: { phase } }: Step): boolean {
  if (phase.name === 'assisted') return !pending.some(({ effect }) => effect.type === 'ask');
  if (phase.name !== 'queued' && phase.name !== 'connected') return false;
  return event.type === 'thread_read' && event.chat === phase.chat.id;
}
