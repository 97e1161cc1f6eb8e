import { commandOf } from './commands';
import type { Effect } from './effects';
import type { ConversationEvent } from './events';
import { discards, filesOfTurn, readable } from './files';
import { correction, post } from './relay';
import { also, go, type Situation, type Step, seqs, stay, waiting } from './step';
import type { ChatPhase, Conversation, TurnId, UserMessage } from './types';

type Happened<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>;

/** Messages of a chat whose beginning is remembered, to name them when they are withdrawn. */
const mostRemembered = 20;
const longestExcerpt = 120;

/** Words that went into a chat are remembered for a while, by their turn. */
export function remembered(phase: ChatPhase, message: UserMessage): ChatPhase {
  const { turn } = message;
  const text = readable(message);
  const excerpt = text.length > longestExcerpt ? `${text.slice(0, longestExcerpt - 1)}…` : text;
  return { ...phase, recent: [...(phase.recent ?? []), { turn, excerpt }].slice(-mostRemembered) };
}

/**
 * The employee changed what she had written. Words that still wait are changed themselves; what the agent has may be read
 * already, so the correction is said. What the assistant has answered stays answered; the agent will read the new words.
 */
export function userEdited(now: Situation, { message, at }: Happened<'user_edited'>): Step {
  const before = withWords(now.conversation, message);
  const { phase } = before;
  if (phase.name === 'opening' && phase.held.some(({ turn }) => turn === message.turn)) {
    const held = phase.held.map((other) => (other.turn === message.turn ? { ...other, text: message.text } : other));
    return go(before, { ...phase, held });
  }
  const asked = waiting(now, 'ask').find(({ effect }) => effect.message.turn === message.turn);
  if (asked)
    return {
      ...stay(before),
      replace: [{ seq: asked.seq, effect: { type: 'ask', message: edited(asked.effect.message, message) } }],
    };
  if ((phase.name !== 'queued' && phase.name !== 'connected') || before !== now.conversation) return stay(before);
  // A command that comes by an edit is only words: nobody ends a chat by correcting a message of long ago.
  const line = { at, who: 'user' as const, text: message.text, chat: phase.chat.id };
  const waitingParts = partsOf(now, message.turn);
  const parts = post(phase.chat, message, now.rules);
  const isWhole = waitingParts.length > 0 && waitingParts.length === allPartsOf(now, message.turn);
  if (isWhole && parts.length <= waitingParts.length) {
    const replace = parts.map((effect, index) => ({ seq: waitingParts[index]?.seq ?? 0, effect }));
    return also({ ...stay(before), replace }, { withdraw: seqs(waitingParts.slice(parts.length)), lines: [line] });
  }
  if (commandOf(message.text, now.rules) !== undefined) return stay(before);
  const step = go(
    before,
    { ...remembered(phase, message), lastWordAt: at, spokeAt: at },
    ...correction(phase.chat, message, now.rules),
  );
  return also(step, { lines: [line] });
}

/** The employee took back what she had written: words that still wait are never said, and the agent hears of the others. */
export function userWithdrew(now: Situation, { turn }: Happened<'user_withdrew'>): Step {
  const before = withoutWords(now.conversation, turn);
  const { phase } = before;
  const files = filesOfTurn(now, turn);
  if (phase.name === 'opening') {
    const [taken, held] = [phase.held.filter(isOfTurn(turn)), phase.held.filter((message) => message.turn !== turn)];
    return also(go(before, { ...phase, held }, ...discards(taken)), files);
  }
  const unasked = waiting(now, 'ask').filter(({ effect }) => effect.message.turn === turn);
  if (unasked.length > 0) return also(stay(before), { withdraw: seqs(unasked) });
  if ((phase.name !== 'queued' && phase.name !== 'connected') || before !== now.conversation) return stay(before);
  const recent = phase.recent?.map((known) => (known.turn === turn ? { ...known, withdrawn: true as const } : known));
  const withdrawn = also(go(before, { ...phase, ...(recent ? { recent } : {}) }), files);
  const parts = partsOf(now, turn);
  const isWhole = parts.length > 0 && parts.length === allPartsOf(now, turn);
  if (isWhole) return also(withdrawn, { withdraw: seqs(parts) });
  const text = recent?.find(isOfTurn(turn))?.excerpt;
  const notice =
    text === undefined ? ({ key: 'message_withdrawn' } as const) : ({ key: 'words_withdrawn', text } as const);
  const told: Effect = { type: 'post', chat: phase.chat, words: { from: 'connector', notice } };
  return also(withdrawn, { effects: [told] });
}

/** The employee reacted to a message: a short note for the agent, while there is one. */
export function userReacted({ conversation }: Situation, { reaction }: Happened<'user_reacted'>): Step {
  const { phase } = conversation;
  if (phase.name !== 'connected') return stay(conversation);
  const notice = { key: 'reacted', text: reaction } as const;
  return stay(conversation, { type: 'post', chat: phase.chat, words: { from: 'connector', notice } });
}

function edited(message: UserMessage, { text }: UserMessage): UserMessage {
  const { payload: _clicked, ...typed } = message;
  return { ...typed, text };
}

function isOfTurn(turn: TurnId): (one: { readonly turn: TurnId }) => boolean {
  return (one) => one.turn === turn;
}

function partsOf(now: Situation, turn: TurnId) {
  return waiting(now, 'post').filter(({ effect }) => isOf(effect, turn));
}

/** Parts of a message that are not settled, whatever their state: a word that is on its way is no longer changed. */
function allPartsOf({ pending }: Situation, turn: TurnId): number {
  return pending.filter(({ effect }) => isOf(effect, turn)).length;
}

function isOf(effect: Effect, turn: TurnId): boolean {
  return effect.type === 'post' && effect.words.from === 'employee' && effect.words.message.turn === turn;
}

/** What is kept for the next agent's brief says what the employee means now. */
function withWords(conversation: Conversation, { turn, text }: UserMessage): Conversation {
  if (!conversation.said.some((line) => line.turn === turn)) return conversation;
  return { ...conversation, said: conversation.said.map((line) => (line.turn === turn ? { ...line, text } : line)) };
}

function withoutWords(conversation: Conversation, turn: TurnId): Conversation {
  if (!conversation.said.some((line) => line.turn === turn)) return conversation;
  return { ...conversation, said: conversation.said.filter((line) => line.turn !== turn) };
}
