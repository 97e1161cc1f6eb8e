/** Characters that make mark-up of text wherever they stand. */
const marks = /[\\`*_[\]#~|]/g;
/** What makes a list, a heading or a rule of a line that begins with it. */
const lineStart = /^(\s*)([-+=]|\d+(?=[.)]))/;
const webAddress = /https?:\/\/[^\s<>"'`\\[\](){}|^]+/gi;

/**
 * Someone else's words as Markdown that reads exactly as they were written: no link, mention, list or tag comes of them, and
 * their lines stay lines. Web addresses stay as they are.
 */
export function escapeMarkdown(words: string): string {
  return withoutControls(words)
    .split('\n')
    .map((line) => escapeLine(line))
    .join('  \n');
}

/** The same for a word within a line. */
export function escapeInline(words: string): string {
  return escapeMarkdown(withoutControls(words).replace(/\s+/g, ' ').trim());
}

/**
 * Markdown of an author whom we trust with Markdown alone: tags in it are shown, not obeyed, and links lead to the web, to
 * mail or to a telephone.
 */
export function neutraliseHtml(markdown: string): string {
  return withoutControls(markdown)
    .replace(/<(?!https?:\/\/[^\s<>]+>)(?=[a-z/!?])/gi, '&lt;')
    .replace(/\]\(\s*(?!https?:\/\/|mailto:|tel:)/gi, '] (');
}

/** Whether a text would look different where Markdown is not understood. */
export function looksLikeMarkdown(text: string): boolean {
  return /[\\`*_[\]#~|\n]/.test(text) || /^\s*([-+>]|\d+[.)])\s/.test(text);
}

/** Text without the characters that can turn it around, hide in it or break it. */
export function withoutControls(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, (mark) =>
      mark === '\n' || mark === '\t' ? mark : '',
    )
    .replace(/\p{Cs}/gu, '\ufffd');
}

function escapeLine(line: string): string {
  const parts: string[] = [];
  let end = 0;
  for (const match of line.matchAll(webAddress)) {
    parts.push(escapeText(line.slice(end, match.index)), escapeAddress(match[0]));
    end = match.index + match[0].length;
  }
  parts.push(escapeText(line.slice(end)));
  return indent(parts.join('').replace(lineStart, escapeLineStart));
}

function escapeText(text: string): string {
  return text
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(marks, (mark) => `\\${mark}`);
}

/** Addresses stay clickable: what could be read as emphasis within them is written in its other, equal form. */
function escapeAddress(address: string): string {
  return address
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replace(/(?<![a-z0-9])_|_(?![a-z0-9])/gi, '%5F')
    .replaceAll('*', '%2A')
    .replaceAll('~', '%7E');
}

function escapeLineStart(_: string, blanks: string, mark: string): string {
  return /\d/.test(mark) ? `${blanks}${mark}\\` : `${blanks}\\${mark}`;
}

/** Blanks at the beginning of a line would make it a code block; hard ones do not. */
function indent(line: string): string {
  return line.replace(/^[ \t]+/, (blanks) => blanks.replaceAll('\t', '    ').replaceAll(' ', '\u00a0'));
}
