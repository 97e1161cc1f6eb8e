import { splitText } from './split';
import type { Conversation, Line } from './types';

/** Lines of the talk with the assistant that are kept for the agent. */
const longestMemory = 40;
const longestLine = 2_000;

/** The same conversation, in which this was said with the assistant. */
export function said(conversation: Conversation, ...lines: readonly Line[]): Conversation {
  const kept = lines.map((line) => ({ ...line, text: splitText(line.text, longestLine)[0] ?? '' }));
  return { ...conversation, said: [...conversation.said, ...kept].slice(-longestMemory) };
}
