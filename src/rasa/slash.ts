import type { UserMessage } from '../conversation/types';

/** Slash texts that an employee may type as commands to the assistant. */
export const defaultUserSlash: readonly string[] = ['/restart'];

/** What the assistant takes off both ends of a text before it looks for the slash: wider than JavaScript's own blanks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the blanks
const leading = /^[\s\x1c-\x1f\x85/]+/;

/**
 * What the assistant gets of an employee's message. A button that we showed speaks for itself; a typed slash would force an
 * intent on the assistant, so only the listed ones keep it.
 */
export function wordsFor({ text, payload }: UserMessage, allowed: readonly string[] = defaultUserSlash): string {
  if (payload !== undefined) return payload;
  const start = leading.exec(text)?.[0] ?? '';
  if (!start.includes('/')) return text;
  const typed = text.trim().toLowerCase();
  const command = allowed.find((one) => one.toLowerCase() === typed);
  return command ?? (text.slice(start.length) || text);
}

/** Whether words make the assistant start afresh; nothing in the answer to them means that an agent is wanted. */
export function isRestart(words: string): boolean {
  return /^\/restart(?![^{@\s])/i.test(words.trim());
}
