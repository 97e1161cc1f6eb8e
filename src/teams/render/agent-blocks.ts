import { inlineMarkdown, isPlainCode } from './agent-inline';
import type { AgentLine, AgentRun } from './agent-lines';
import { withoutControls } from './markdown';

/** Lines that stand together and are set in one way. */
interface Group {
  readonly kind: AgentLine['kind'];
  readonly quoted: number;
  readonly lines: readonly AgentLine[];
}

/** An agent's words as Markdown: lists, quotes and code stay what they are, and lines stay lines. */
export function blocksMarkdown(lines: readonly AgentLine[]): string {
  const groups = groupsOf(countable(lines)).map(codeOrWords);
  const shown = groups.length > 1 ? groups.map(trimmed).filter((group) => group.lines.length > 0) : groups;
  return shown.map((group, index) => between(shown[index - 1], group) + markdownOf(group)).join('');
}

function groupsOf(lines: readonly AgentLine[]): Group[] {
  const groups: (Group & { lines: AgentLine[] })[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    const { kind, quoted } = line;
    if (last?.kind === kind && last.quoted === quoted) last.lines.push(line);
    else groups.push({ kind, quoted, lines: [line] });
  }
  return groups;
}

/** Markdown counts for itself: an item whose number would become another one is words that look like an item. */
function countable(lines: readonly AgentLine[]): AgentLine[] {
  let counts: (number | undefined)[] = [];
  return lines.map((line) => {
    const depth = line.kind === 'item' ? Math.min(line.depth, counts.length) : 0;
    const last = counts[depth];
    counts = line.kind === 'item' ? [...counts.slice(0, depth), line.number] : [];
    if (line.number === undefined || last === undefined || last === line.number - 1) return { ...line, depth };
    counts = [];
    return { kind: 'words', quoted: line.quoted, depth: 0, runs: [wordsOf(`${line.number}. `), ...line.runs] };
  });
}

function wordsOf(text: string): AgentRun {
  return { kind: 'words', text, strong: false, emphasis: false };
}

/** Code that cannot be shown as code, or that has links in it, is words, with its blanks. */
function codeOrWords(group: Group): Group {
  if (group.kind !== 'code') return group;
  const isCode = group.quoted === 0 && group.lines.every(isCodeAlone);
  return isCode ? group : { ...group, kind: 'words' };
}

function isCodeAlone(line: AgentLine): boolean {
  return line.runs.every((run) => run.kind !== 'link') && isPlainCode(textOf(line));
}

/** Between groups there is an empty line anyway. */
function trimmed(group: Group): Group {
  if (group.kind !== 'words') return group;
  const isFull = group.lines.map((line) => textOf(line).trim() !== '');
  const [from, to] = [isFull.indexOf(true), isFull.lastIndexOf(true)];
  return { ...group, lines: from < 0 ? [] : group.lines.slice(from, to + 1) };
}

function between(before: Group | undefined, after: Group): string {
  if (!before) return '';
  return `\n${'> '.repeat(Math.min(before.quoted, after.quoted)).trimEnd()}\n`;
}

function markdownOf(group: Group): string {
  const { kind, quoted, lines } = group;
  const body = kind === 'code' ? codeOf(lines) : kind === 'item' ? itemsOf(lines) : paragraphsOf(lines);
  return quoted === 0 ? body : body.replace(/^/gm, '> '.repeat(quoted));
}

function paragraphsOf(lines: readonly AgentLine[]): string {
  return lines.map((line) => inlineMarkdown(line.runs)).join('  \n');
}

function codeOf(lines: readonly AgentLine[]): string {
  return ['```', ...lines.map((line) => withoutControls(textOf(line))), '```'].join('\n');
}

function itemsOf(lines: readonly AgentLine[]): string {
  return lines
    .map(({ depth, number, runs }) => {
      const sign = number === undefined ? '-' : `${number}.`;
      return `${'    '.repeat(depth)}${sign} ${inlineMarkdown(runs)}`;
    })
    .join('\n');
}

function textOf({ runs }: AgentLine): string {
  return runs.map(({ text }) => text).join('');
}
