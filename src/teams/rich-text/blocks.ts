import type { DomNode } from 'html-to-text';
import { visibleText } from './clean';
import { isBlank, isEmpty } from './element';
import { marks } from './marks';
import { type Format, type Page, tightly, writeBlock } from './page';

/** A block on lines of its own, such as a `div`. */
export const writeDivision: Format = (element, page) => writeBlock(page, 1, () => page.walk(element.children));

/** A paragraph or a heading. An empty one is Teams' way to set two others apart, which they are anyway. */
export const writeParagraph: Format = (element, page) => {
  if (!isEmpty(element)) writeBlock(page, 2, () => page.walk(element.children));
};

export const writeRule: Format = (_, page) => writeBlock(page, 2, () => page.builder.addInline('---'));

export const writeLineBreak: Format = (_, { builder }) => builder.addLineBreak();

/** Code keeps its lines and its indentation. */
export const writeCode: Format = (element, page) => {
  if (isEmpty(element)) return;
  const write = () => {
    page.builder.openBlock({ isPre: true });
    page.walk(element.children);
    page.builder.closeBlock();
  };
  writeBlock(page, 2, write, (text) => {
    const code = visibleText(text)
      .replaceAll(marks.code, '')
      .replace(/^(?:[ \t]*\n)+/, '')
      .trimEnd();
    return code && marks.code + code;
  });
};

/** A table: a line for each row, its cells in their order. */
export const writeTable: Format = (element, page) => writeBlock(page, 2, () => page.walk(element.children));

export const writeRow: Format = (element, page) => {
  if (isEmpty(element)) return;
  const cells: string[] = [];
  const writeCells = () => {
    for (const child of element.children) if (!isBlank(child)) cells.push(cellText(child, page));
  };
  writeBlock(
    page,
    1,
    () => tightly(page, writeCells),
    // Alone in its row, as in a frame around words, a cell keeps its lines.
    () => (cells.length === 1 ? String(cells[0]) : cells.map((cell) => cell.split(/\s+/).join(' ').trim()).join(' | ')),
  );
};

function cellText(cell: DomNode, page: Page): string {
  let text = '';
  const isCell = cell.name === 'td' || cell.name === 'th';
  writeBlock(
    page,
    1,
    () => page.walk(isCell ? cell.children : [cell]),
    (written) => {
      text = written.replaceAll('\u00a0', ' ');
      return '';
    },
  );
  return text;
}
