import type { DomNode } from 'html-to-text';
import { attribute, isBlank } from './element';
import { type Format, type Page, tightly, writeBlock, writeIndented } from './page';

const bullet = '- ';

/** A list, each item on lines of its own behind its bullet or number. */
export const writeList: Format = (element, page) => {
  const numbers = element.name === 'ol' ? numbersOf(element) : undefined;
  writeBlock(page, 2, () =>
    tightly(page, () => {
      for (const child of element.children) {
        if (isBlank(child)) continue;
        // Teams also puts lists straight into lists, without an item around them.
        if (child.name !== 'li') writeIndented(page, 1, ['  ', '  '], () => page.walk([child]));
        else writeMarked(child, page, numbers ? `${numbers(child)}. ` : bullet);
      }
    }),
  );
};

/** An item outside of any list. */
export const writeStrayItem: Format = (element, page) => tightly(page, () => writeMarked(element, page, bullet));

function writeMarked(item: DomNode, page: Page, mark: string): void {
  const indent = ' '.repeat(mark.length);
  const first = item.children.find((child) => !isBlank(child))?.name;
  const isOnlyFrame = first === 'ul' || first === 'ol';
  writeIndented(page, 1, [isOnlyFrame ? indent : mark, indent], () => page.walk(item.children));
}

/** Tells each item's number, one after the other, as the list wants them written. */
function numbersOf(list: DomNode): (item: DomNode) => string {
  const write = numerals.get(attribute(list, 'type')) ?? String;
  let next = wholeNumber(attribute(list, 'start')) ?? 1;
  return (item) => {
    const number = wholeNumber(attribute(item, 'value')) ?? next;
    next = number + 1;
    return write(number);
  };
}

function wholeNumber(text: string): number | undefined {
  return /^-?\d{1,6}$/.test(text) ? Number(text) : undefined;
}

const numerals: ReadonlyMap<string, (number: number) => string> = new Map([
  ['a', letters],
  ['A', (number) => letters(number).toUpperCase()],
  ['i', roman],
  ['I', (number) => roman(number).toUpperCase()],
]);

function letters(number: number): string {
  if (number < 1) return String(number);
  const before = Math.floor((number - 1) / 26);
  return (before > 0 ? letters(before) : '') + String.fromCharCode(97 + ((number - 1) % 26));
}

const romanNumerals: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function roman(number: number): string {
  if (number < 1 || number > 3_999) return String(number);
  let rest = number;
  return romanNumerals
    .map(([value, numeral]) => {
      const times = Math.floor(rest / value);
      rest -= times * value;
      return numeral.repeat(times);
    })
    .join('');
}
