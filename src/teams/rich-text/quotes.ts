import { fewBlankLines } from './clean';
import { attribute, isEmpty, isKind, nodesBelow, textOf } from './element';
import { type Format, type Page, writeBlock, writeIndented } from './page';

const longestQuote = 300;

/** Quoted words, each line behind `>`. A message that was replied to is told in short, with who wrote it. */
export const writeQuote: Format = (element, page) => {
  if (isEmpty(element)) return;
  if (!isKind(element, 'Reply')) return writeQuoted(page, () => page.walk(element.children));
  const author = [...nodesBelow(element)].find((node) => attribute(node, 'itemprop') === 'mri');
  const name = author ? textOf(author).replace(/\s+/g, ' ').trim() : '';
  page.reading.replies += 1;
  writeQuoted(page, () =>
    writeBlock(
      page,
      1,
      () => page.walk(element.children),
      (text) => [name, inShort(text)].filter(Boolean).join(': '),
    ),
  );
  page.reading.replies -= 1;
};

/** The name and the time of a quoted message are told once, by the quote. */
export const writeQuotedDetail: Format = (element, { reading, walk }) => {
  if (reading.replies === 0) walk(element.children);
};

function writeQuoted(page: Page, write: () => void): void {
  const tidy = (text: string) => fewBlankLines(text.replace(/^\n+|\n+$/g, '').split('\n')).join('\n');
  writeIndented(page, 2, ['> ', '> '], () => writeBlock(page, 1, write, tidy));
}

function inShort(text: string): string {
  const words = text.trim().replace(/\n\n+/g, '\n');
  const characters = [...words];
  return characters.length <= longestQuote ? words : `${characters.slice(0, longestQuote).join('').trimEnd()}…`;
}
