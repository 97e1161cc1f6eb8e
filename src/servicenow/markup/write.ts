import { mark } from '../../conversation/marks';
import type { Line, Run } from './tree';

/** The lines in their one form. */
export function written(lines: readonly Line[]): string {
  return lines.map((line) => prefixOf(line) + line.runs.map(runOf).join('')).join('\n');
}

function prefixOf({ block, quoted }: Line): string {
  const quote = '> '.repeat(quoted);
  const prefix = quote + markOf(block);
  return prefix === '' ? '' : mark.prefix + prefix + mark.prefix;
}

function markOf(block: Line['block']): string {
  switch (block.kind) {
    case 'words':
      return '';
    case 'code':
      return mark.code;
    case 'item':
      return `${'  '.repeat(block.depth)}${block.number === undefined ? '-' : `${block.number}.`} `;
  }
}

function runOf(run: Run): string {
  switch (run.kind) {
    case 'words':
      return [run.emphasis ? mark.emphasis : '', run.strong ? mark.strong : ''].reduce(
        (text, sign) => sign + text + sign,
        run.text,
      );
    case 'code':
      return mark.code + run.text + mark.code;
    case 'mention':
      return `@${run.name}`;
    case 'link':
      return mark.link + run.text + mark.target + targetOf(run) + mark.linkEnd;
  }
}

function targetOf({ text, address }: Extract<Run, { kind: 'link' }>): string {
  return text === address || `mailto:${text}` === address ? '' : ` (${address})`;
}
