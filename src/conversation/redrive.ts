import type { Notice } from './content';
import type { Effect, Words } from './effects';
import type { ConversationEvent } from './events';
import { post } from './relay';
import { type Situation, type Step, stay } from './step';
import type { ChatId, LiveChat } from './types';

type Redriven = Extract<ConversationEvent, { type: 'redriven' }>;
type Of<T extends Effect['type']> = Extract<Effect, { type: T }>;

/** Why work that was given up is not done again. */
export type RedriveRefusal =
  /** Nothing can be sent to the employee. */
  | 'employee_unreachable'
  /** The chat that the words were for is over; the employee was told that they did not reach the agent. */
  | 'chat_over'
  /** A live agent has the floor. */
  | 'not_the_assistants_turn'
  /** What it says or looks up was of use at that moment only. */
  | 'of_the_moment'
  /** The employee was told that no chat came about, and may have asked for another one. */
  | 'asked_anew'
  /** The same is being done already. */
  | 'under_way';

/** The wish to do something again is refused: nothing is changed by it. */
export class RedriveRefused extends Error {
  override readonly name = 'RedriveRefused';

  constructor(readonly refusal: RedriveRefusal) {
    super(`not done again: ${refusal}`);
  }
}

/** Notices that are as true and as useful later: above all what tells of a loss or of an end. */
const lasting: ReadonlySet<Notice['key']> = new Set<Notice['key']>([
  'welcome',
  'assistant_unavailable',
  'please_send_again',
  'not_delivered',
  'file_refused',
  'file_by_link',
  'agent_file_too_large',
  'agent_file_failed',
  'no_agent_available',
  'open_failed',
  'ended_by_user',
  'ended_by_agent',
  'ended_by_operator',
  'ended_by_error',
  'ended_nobody_came',
  'ended_nobody_wrote',
  'ended_not_located',
  'transcript_failed',
]);

/**
 * Somebody wants work done again that was given up: it begins anew, as an effect of its own. Throws {@link RedriveRefused} where that
 * would help nobody, so that the wish leaves no trace.
 */
export function redriven(now: Situation, { effect }: Redriven): Step {
  return stay(now.conversation, ...again(now, effect));
}

function again(now: Situation, effect: Effect): Effect[] {
  switch (effect.type) {
    case 'show':
      return showAgain(now, effect);
    case 'post':
      return postAgain(now, effect);
    case 'ask':
      return askAgain(now, effect);
    case 'leave':
      return leaveAgain(now, { chat: effect.chat });
    case 'reap':
      return leaveAgain(now, effect.target);
    case 'tell_assistant':
      return tellAgain(now, effect);
    case 'rate':
      return [effect];
    case 'refresh':
    case 'fetch':
    case 'attach':
    case 'discard':
    case 'hand_over':
    case 'identify':
      throw new RedriveRefused('of_the_moment');
    case 'open':
      throw new RedriveRefused('asked_anew');
  }
}

function showAgain({ conversation }: Situation, effect: Of<'show'>): Effect[] {
  const { content } = effect;
  if (!conversation.reachable) throw new RedriveRefused('employee_unreachable');
  if (content.kind === 'notice' && !lasting.has(content.notice.key)) throw new RedriveRefused('of_the_moment');
  return [effect];
}

/** Of a long message, the part that was given up took those after it along: they follow again. */
function postAgain(now: Situation, effect: Of<'post'>): Effect[] {
  const { chat, words } = effect;
  if (!isLive(now, chat.id)) throw new RedriveRefused('chat_over');
  return words.from === 'employee' ? partsFrom(chat, words, now) : [effect];
}

function partsFrom(chat: LiveChat, words: Extract<Words, { from: 'employee' }>, { rules }: Situation): Effect[] {
  const parts = post(chat, words.message, rules);
  const first = parts.findIndex((other) => other.type === 'post' && textOf(other.words) === words.part);
  return first === -1 ? [{ type: 'post', chat, words }] : parts.slice(first);
}

function textOf(words: Words): string | undefined {
  return words.from === 'employee' ? words.part : undefined;
}

function askAgain({ conversation, pending }: Situation, effect: Of<'ask'>): Effect[] {
  if (!conversation.reachable) throw new RedriveRefused('employee_unreachable');
  if (!hasAssistant(conversation)) throw new RedriveRefused('not_the_assistants_turn');
  const { turn } = effect.message;
  if (pending.some((entry) => entry.effect.type === 'ask' && entry.effect.message.turn === turn))
    throw new RedriveRefused('under_way');
  return [effect];
}

/** What is to be left is left by the reaper, which keeps no words waiting. */
function leaveAgain({ pending }: Situation, target: Of<'reap'>['target']): Effect[] {
  const isSame = ({ effect }: { readonly effect: Effect }) =>
    (effect.type === 'reap' && idOf(effect.target) === idOf(target)) ||
    (effect.type === 'leave' && effect.chat.id === idOf(target));
  if (pending.some(isSame)) throw new RedriveRefused('under_way');
  return [{ type: 'reap', target }];
}

function idOf(target: Of<'reap'>['target']): string {
  return 'chat' in target ? target.chat.id : target.handoff.id;
}

/** What the assistant is told must still be so. */
function tellAgain(now: Situation, effect: Of<'tell_assistant'>): Effect[] {
  const { news } = effect;
  const isSo =
    news.event === 'chat_started' || news.event === 'asked_meanwhile'
      ? isLive(now, news.chat)
      : hasAssistant(now.conversation);
  if (!isSo) throw new RedriveRefused('of_the_moment');
  return [effect];
}

function isLive({ conversation: { phase } }: Situation, chat: ChatId): boolean {
  return (phase.name === 'queued' || phase.name === 'connected') && phase.chat.id === chat;
}

function hasAssistant({ phase }: Situation['conversation']): boolean {
  return phase.name === 'assisted' || phase.name === 'closing' || (phase.name === 'queued' && phase.meanwhile === true);
}
