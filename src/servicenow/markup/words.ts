import { clean, cleanInline } from '../clean';
import { linkRuns } from './links';
import type { Reading, Run } from './tree';

/** How a stretch of words is set. */
export interface Style {
  readonly strong?: boolean;
  readonly emphasis?: boolean;
}

/** The platform's links and mentions, and web addresses that stand among the words. Bounded, so that nothing is read twice over. */
const marks = new RegExp(
  [
    /@L\[(?<target>[^[\]|]{0,2000})\|(?<name>[^\]]{0,1000})\]/,
    /@M\[[^\]|]{0,200}\|(?<person>[^\]]{0,200})\]/,
    /@\[[^\]:]{0,200}:(?<someone>[^\]]{0,200})\]/,
    /(?<address>\b[hH][tT][tT][pP][sS]?:\/\/[^\s<>"'`\\^{}|]+)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/**
 * Words with ServiceNow's mark-up, which may run over several lines. What is not seen is taken out last: mark-up that was
 * broken by it, as an employee's is, stays words.
 */
export function wordRuns(text: string, reading: Reading, style: Style = {}): Run[] {
  const runs: Run[] = [];
  let end = 0;
  const say = (words: string) => {
    if (words !== '') runs.push({ ...wordsOf(clean(words)), ...style });
  };
  for (const match of text.matchAll(marks)) {
    const { read, length } = readMark(match, reading);
    say(text.slice(end, match.index));
    runs.push(...read.map((run) => (run.kind === 'words' ? { ...run, ...style } : run)));
    end = match.index + length;
  }
  say(text.slice(end));
  return runs;
}

function readMark({ 0: all, groups = {} }: RegExpExecArray, reading: Reading): { read: Run[]; length: number } {
  const { target, name, person, someone, address } = groups;
  if (address !== undefined) {
    const written = withoutPunctuation(address);
    return { read: linkRuns(written, '', reading) ?? [wordsOf(written)], length: written.length };
  }
  if (target !== undefined) {
    const known = reading.links?.find((link) => link.sys_id === target);
    const read = linkRuns(known?.url ?? target, name ?? '', reading, known?.title);
    return { read: read ?? wordRuns(cleanInline(name ?? '') || cleanInline(target), reading), length: all.length };
  }
  const named = cleanInline(person ?? someone ?? '');
  // A name that is an address is one, and ends where the name does.
  const read: Run[] = named.includes('://')
    ? [wordsOf('@'), ...wordRuns(named, reading)]
    : [{ kind: 'mention', name: named }];
  return { read, length: all.length };
}

function wordsOf(text: string): Extract<Run, { kind: 'words' }> {
  return { kind: 'words', text };
}

/** Where an address stands at the end of a sentence or in brackets, what follows it is not part of it. */
function withoutPunctuation(address: string): string {
  let end = address.length;
  let open = count(address, '(') - count(address, ')');
  let openSquare = count(address, '[') - count(address, ']');
  for (; end > 0; end -= 1) {
    const last = address[end - 1] ?? '';
    if (last === ')' && open < 0) open += 1;
    else if (last === ']' && openSquare < 0) openSquare += 1;
    else if (!/[.,;:!?…*_~]/.test(last)) break;
  }
  return address.slice(0, end);
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}
