import { mark } from '../../conversation/marks';

/** A stretch of an agent's words that is set in one way. */
export type AgentRun =
  | { readonly kind: 'words'; readonly text: string; readonly strong: boolean; readonly emphasis: boolean }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly address: string };

/** One line of an agent's words. An item without a number has a bullet. */
export interface AgentLine {
  readonly kind: 'words' | 'code' | 'item';
  readonly quoted: number;
  readonly depth: number;
  readonly number?: number;
  readonly runs: readonly AgentRun[];
}

const all = Object.values(mark).join('');
const prefix = new RegExp(`^${mark.prefix}([^${mark.prefix}]*)${mark.prefix}`);
const signs = new RegExp(
  [
    `${mark.link}(?<text>[^${all}]+)${mark.target}(?<address>[^${all}]*)${mark.linkEnd}`,
    `(?<toggle>[${mark.strong}${mark.emphasis}${mark.code}])`,
    `(?<words>[^${all}]+)`,
  ].join('|'),
  'g',
);

/** An agent's words, line by line. A text without marks is words; a mark that stands where none belongs is nothing. */
export function agentLines(text: string): AgentLine[] {
  return text.split('\n').map((line) => {
    const before = prefix.exec(line);
    const runs = runsOf(before ? line.slice(before[0].length) : line);
    return { ...shapeOf(before?.[1] ?? ''), runs };
  });
}

function shapeOf(signsBefore: string): Omit<AgentLine, 'runs'> {
  const quotes = /^(?:> ){0,9}/.exec(signsBefore)?.[0] ?? '';
  const quoted = quotes.length / 2;
  const rest = signsBefore.slice(quotes.length);
  if (rest === mark.code) return { kind: 'code', quoted, depth: 0 };
  const item = /^( {0,12})(?:-|(\d{1,7})\.) $/.exec(rest);
  if (!item) return { kind: 'words', quoted, depth: 0 };
  const number = item[2] === undefined ? {} : { number: Number(item[2]) };
  return { kind: 'item', quoted, depth: (item[1]?.length ?? 0) / 2, ...number };
}

function runsOf(line: string): AgentRun[] {
  const runs: AgentRun[] = [];
  const on = { strong: false, emphasis: false, code: false };
  for (const { groups = {} } of line.matchAll(signs)) {
    const { text, address, toggle, words } = groups;
    if (toggle === mark.strong) on.strong = !on.strong;
    if (toggle === mark.emphasis) on.emphasis = !on.emphasis;
    if (toggle === mark.code) on.code = !on.code;
    if (text !== undefined) runs.push(linkOf(text, address ?? ''));
    if (words !== undefined) runs.push(on.code ? { kind: 'code', text: words } : wordsOf(words, on));
  }
  return runs;
}

function wordsOf(text: string, { strong, emphasis }: { strong: boolean; emphasis: boolean }): AgentRun {
  return { kind: 'words', text, strong, emphasis };
}

/** Only what leads to the web or to mail is a link, whoever says so. */
function linkOf(text: string, visible: string): AgentRun {
  const written = visible === '' ? text : visible.replace(/^ \(/, '').replace(/\)$/, '');
  const address = /^[^\s:/?#@]+@[^\s:/?#@]+$/.test(written) ? `mailto:${written}` : written;
  const isSafe = /^(?:https?:\/\/[^\s<>"\\]+|mailto:[^\s<>"\\]+)$/i.test(address);
  return isSafe ? { kind: 'link', text, address } : wordsOf(text + visible, { strong: false, emphasis: false });
}
