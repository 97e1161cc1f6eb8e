import type { DomNode, FormatCallback } from 'html-to-text';
import type { Mention } from './mention';

/** What is known of a message while it is read, and what is counted on the way. */
export interface Reading {
  readonly mentions: readonly Mention[];
  /** What the bot is called, for a mention that no entity explains. */
  readonly ownName: string;
  /** How many lists and cells are open: inside them nothing is set apart by blank lines. */
  tight: number;
  /** How many lists and quotes are open: each indents its lines. */
  indents: number;
  /** How many quoted messages are open. */
  replies: number;
  lastMention?: { readonly element: DomNode; readonly mention: Mention };
}

/** Where an element is written. */
export interface Page {
  readonly builder: Parameters<FormatCallback>[2];
  readonly reading: Reading;
  readonly walk: (nodes: DomNode[]) => void;
}

/** How one kind of element is written. */
export type Format = (element: DomNode, page: Page) => void;

/** Deeper lists and quotes are read, but not indented any further: many lines times many levels must stay small. */
const deepestIndent = 8;

/** Writes a block. It stands on its own lines, `breaks` line breaks away from its neighbours where there is room. */
export function writeBlock(
  { builder, reading }: Page,
  breaks: number,
  write: () => void,
  transform: (text: string) => string = (text) => text,
): void {
  const around = reading.tight > 0 ? 1 : breaks;
  builder.openBlock({ leadingLineBreaks: around });
  write();
  // A line break at the end of a block ends its last line and begins no other.
  const blockTransform = (text: string) => transform(text.endsWith('\n') ? text.slice(0, -1) : text);
  builder.closeBlock({ trailingLineBreaks: around, blockTransform });
}

/** Writes a block whose first line begins with `first`, and every other one with `others`. */
export function writeIndented(page: Page, breaks: number, [first, others]: [string, string], write: () => void): void {
  const { reading } = page;
  reading.indents += 1;
  const isTooDeep = reading.indents > deepestIndent;
  writeBlock(page, breaks, write, (text) => first + (isTooDeep ? text : text.replaceAll('\n', `\n${others}`)));
  reading.indents -= 1;
}

/** Runs `write` where blank lines have no room. */
export function tightly({ reading }: Page, write: () => void): void {
  reading.tight += 1;
  write();
  reading.tight -= 1;
}
