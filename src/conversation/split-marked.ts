import { mark, plainOf } from './marks';

/** Marks that are closed at the end of a part and opened again in the next one. */
const styles = [mark.strong, mark.emphasis, mark.code];
const prefix = new RegExp(`^${mark.prefix}([^${mark.prefix}\\n]*)${mark.prefix}`);
const link = new RegExp(`${mark.link}([^${mark.linkEnd}\\n]*)${mark.target}([^${mark.linkEnd}\\n]*)${mark.linkEnd}`);

/**
 * A long text in parts of at most `longest` UTF-16 units, cut where a plain text would be: at a paragraph, else a line, else a
 * blank, else between characters; but never within a link. What was bold, code or quoted at a cut is so on both sides.
 */
export function splitRich(text: string, longest: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > longest) {
    const { part, left } = cutOnce(rest, longest);
    if (!isBlank(part)) parts.push(part);
    rest = left;
  }
  return isBlank(rest) && parts.length > 0 ? parts : [...parts, rest];
}

function isBlank(text: string): boolean {
  return plainOf(text).trim() === '';
}

function cutOnce(text: string, longest: number): { readonly part: string; readonly left: string } {
  const from = beginning(text);
  const cut = cutPoint(text, Math.max(2, longest - styles.length), from);
  // A link or a prefix that alone is longer than a part is cut as the words that it is.
  if (cut <= from) return { part: '', left: withoutFirstMark(text) };
  const head = text.slice(0, cut);
  const tail = text.slice(cut);
  if (tail.startsWith('\n')) return { part: head.trimEnd(), left: tail.replace(/^\n+/, '') };
  const line = head.slice(head.lastIndexOf('\n') + 1);
  const open = openAt(line);
  return { part: head.trimEnd() + open, left: continued(line) + open + tail.trimStart() };
}

/** Where words begin: after a prefix, and after styles that are open from the part before. */
function beginning(text: string): number {
  let at = prefix.exec(text)?.[0].length ?? 0;
  while (isStyle(text[at])) at += 1;
  return at;
}

function isStyle(sign: string | undefined): boolean {
  return styles.some((style) => style === sign);
}

function cutPoint(text: string, longest: number, from: number): number {
  const window = text.slice(0, longest + 1);
  for (const sign of ['\n\n', '\n', ' ']) {
    const at = outsideMarks(text, window.lastIndexOf(sign));
    if (at > Math.max(longest / 2, from)) return at;
  }
  return outsideMarks(text, isLowSurrogate(text.charCodeAt(longest)) ? longest - 1 : longest);
}

/** The cut itself, or the beginning of the link, or the line before the prefix, that it would tear. */
function outsideMarks(text: string, cut: number): number {
  if (cut <= 0) return cut;
  const start = text.lastIndexOf('\n', cut - 1) + 1;
  const before = text.slice(start, cut);
  const linkStart = before.lastIndexOf(mark.link);
  if (linkStart > before.lastIndexOf(mark.linkEnd)) return start + linkStart;
  const isInPrefix = before.startsWith(mark.prefix) && before.lastIndexOf(mark.prefix) === 0;
  return isInPrefix ? Math.max(0, start - 1) : cut;
}

function openAt(line: string): string {
  const words = line.replace(prefix, '');
  return styles.filter((sign) => words.split(sign).length % 2 === 0).join('');
}

/** The rest of a line is quoted, or code, as its beginning was; of an item, it is the words. */
function continued(line: string): string {
  const signs = prefix.exec(line)?.[1] ?? '';
  const kept = (/^(?:> )*/.exec(signs)?.[0] ?? '') + (signs.includes(mark.code) ? mark.code : '');
  return kept === '' ? '' : mark.prefix + kept + mark.prefix;
}

function withoutFirstMark(text: string): string {
  const words = text.replace(link, '$1$2');
  if (words !== text) return words;
  return prefix.test(text) ? text.replace(prefix, '$1') : plainOf(text);
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
