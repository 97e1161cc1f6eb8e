/**
 * The unseen marks that an agent's words carry through the product. Within a line: `strong`, `emphasis` and `code` stand before
 * and after; a link is `link` text `target` ` (address)` `linkEnd`, with nothing between the last two where the text is the
 * address. At the beginning of a line, what makes it a quote, an item or code stands between two `prefix`.
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
