/** Stands inside what ServiceNow would take for mark-up; it is not seen. */
const unseen = '\u200b';

/**
 * The text as ServiceNow shows it letter by letter: `[code]`, `@L[…]`, `@M[…]` and `@[…]` in an employee's words are words.
 * Nothing else is changed, and what was changed looks the same.
 */
export function withoutMarkup(text: string): string {
  return text.replace(/@(?=[A-Za-z]?\[)/g, `@${unseen}`).replace(/\[(?=\s*\/?\s*code\b)/gi, `[${unseen}`);
}

/** What two texts must have in common to be the same words: blanks, line ends and what is not seen do not count. */
export function sameWords(text: string): string {
  return text.normalize('NFC').replaceAll(unseen, '').replace(/\s+/g, ' ').trim();
}

/** The text in one line, and not a long one. */
export function oneLine(text: string): string {
  return cut(text.replace(/\s+/g, ' ').trim(), 160);
}

/** The text, or its beginning with a mark, in at most so many UTF-16 units. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, Math.max(0, longest - 1)).replace(/[\ud800-\udbff]$/, '')}…`;
}
