import { compile, type FormatCallback, type SelectorDefinition } from 'html-to-text';
import { writeCode, writeDivision, writeLineBreak, writeParagraph, writeRow, writeRule, writeTable } from './blocks';
import { cleanText } from './clean';
import { isHidden } from './element';
import { writeInline, writeLink, writeStruck } from './inline';
import { writeList, writeStrayItem } from './lists';
import { marks } from './marks';
import type { Mention } from './mention';
import { writeMention } from './mentions';
import type { Format, Reading } from './page';
import { writeEmoji, writePicture, writeRecording } from './pictures';
import { writeQuote, writeQuotedDetail } from './quotes';

/** What a message's HTML says. */
export interface RichText {
  readonly text: string;
}

/** Teams takes far shorter messages; whatever is longer or deeper did not come from people who write. */
const longestHtml = 200_000;
const mostTagsAndLines = 10_000;
const deepest = 100;

/** Elements by how they are written. All others are parts of a line, and what they hold is read. */
const formats: readonly (readonly [string, Format])[] = [
  ['*', writeInline],
  ['p h1 h2 h3 h4 h5 h6', writeParagraph],
  ['div section article aside header footer main nav form address center figure figcaption fieldset', writeDivision],
  ['dl dt dd details summary caption td th', writeDivision],
  ['br', writeLineBreak],
  ['hr', writeRule],
  ['pre codeblock', writeCode],
  ['blockquote', writeQuote],
  ['[itemprop="mri"] [itemprop="time"]', writeQuotedDetail],
  ['ul ol menu', writeList],
  ['li', writeStrayItem],
  ['table', writeTable],
  ['tr', writeRow],
  ['a', writeLink],
  ['s strike del', writeStruck],
  ['at', writeMention],
  ['emoji customemoji', writeEmoji],
  ['img', writePicture],
  ['video audio', writeRecording],
];

const selectors: SelectorDefinition[] = formats.flatMap(([names], index) =>
  names.split(' ').map((selector) => ({ selector, format: `teams-${index}` })),
);

const convert = compile({
  wordwrap: false,
  whitespaceCharacters: ' \t\r\n\f',
  baseElements: { selectors: [] },
  limits: { maxDepth: deepest, ellipsis: marks.tooDeep },
  formatters: Object.fromEntries(formats.map(([, format], index) => [`teams-${index}`, asFormatter(format)])),
  selectors,
}) as (html: string, reading: Reading) => string;

/** Reads the HTML of a message; `undefined` when it is longer or deeper than any that Teams sends. */
export function readHtml(html: string, mentions: readonly Mention[], ownName: string): RichText | undefined {
  if (html.length > longestHtml || tagsAndLinesOf(html) > mostTagsAndLines) return undefined;
  const reading: Reading = { mentions, ownName, tight: 0, indents: 0, replies: 0 };
  const text = convert(sourceLines(html), reading);
  return text.includes(marks.tooDeep) ? undefined : { text: cleanText(text) };
}

/** Line ends of one kind, none of them behind a line break, where they only lay out the source. */
function sourceLines(html: string): string {
  return html
    .replaceAll(marks.tooDeep, '')
    .replace(/\r\n?/g, '\n')
    .replace(/(<br ?\/?>)\n/gi, '$1');
}

function tagsAndLinesOf(html: string): number {
  return html.split(/[<\n]/, mostTagsAndLines + 2).length - 1;
}

function asFormatter(format: Format): FormatCallback {
  return (element, walk, builder) => {
    if (isHidden(element)) return;
    const { metadata } = builder as typeof builder & { readonly metadata: Reading };
    format(element, { builder, reading: metadata, walk: (nodes) => walk(nodes, builder) });
  };
}
