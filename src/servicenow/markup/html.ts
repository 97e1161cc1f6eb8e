import { Parser } from 'htmlparser2';
import { isElement, isUnseen } from './elements';
import { HtmlReader } from './html-reader';
import type { Page } from './page';
import type { Reading } from './tree';

/** More than this is read for its words alone: the time that the parser takes grows with the square of unclosed elements. */
const longestHtml = 60_000;
/** Elements whose lines are told by the HTML, and not by the line ends in it. */
const setsLines = /<(?:br|p|div|li|tr|pre|table|h[1-6]|blockquote)\b/i;

/** Sets the words of HTML, and of its mark-up what the tree knows. Never fails: what is no HTML is words. */
export function setHtml(html: string, page: Page, reading: Reading): void {
  const short = withoutData(html);
  if (short.length > longestHtml) setWordsAlone(short, page, reading);
  else setElements(short, page, reading);
}

function setElements(html: string, page: Page, reading: Reading): void {
  const reader = new HtmlReader(page, reading, !setsLines.test(html));
  let depth = 0;
  let hiddenFrom = Number.POSITIVE_INFINITY;
  // The parser brings texts in pieces, cut at every entity.
  let pieces: string[] = [];
  const flush = () => {
    if (pieces.length > 0 && depth < hiddenFrom) reader.text(pieces.join(''));
    pieces = [];
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      flush();
      depth += 1;
      if (depth < hiddenFrom && isUnseen(name, attributes)) hiddenFrom = depth;
      if (depth < hiddenFrom) reader.open(name, attributes);
    },
    ontext: (text) => void pieces.push(text),
    onclosetag(name) {
      flush();
      if (depth < hiddenFrom) reader.close(name);
      if (depth === hiddenFrom) hiddenFrom = Number.POSITIVE_INFINITY;
      depth -= 1;
    },
  });
  parser.end(html);
  flush();
  reader.end();
}

/** Pictures inside the HTML itself are long, and nothing of them is read. */
function withoutData(html: string): string {
  return html.replace(/\bdata:[\w/+.-]{1,100};base64,[\w+/=%\s]*/gi, 'data:');
}

function setWordsAlone(html: string, page: Page, reading: Reading): void {
  const reader = new HtmlReader(page, reading, false);
  let isHidden = false;
  for (const [part, tag] of html.matchAll(/<\/?([a-z][a-z0-9]*)[^<>]*>|[^<]+|</gi)) {
    if (tag === undefined) {
      if (!isHidden) reader.text(part);
    } else if (isElement('dropped', tag.toLowerCase())) isHidden = !part.startsWith('</');
    else reader.text(' ');
  }
  reader.end();
}
