/** A part of a text that is all words, or all HTML. */
export interface Segment {
  readonly kind: 'words' | 'html';
  readonly text: string;
}

/**
 * The text's parts: what stands in `[code]…[/code]` is HTML, as journal fields show it, and so is a text that begins and ends
 * with one block of it. Everything else is words, whatever signs are in it. A `[code]` that is never closed is words.
 */
export function segmentsOf(text: string): Segment[] {
  if (isHtml(text)) return [{ kind: 'html', text }];
  const segments: Segment[] = [];
  let end = 0;
  let open: RegExpExecArray | undefined;
  for (const tag of text.matchAll(/\[(\/?)code\]/gi)) {
    if (tag[1] === '') open ??= tag;
    else if (open) {
      segments.push({ kind: 'words', text: text.slice(end, open.index) });
      segments.push({ kind: 'html', text: text.slice(open.index + open[0].length, tag.index) });
      end = tag.index + tag[0].length;
      open = undefined;
    }
  }
  return [...segments, { kind: 'words' as const, text: text.slice(end) }].filter((part) => part.text !== '');
}

function isHtml(text: string): boolean {
  const whole = text.trim();
  const first = /^<(p|div|span|ul|ol|table|blockquote|pre|article|section|h[1-6])(?:\s[^<>]{0,1000})?>/i.exec(whole);
  return first !== null && whole.slice(-20).toLowerCase().endsWith(`</${first[1]?.toLowerCase()}>`);
}
