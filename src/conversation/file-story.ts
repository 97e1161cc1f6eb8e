import { wordsPosted } from './delivery';
import type { Effect } from './effects';
import type { ConversationEvent } from './events';
import { asMessage, discard, labelOf, otherFetches, withFile } from './files';
import { undelivered } from './handoff';
import { also, go, isClosing, isIn, notice, type Situation, type Step, stay } from './step';
import type { Conversation, FileRef, LiveChat, UserMessage } from './types';

type Happened<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>;

/** The bytes of a file are here: it goes into the chat, or waits for it. One that nobody waits for any more is forgotten. */
export function fileFetched(now: Situation, { effect, stored }: Happened<'file_fetched'>): Step {
  const { conversation } = now;
  const { phase } = conversation;
  const { turn, handoff } = effect;
  const file = { ...effect.file, stored };
  const others = otherFetches(now, file);
  const waits = isWaiting(conversation, file) ? withWaiting(conversation, file.id, file) : undefined;
  if (waits) return also(stay(waits), { withdraw: others });
  if ((phase.name === 'queued' || phase.name === 'connected') && phase.chat.handoff === handoff) {
    const isWithdrawn = phase.recent?.some((message) => message.turn === turn && message.withdrawn);
    if (!isWithdrawn) return stay(conversation, { type: 'attach', chat: phase.chat, file, turn });
  }
  return stay(conversation, ...(others.length > 0 ? [] : [discard(file)]));
}

/** A file is not passed on: the employee is told which one and why, and the agent that there was one. */
export function fileRefused(now: Situation, { effect, reason }: Happened<'file_refused'>): Step {
  const { conversation } = now;
  const { phase } = conversation;
  const { file, handoff } = effect;
  const told = notice({ key: 'file_refused', name: file.name, reason }, effect.turn);
  if (isWaiting(conversation, file)) {
    const step = stay(withWaiting(conversation, file.id, undefined), told, discard(file));
    return also(step, { withdraw: otherFetches(now, file) });
  }
  const isFor = (phase.name === 'queued' || phase.name === 'connected') && phase.chat.handoff === handoff;
  // Where the hand-off is over the employee was told then.
  if (!isFor) return stay(conversation, ...(otherFetches(now, file).length > 0 ? [] : [discard(file)]));
  return stay(conversation, told, tellAgent(phase.chat, 'file_not_passed_on', file), discard(file));
}

/** The agent has the file. */
export function fileAttached(now: Situation, { effect, row, at }: Happened<'file_attached'>): Step {
  const posted = wordsPosted(now, { type: 'words_posted', chat: effect.chat.id, row, at });
  return also(posted, { effects: [discard(effect.file)] });
}

/** ServiceNow did not take a file. The chat goes on: the agent gets a link where there is one, and the employee hears of it. Where nobody knows, she hears that. */
export function attachFailed(now: Situation, { effect, inDoubt, ended, at }: Happened<'attach_failed'>): Step {
  const { conversation } = now;
  const { phase } = conversation;
  const { chat, file } = effect;
  const lost = { ...asMessage(file, effect.turn, at), ...(inDoubt ? { unsure: true as const } : {}) };
  if (phase.name === 'closing' && isClosing(now, chat.id)) {
    const isNamed = phase.undelivered.some(({ turn }) => turn === lost.turn);
    const names = [...phase.undelivered, ...(isNamed ? [] : [lost])];
    return go(conversation, { ...phase, undelivered: names }, discard(file));
  }
  if (!isIn(now, chat.id) || ended || inDoubt) return stay(conversation, ...undelivered([lost]), discard(file));
  const { name } = file.stored;
  const told =
    file.link === undefined
      ? notice({ key: 'file_refused', name, reason: 'not_taken' }, effect.turn)
      : notice({ key: 'file_by_link', name }, effect.turn);
  const key = file.link === undefined ? 'file_not_passed_on' : 'file_by_link';
  return stay(conversation, told, tellAgent(chat, key, file), discard(file));
}

function tellAgent(chat: LiveChat, key: 'file_not_passed_on' | 'file_by_link', file: FileRef): Effect {
  const text = key === 'file_by_link' ? `${labelOf(file)} ${file.link ?? ''}` : labelOf(file);
  return { type: 'post', chat, words: { from: 'connector', notice: { key, text } } };
}

/** Whether this file belongs to words that wait for a chat: one that is being opened, or one that is opened when somebody is there. */
function isWaiting({ phase, later }: Conversation, { id }: FileRef): boolean {
  const held = phase.name === 'opening' ? phase.held : [];
  const left = later?.state === 'kept' ? [later.message] : [];
  return [...held, ...left].some(({ files = [] }) => files.some((file) => file.id === id));
}

/** What waits for a chat, with this file as it is now, or without it. */
function withWaiting(conversation: Conversation, id: FileRef['id'], now: FileRef | undefined): Conversation {
  const { phase, later, ...others } = conversation;
  const left = later?.state === 'kept' ? withFile(later.message, id, now) : undefined;
  const kept = later?.state === 'kept' ? left && { ...later, message: left } : later;
  const held = (messages: readonly UserMessage[]) => messages.flatMap((message) => withFile(message, id, now) ?? []);
  const waits = phase.name === 'opening' ? { ...phase, held: held(phase.held) } : phase;
  return { ...others, phase: waits, ...(kept ? { later: kept } : {}) };
}
