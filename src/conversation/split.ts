/**
 * A long text in parts of at most `longest` UTF-16 units: cut at a paragraph, else a line, else a blank, else between
 * characters. Joined together the parts are the text again, less the blanks at the cuts.
 */
export function splitText(text: string, longest: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > longest) {
    const cut = cutPoint(rest, longest);
    parts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return rest === '' && parts.length > 0 ? parts : [...parts, rest];
}

function cutPoint(text: string, longest: number): number {
  const window = text.slice(0, longest + 1);
  for (const mark of ['\n\n', '\n', ' ']) {
    const at = window.lastIndexOf(mark);
    if (at > longest / 2) return at;
  }
  return isLowSurrogate(text.charCodeAt(longest)) ? longest - 1 : longest;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
