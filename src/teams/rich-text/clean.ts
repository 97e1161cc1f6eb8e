import { marks } from './marks';

/** Joiners shape emoji and letters of some scripts, tags make flags, selectors choose forms of Han characters: those stay. */
const invisible = [
  /(?!\p{Variation_Selector}|\p{Join_Control}|[\u{e0000}-\u{e007f}])\p{Default_Ignorable_Code_Point}/gu,
  /[\p{Cs}\ufff9-\ufffb]/gu,
  /(?<!(?!\p{Script=Latin})[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])\p{Join_Control}/gu,
  /(?<!\u{1f3f4}[\u{e0020}-\u{e007f}]{0,7})[\u{e0000}-\u{e007f}]/gu,
  /(?<!\p{Script=Han})[\u{e0100}-\u{e01ef}]/gu,
];
const lineEnds = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const controls = /(?![\n\t])\p{Cc}/gu;
const spaces = /[\u00a0\u2000-\u200a\u202f\u205f]/g;
const mostBlankLines = 2;

/** What was written, without what nobody can see: marks, invisible characters, blanks at the ends, heaps of blank lines. */
export function cleanText(text: string): string {
  const lines = withoutOwnMentions(visibleText(text))
    .split('\n')
    .map((line) => line.trimEnd());
  const said = fewBlankLines(lines).join('\n').trimEnd().replace(/^\n+/, '');
  return (said.startsWith(marks.code) ? said : said.trimStart()).replace(controls, '');
}

/** The text without characters that nobody can see, its blanks and line ends each of one kind. Marks stay. */
export function visibleText(text: string): string {
  return invisible
    .reduce((rest, characters) => rest.replace(characters, ''), text.replace(lineEnds, '\n'))
    .replace(controls, (character) => (character === marks.code || character === marks.ownMention ? character : ''))
    .replace(spaces, ' ');
}

/** The lines with no more than two blank ones in a row. */
export function fewBlankLines(lines: readonly string[]): string[] {
  let blank = 0;
  return lines.filter((line) => {
    blank = /^[\s\p{Cc}]*$/u.test(line) ? blank + 1 : 0;
    return blank <= mostBlankLines;
  });
}

/** Takes the bot's own mentions out together with the blanks that stood around them. */
function withoutOwnMentions(text: string): string {
  const mark = `(?:${marks.ownMention} {0,4})+`;
  return text
    .replace(new RegExp(`^ {0,4}${mark}`, 'gm'), '')
    .replace(new RegExp(` {0,4}${mark}(?=[,.;:!?]|$)`, 'gm'), '')
    .replace(new RegExp(` {0,4}${mark}`, 'g'), ' ');
}
