import type { AgentRun } from './agent-lines';
import { escapeMarkdown, withoutControls } from './markdown';

/** A piece of a line as Markdown, before it is known what stands beside it. */
interface Piece {
  readonly words: string;
  /** What stands before and after it, if that works where it stands. */
  readonly mark: '' | '*' | '**' | '***';
}

/** The runs of one line as Markdown that reads exactly as they say. */
export function inlineMarkdown(runs: readonly AgentRun[]): string {
  const pieces = runs.map((run, index) => pieceOf(run, runs[index - 1], runs[index + 1]));
  let line = '';
  pieces.forEach((piece, index) => {
    // A `!` before a link would make a picture of it.
    if (piece.words.startsWith('[')) line = line.replace(/(?<!\\)!$/, '\\!');
    line += marked(piece, lastOf(line), firstOf(pieces[index + 1]?.words ?? ''));
  });
  // What no run is by itself, runs can be together: an item's beginning, or blanks that would make code of a line.
  return line.replace(/^[ \t]+/, (blanks) => '\u00a0'.repeat(blanks.length)).replace(/^(\s*\d+)(?=[.)])/, '$1\\');
}

/** Words as Markdown, where they do not begin a line: blanks before them are just blanks. */
export function escapeWithin(text: string): string {
  const blanks = /^[ \t]*/.exec(text)?.[0] ?? '';
  return blanks + escapeMarkdown(text.slice(blanks.length));
}

/** Whether code can be shown as code: nothing in it ends it, or might be taken for a tag where code is not understood. */
export function isPlainCode(text: string): boolean {
  return !/[`<\n]|&#?\w+;/.test(text);
}

function pieceOf(run: AgentRun, before: AgentRun | undefined, after: AgentRun | undefined): Piece {
  const escaped = (text: string) => (before ? escapeWithin(text) : escapeMarkdown(text));
  switch (run.kind) {
    case 'words':
      return { words: escaped(run.text), mark: markOf(run) };
    case 'code': {
      const code = withoutControls(run.text);
      return { words: isPlainCode(code) && code.trim() !== '' ? codeSpan(code) : escaped(code), mark: '' };
    }
    case 'link':
      return { words: linkOf(run, standsApart(before, after)), mark: '' };
  }
}

function markOf({ strong, emphasis }: Extract<AgentRun, { kind: 'words' }>): Piece['mark'] {
  if (strong) return emphasis ? '***' : '**';
  return emphasis ? '*' : '';
}

function codeSpan(code: string): string {
  const [, before = '', inside = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(code) ?? [];
  return `${before}\`${inside}\`${after}`;
}

/** Whether nothing that stands beside an address could be taken for a part of it. */
function standsApart(before: AgentRun | undefined, after: AgentRun | undefined): boolean {
  return /(?:^|[\s(])$/.test(before?.text ?? '') && /^(?:$|\s|[.,;:!?)]+(?:$|\s))/.test(after?.text ?? '');
}

/** An address that is its own text stays as it is, unless something in it would end it early, or something beside it would go on with it. */
function linkOf({ text, address }: Extract<AgentRun, { kind: 'link' }>, isApart: boolean): string {
  const label = escapeWithin(text.trim()).replace(/\s+/g, ' ');
  return text === address && isApart && !/[()[\]{}|\\`~*^]/.test(address) ? label : `[${label}](${targetOf(address)})`;
}

/** What could end a target early is written in its other, equal form; a host has none. */
function targetOf(address: string): string {
  const [, host = '', path = ''] = /^(\w+:\/\/[^/?#]*|)(.*)$/s.exec(address) ?? [];
  const target = host.replace(/[()]/g, encoded) + path.replace(/[()[\]{}\\*~`|^]/g, encoded);
  return target.replace(/&(?=#?\w+;)/g, '&amp;');
}

function encoded(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

/**
 * Marks work only where words touch them from within, and a sign or a blank, or letters on both sides, from without. Where
 * they would not work the words stand without them.
 */
function marked({ words, mark }: Piece, before: string, after: string): string {
  if (mark === '') return words;
  const [, blank = '', inside = '', end = ''] = /^(\s*)(.*?)(\s*)$/s.exec(words) ?? [];
  const works = inside !== '' && touches(firstOf(inside), blank || before) && touches(lastOf(inside), end || after);
  return works ? blank + mark + inside + mark + end : words;
}

function touches(within: string, without: string): boolean {
  if (without === '*') return false;
  // Readers of Markdown do not agree on whether a symbol, or a rare script's sign, is a sign: it is one where that is the worse.
  return !/[\p{P}\p{S}]/u.test(within) || /^(?:$|[\s$+<=>^`|~]|(?![\u{10000}-\u{10ffff}])\p{P})/u.test(without);
}

function firstOf(text: string): string {
  return /^./su.exec(text)?.[0] ?? '';
}

/** The last character, both halves of it. */
function lastOf(text: string): string {
  return /.$/su.exec(text.slice(-2))?.[0] ?? '';
}
