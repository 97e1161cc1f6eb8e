import { fileLabel } from './content';
import type { Effect, FileToAttach } from './effects';
import type { Situation, Step } from './step';
import type { FileRef, HandoffId, Instant, LiveChat, TurnId, UserMessage } from './types';

/** What a person reads of a message: its words, then the names of its files. */
export function readable({ text, files = [] }: UserMessage): string {
  return [...(text === '' ? [] : [text]), ...files.map(labelOf)].join('\n');
}

/** The same message for those who take words alone. */
export function inWords(message: UserMessage): UserMessage {
  return message.files ? { ...message, text: readable(message) } : message;
}

/** A file as words. */
export function labelOf({ name, stored }: FileRef): string {
  return fileLabel(stored ?? { name });
}

/** The files of a message that are not kept here yet, on their way to us, for the chat of this hand-off. */
export function fetches({ turn, files = [] }: UserMessage, handoff: HandoffId): Effect[] {
  return files.filter((file) => !isKept(file)).map((file) => ({ type: 'fetch', file, turn, handoff }));
}

/** The same file is being fetched for another hand-off, too: of these the one is enough that is done first. */
export function otherFetches({ pending }: Situation, { id }: FileRef): number[] {
  return pending.flatMap(({ seq, effect, state }) =>
    effect.type === 'fetch' && effect.file.id === id && state === 'waiting' ? [seq] : [],
  );
}

/** The same message, with this file as it is now, or without it; `undefined` when nothing is left of it. */
export function withFile(message: UserMessage, id: FileRef['id'], now: FileRef | undefined): UserMessage | undefined {
  const { text, files = [] } = message;
  if (!files.some((file) => file.id === id)) return message;
  const changed = files.flatMap((file) => (file.id !== id ? [file] : now ? [now] : []));
  return text === '' && changed.length === 0 ? undefined : { ...message, files: changed };
}

/** The files of a message that are kept here, on their way into the thread; the others follow when they are. */
export function attachments(chat: LiveChat, { turn, files = [] }: UserMessage): Effect[] {
  return files.filter(isKept).map((file) => ({ type: 'attach', chat, file, turn }));
}

/** What is kept of these messages is forgotten. */
export function discards(messages: readonly UserMessage[]): Effect[] {
  return messages.flatMap(({ files = [] }) => files.filter(isKept).map(discard));
}

export function discard({ id }: FileRef): Effect {
  return { type: 'discard', file: id };
}

/** Files that will not reach the agent any more: named as messages of their own, taken back, forgotten. */
export interface FilesLeft extends Pick<Step, 'effects' | 'withdraw'> {
  readonly lost: readonly UserMessage[];
}

/** A hand-off comes to nothing: whatever is still being fetched for it comes too late. */
export function unfetched({ pending }: Situation, handoff: HandoffId, at: Instant): FilesLeft {
  const late = pending.filter(({ effect }) => effect.type === 'fetch' && effect.handoff === handoff);
  return {
    lost: late.flatMap(({ effect }) => (effect.type === 'fetch' ? [asMessage(effect.file, effect.turn, at)] : [])),
    withdraw: late.flatMap(({ seq, state }) => (state === 'waiting' ? [seq] : [])),
    effects: [],
  };
}

/** A chat is cut off: what waits to be put into it never will be. */
export function unattached({ pending }: Situation, chat: LiveChat, at: Instant): FilesLeft {
  const left = pending.flatMap(({ seq, effect, state }) =>
    effect.type === 'attach' && effect.chat.id === chat.id && state === 'waiting' ? [{ seq, ...effect }] : [],
  );
  return {
    lost: left.map(({ file, turn }) => asMessage(file, turn, at)),
    withdraw: left.map(({ seq }) => seq),
    effects: left.map(({ file }) => discard(file)),
  };
}

/** The employee takes back a message: its files that are on their way are not passed on. */
export function filesOfTurn({ pending }: Situation, turn: TurnId): Pick<Step, 'effects' | 'withdraw'> {
  const own = pending.filter(
    ({ effect, state }) =>
      (effect.type === 'fetch' || effect.type === 'attach') && effect.turn === turn && state === 'waiting',
  );
  return {
    withdraw: own.map(({ seq }) => seq),
    effects: own.flatMap(({ effect }) => (effect.type === 'attach' ? [discard(effect.file)] : [])),
  };
}

/** A file among messages, for those that are named as not delivered. */
export function asMessage(file: FileRef, turn: TurnId, at: Instant): UserMessage {
  return { turn: file.id as string as TurnId, text: labelOf(file), with: turn, at };
}

function isKept(file: FileRef): file is FileToAttach {
  return file.stored !== undefined;
}
