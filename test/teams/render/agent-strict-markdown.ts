/** What a strict reader of Markdown makes of a text. */
export interface StrictlyRead {
  /** What is seen, with the signs of items and quotes left out. */
  readonly seen: string;
  readonly links: readonly { readonly text: string; readonly address: string }[];
  readonly strong: readonly string[];
  readonly emphasis: readonly string[];
  readonly code: readonly string[];
  readonly items: number;
  /** What is mark-up, or could be taken for it, without being one of the above. */
  readonly wrong: readonly string[];
}

type Found = {
  -readonly [key in keyof StrictlyRead]: StrictlyRead[key] extends readonly (infer One)[] ? One[] : StrictlyRead[key];
};

/**
 * Reads the Markdown that may be written for Teams, and nothing beyond it: paragraphs with hard line ends, items, quotes, fenced
 * code; within lines `**`, `*`, code, links and bare web addresses. Everything else that could be mark-up is wrong.
 */
export function readStrictly(markdown: string): StrictlyRead {
  const found: Found = { seen: '', links: [], strong: [], emphasis: [], code: [], items: 0, wrong: [] };
  let isFenced = false;
  for (const raw of markdown.split('\n')) {
    const line = raw.replace(/^(?:> ?)+/, '');
    if (line === '```') isFenced = !isFenced;
    else if (isFenced) {
      found.code.push(line);
      found.seen += `${line}\n`;
    } else found.seen += `${readLine(line, found)}\n`;
  }
  if (isFenced) found.wrong.push('a fence that is not closed');
  return found;
}

function readLine(raw: string, found: Found): string {
  const item = /^(?: {4})*(?:-|\d{1,9}\.) /.exec(raw);
  if (item) found.items += 1;
  const line = item ? raw.slice(item[0].length) : raw;
  if (/^[ \t]+\S/.test(line)) found.wrong.push(`blanks before ${line}`);
  if (/^\s*(?:[-+](?:\s|$)|\d+[.)](?:\s|$)|=+\s*$|-{3,}|#{1,6}(?:\s|$)|>|~{3}|`{3})/.test(line))
    found.wrong.push(`a block: ${line}`);
  return readInline(line, found);
}

const address = /https?:\/\/[^\s<>"'`\\[\](){}|^]+/y;
const link = /\[((?:\\.|[^\\[\]])*)\]\(([^()\s<>\\]*)\)/y;

function readInline(line: string, found: Found): string {
  let seen = '';
  const open: { readonly sign: string; readonly from: number }[] = [];
  for (let at = 0; at < line.length; ) {
    const sign = line[at] ?? '';
    const bare = match(address, line, at);
    const whole = sign === '[' ? match(link, line, at) : undefined;
    const entity = /^&(lt|gt|amp);/.exec(line.slice(at, at + 5));
    const stars = /^\*+/.exec(line.slice(at, at + 9))?.[0];
    if (bare) {
      const text = bare[0].replace(/&amp;/g, '&');
      found.links.push({ text, address: text });
      seen += text;
      at += bare[0].length;
    } else if (whole) {
      if (line[at - 1] === '!') found.wrong.push('a picture');
      const inside: Found = { ...found, links: [] };
      const text = readInline(whole[1] ?? '', inside);
      found.links.push({ text, address: (whole[2] ?? '').replace(/&amp;/g, '&') });
      seen += text;
      at += whole[0].length;
    } else if (sign === '\\' && /[!-/:-@[-`{-~]/.test(line[at + 1] ?? '')) {
      seen += line[at + 1];
      at += 2;
    } else if (entity) {
      seen += { lt: '<', gt: '>', amp: '&' }[entity[1] as 'lt' | 'gt' | 'amp'];
      at += entity[0].length;
    } else if (sign === '`') {
      const end = line.indexOf('`', at + 1);
      if (end < 0) found.wrong.push('code that is not closed');
      const text = end < 0 ? '' : line.slice(at + 1, end);
      found.code.push(text);
      seen += text;
      at = end < 0 ? at + 1 : end + 1;
    } else if (stars) {
      const last = open.at(-1);
      const [before, after] = [line[at - 1] ?? ' ', line[at + stars.length] ?? ' '];
      if (last?.sign === stars && closes(before, after)) {
        open.pop();
        const text = seen.slice(last.from);
        if (stars.length !== 1) found.strong.push(text);
        if (stars.length !== 2) found.emphasis.push(text);
      } else if (stars.length <= 3 && closes(after, before)) open.push({ sign: stars, from: seen.length });
      else found.wrong.push(`stars in ${line}`);
      at += stars.length;
    } else {
      const isWrong = /[<>[\]#~|]/.test(sign) || (sign === '_' && !/\w_\w/.test(line.slice(at - 1, at + 2)));
      if (isWrong || (sign === '&' && /^&#?\w+;/.test(line.slice(at)))) found.wrong.push(`${sign} in ${line}`);
      seen += sign;
      at += 1;
    }
  }
  if (open.length > 0) found.wrong.push(`stars that are not closed in ${line}`);
  return seen.replaceAll('\u00a0', ' ');
}

/** Whether stars between these two can end something: CommonMark's right-flanking rule, with half a character as a letter. */
function closes(before: string, after: string): boolean {
  if (/\s/.test(before)) return false;
  return !/[\p{P}\p{S}]/u.test(before) || /[\s\p{P}$+<=>^`|~]/u.test(after);
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
