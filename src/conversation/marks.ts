/**
 * The one form in which an agent's words go through the product: what a person reads, letter by letter, with unseen marks in
 * it that say what is bold, code, a link, an item. Words themselves never hold control characters (they are taken out when
 * they are read), so nothing has to be escaped, nothing in them can pass for a mark, and a plain text is its own form.
 *
 * Within a line: `strong`, `emphasis` and `code` stand before and after. A link is `link` text `target` ` (address)`
 * `linkEnd`, and without anything between the last two where the text is the address. At the beginning of a line, what makes
 * it a quote, an item or code stands between two `prefix`: `> `, `- `, `1. `, and `code` for code. No mark works beyond its line.
 */
export const mark = {
  strong: '\u0001',
  emphasis: '\u0002',
  code: '\u0003',
  link: '\u001c',
  target: '\u001d',
  prefix: '\u001e',
  linkEnd: '\u001f',
} as const;

const all = new RegExp(`[${Object.values(mark).join('')}]`, 'g');

/** What a person reads: the text without its marks. */
export function plainOf(text: string): string {
  return text.replace(all, '');
}
