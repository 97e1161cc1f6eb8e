import { type Content, fileLabel } from './content';
import type { Effect, Words } from './effects';
import { endedChat, withEnded } from './ended';
import { endChat, sayGoodbye } from './ending';
import type { ConversationEvent } from './events';
import { giveUpOpening, undelivered } from './handoff';
import { wordsGoOn } from './interruption';
import { lostWith, unread } from './lost-words';
import { plainOf } from './marks';
import { also, go, isClosing, isIn, type Situation, type Step, seqs, stay, then, waiting } from './step';
import type { Instant, RowId, UserMessage } from './types';

type Happened<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>;

/** Our own row is remembered with its chat, also while that is being left and after, so that no other post is taken for it. */
export function wordsPosted(now: Situation, { chat, row, at }: Happened<'words_posted'>): Step {
  const step = isIn(now, chat) ? wordsGoOn(answered(now), at) : stay(now.conversation);
  const { conversation } = step;
  const { phase } = conversation;
  if (!row) return step;
  const more = (posted: readonly RowId[]) => [...posted, row].slice(-100);
  if ('chat' in phase && phase.chat.id === chat)
    return then(step, go(conversation, { ...phase, posted: more(phase.posted) }));
  const ended = endedChat(conversation, chat);
  return ended ? stay(withEnded(conversation, chat, { posted: more(ended.posted) })) : step;
}

/** The question of ServiceNow's own assistant has its answer. */
function answered(now: Situation): Situation {
  const { phase } = now.conversation;
  if (phase.name !== 'queued' || !phase.asks) return now;
  const { asks: _answered, ...rest } = phase;
  return { ...now, conversation: { ...now.conversation, phase: rest } };
}

/** A message that ServiceNow will never take is named and the chat goes on; any other failure is the end of the chat. */
export function postFailed(before: Situation, event: Happened<'post_failed'>): Step {
  const { chat, words } = event.effect;
  const now = { ...before, conversation: unread(before.conversation, words) };
  const doubt = event.inDoubt ? { unsure: true as const } : {};
  const { phase } = now.conversation;
  const lost = lostWith(words, now.conversation).map((message) => ({ ...message, ...doubt }));
  if (phase.name === 'closing' && phase.chat.id === chat.id) {
    const unnamed = lost.filter((message) => !phase.undelivered.some((other) => other.turn === message.turn));
    return go(now.conversation, { ...phase, undelivered: [...phase.undelivered, ...unnamed] });
  }
  if (!isIn(now, chat.id)) return stay(now.conversation, ...undelivered(lost));
  const isPoison = event.kind === 'rejected' || event.kind === 'too_large';
  if (isPoison && now.rules.retryBudgetMs > 0) {
    const rest = waiting(now, 'post').filter(({ effect }) => isPartOf(effect.words, lost));
    return also(stay(now.conversation, ...undelivered(lost)), { withdraw: seqs(rest) });
  }
  return endChat(now, event.ended ? 'agent' : 'error', event.at, lost);
}

function isPartOf(words: Words, messages: readonly UserMessage[]): boolean {
  return words.from === 'employee' && messages.some((message) => message.turn === words.message.turn);
}

/** The employee hears it all the same; what could not be left now is left later. */
export function leaveFailed(now: Situation, { chat, gone, at }: Happened<'leave_failed'>): Step {
  const told = isClosing(now, chat.id) ? sayGoodbye(now, false, at) : stay(now.conversation);
  return gone ? told : also(told, { effects: [{ type: 'reap', target: { chat } }] });
}

/** Words that Teams did not take: the agent who wrote them is told; where nobody can be reached at all, the chat is left. */
export function showFailed(now: Situation, event: Happened<'show_failed'>): Step {
  if (event.how === 'unreachable') return goSilent(now, 'employee_unreachable', event.at);
  const { phase } = now.conversation;
  const text = spokenIn(event.effect.content);
  if (text === undefined || (phase.name !== 'queued' && phase.name !== 'connected')) return stay(now.conversation);
  const key = event.how === 'refused' ? 'words_not_shown' : 'words_in_doubt';
  const words = { from: 'connector', notice: { key, text } } as const;
  return stay(now.conversation, { type: 'post', chat: phase.chat, words });
}

/** What the agent said in it, as the agent reads it. */
function spokenIn(content: Content): string | undefined {
  if (content.kind === 'file') return fileLabel(content.file);
  return content.kind === 'agent' ? plainOf(content.text) : undefined;
}

/** Nothing can be sent to the employee any more. */
export function goSilent(now: Situation, reason: 'uninstalled' | 'employee_unreachable', at: Instant): Step {
  const silent = { ...now, conversation: { ...now.conversation, reachable: false, greeted: false } };
  const unsent = { withdraw: seqs([...waiting(now, 'show'), ...waiting(now, 'ask')]) };
  const { phase } = now.conversation;
  if (phase.name === 'opening') return also(giveUpOpening(silent, []), unsent);
  if (phase.name !== 'queued' && phase.name !== 'connected') return also(stay(silent.conversation), unsent);
  const ended = endChat(silent, reason, at);
  const words = { from: 'connector', notice: { key: 'employee_unreachable' } } as const;
  const farewell: Effect = { type: 'post', chat: phase.chat, words };
  return also({ ...ended, effects: [farewell, ...ended.effects] }, unsent);
}
