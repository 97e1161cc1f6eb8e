import type { Block, Line, Run } from './tree';

/** How a line is set. */
interface Shape {
  readonly block: Block;
  readonly quoted: number;
}

const plain: Shape = { block: { kind: 'words' }, quoted: 0 };

/** Lines on their way to paper: runs come in order, and lines end where they are told to. */
export class Page {
  readonly #lines: Line[] = [];
  #runs: Run[] = [];
  #shape: Shape = plain;
  #isOpen = false;
  /** What must stand between the last line and the next one: nothing, a line's end, an empty line. */
  #pending: 0 | 1 | 2 = 0;
  /** How lines are set from here; the next one only, where an item begins. */
  shape: Shape = plain;
  #first: Block | undefined;

  /** Adds to the line, or begins one. */
  add(run: Run): void {
    this.#begin();
    const both = joined(this.#runs.at(-1), run);
    if (both) this.#runs.splice(-1, 1, both);
    else this.#runs.push(run);
  }

  /** Ends the line, even an empty one; after a block there is no second end. */
  break(): void {
    if (this.#pending > 0) return;
    this.#begin();
    this.#flush();
    this.#isOpen = true;
  }

  /** The next words stand on a line of their own, after an empty line where `gap` is wanted. */
  end(gap = false): void {
    this.#trim();
    const hasLine = this.#lines.length > 0 || this.#runs.length > 0;
    if (hasLine && this.#pending < 2) this.#pending = gap ? 2 : 1;
  }

  /** The next line is of this kind; those after it are not. */
  first(block: Block | undefined): void {
    this.#first = block;
  }

  /** What the line says so far; empty at its beginning. */
  get tail(): string {
    const last = this.#runs.at(-1);
    if (this.#pending > 0 || last === undefined) return '';
    return last.kind === 'mention' ? last.name : last.text;
  }

  finish(): Line[] {
    if (this.#runs.length > 0 || (this.#isOpen && this.#pending === 0)) this.#flush();
    return this.#lines;
  }

  #begin(): void {
    if (this.#pending > 0) {
      if (this.#runs.length > 0) this.#flush();
      if (this.#pending === 2 && (this.#lines.at(-1)?.runs.length ?? 0) > 0) this.#lines.push({ ...plain, runs: [] });
      this.#pending = 0;
      this.#isOpen = false;
    }
    if (this.#runs.length > 0) return;
    this.#shape = this.#first ? { ...this.shape, block: this.#first } : this.shape;
    this.#first = undefined;
    this.#isOpen = true;
  }

  /** Blanks at the end of a block are not seen. */
  #trim(): void {
    const last = this.#runs.at(-1);
    if (last?.kind !== 'words') return;
    const text = last.text.trimEnd();
    this.#runs.splice(-1, 1, ...(text === '' ? [] : [{ ...last, text }]));
  }

  #flush(): void {
    this.#lines.push({ ...this.#shape, runs: this.#runs });
    this.#runs = [];
    this.#isOpen = false;
  }
}

/** Two runs that are set alike as one. */
function joined(one: Run | undefined, other: Run): Run | undefined {
  if (one?.kind === 'code' && other.kind === 'code') return { ...one, text: one.text + other.text };
  if (one?.kind !== 'words' || other.kind !== 'words') return undefined;
  const isAlike = Boolean(one.strong) === Boolean(other.strong) && Boolean(one.emphasis) === Boolean(other.emphasis);
  return isAlike ? { ...one, text: one.text + other.text } : undefined;
}
