import type { Notice } from './content';
import type { Effect, PendingEffect } from './effects';
import type { Rules } from './rules';
import type { ChatId, Conversation, Instant, Phase, TurnId } from './types';

/** Where a conversation stands when something happens. */
export interface Situation {
  readonly conversation: Conversation;
  /** Its effects that are not settled, in order. */
  readonly pending: readonly PendingEffect[];
  readonly rules: Rules;
}

/** One line of the transcript that is kept for review. */
export interface TranscriptLine {
  readonly at: Instant;
  readonly who: 'user' | 'bot' | 'agent' | 'system';
  readonly name?: string;
  readonly text: string;
  readonly chat?: ChatId;
}

/** What an event changes: the conversation, what is done about it, what is taken back, what was said. */
export interface Step {
  readonly conversation: Conversation;
  readonly effects: readonly Effect[];
  /** Waiting effects that are taken back: they will not happen. */
  readonly withdraw: readonly number[];
  /** Waiting effects that become others, in their place. */
  readonly replace?: readonly { readonly seq: number; readonly effect: Effect }[];
  readonly lines: readonly TranscriptLine[];
}

/** A step in which nothing changes. */
export function stay(conversation: Conversation, ...effects: readonly Effect[]): Step {
  return { conversation, effects, withdraw: [], lines: [] };
}

/** A step to another phase. */
export function go(conversation: Conversation, phase: Phase, ...effects: readonly Effect[]): Step {
  return stay({ ...conversation, phase }, ...effects);
}

/** The same step, and more. */
export function also(step: Step, more: Partial<Omit<Step, 'conversation'>>): Step {
  return {
    conversation: step.conversation,
    effects: [...step.effects, ...(more.effects ?? [])],
    withdraw: [...step.withdraw, ...(more.withdraw ?? [])],
    lines: [...step.lines, ...(more.lines ?? [])],
    replace: [...(step.replace ?? []), ...(more.replace ?? [])],
  };
}

/** One step after the other; the second was made from where the first arrived. */
export function then(first: Step, second: Step): Step {
  return also({ ...first, conversation: second.conversation }, second);
}

/** The same situation, where a step has led. */
export function after(now: Situation, { conversation }: Step): Situation {
  return { ...now, conversation };
}

/** Words of the connector itself, for the employee; where they are about one message of hers, as a reply to it. */
export function notice(words: Notice, replyTo?: TurnId): Effect {
  const content = { kind: 'notice', notice: words } as const;
  return { type: 'show', content: replyTo === undefined ? content : { ...content, replyTo } };
}

/** The waiting effects of one kind. Nothing of theirs has happened, so they can still be taken back. */
export function waiting<T extends Effect['type']>(
  now: Situation,
  type: T,
): (PendingEffect & { effect: Extract<Effect, { type: T }> })[] {
  return now.pending.filter((entry) => entry.effect.type === type && entry.state === 'waiting') as (PendingEffect & {
    effect: Extract<Effect, { type: T }>;
  })[];
}

export function seqs(entries: readonly PendingEffect[]): number[] {
  return entries.map((entry) => entry.seq);
}

/** Turns that the assistant has not answered yet. */
export function beingAsked({ pending }: Situation): TurnId[] {
  return pending.flatMap(({ effect }) => (effect.type === 'ask' ? [effect.message.turn] : []));
}

/** Whether this chat is live in the conversation. */
export function isIn({ conversation: { phase } }: Situation, chat: string): boolean {
  return (phase.name === 'queued' || phase.name === 'connected') && phase.chat.id === chat;
}

/** Whether this chat is just being left. */
export function isClosing({ conversation: { phase } }: Situation, chat: string): boolean {
  return phase.name === 'closing' && phase.chat.id === chat;
}
