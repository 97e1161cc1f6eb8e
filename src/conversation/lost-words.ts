import type { Words } from './effects';
import { said } from './memory';
import type { Conversation, UserMessage } from './types';

/**
 * The employee's messages that are lost with a post that does not come through. With the note of what was said meanwhile it is what
 * the assistant failed to answer: nobody knows whether it ever got there.
 */
export function lostWith(words: Words, { unanswered = [] }: Conversation): UserMessage[] {
  if (words.from === 'employee') return [words.message];
  if (words.notice.key !== 'said_meanwhile') return [];
  const turns = words.notice.lines.map(({ turn }) => turn);
  return unanswered.filter(({ turn }) => turns.includes(turn)).map((message) => ({ ...message, unsure: true }));
}

/** What was said meanwhile and no agent has read is for the next one. */
export function unread(conversation: Conversation, ...lost: readonly Words[]): Conversation {
  const lines = lost.flatMap((words) =>
    words.from === 'connector' && words.notice.key === 'said_meanwhile' ? words.notice.lines : [],
  );
  return lines.length === 0 ? conversation : said({ ...conversation, said: lines }, ...conversation.said);
}
