import { clean, cleanInline } from '../clean';
import { isElement } from './elements';
import { linkRuns } from './links';
import type { Page } from './page';
import { englishTitles, lettersOf, type Reading, type Run } from './tree';
import { type Style, wordRuns } from './words';

type Attributes = Readonly<Record<string, string>>;

const mostDepth = 3;
const mostQuoted = 3;

/** Puts elements and texts, as a parser brings them, on a page. */
export class HtmlReader {
  readonly #open = { strong: 0, emphasis: 0, code: 0, pre: 0, quoted: 0 };
  /** The lists that are open; a bulleted one has no number. */
  readonly #lists: { number?: number }[] = [];
  #link: { readonly target: string; text: string } | undefined;
  #cells = 0;

  constructor(
    private readonly page: Page,
    private readonly reading: Reading,
    /** Whether line ends are line ends, as they are where nothing else sets lines. */
    private readonly keepsLines: boolean,
  ) {}

  open(name: string, attributes: Attributes): void {
    if (name === 'br') this.#break();
    if (name === 'img') this.#image(attributes);
    if (name === 'td' || name === 'th') this.#cell();
    this.#ends(name);
    this.#count(name, 1);
    if (name === 'a' && attributes.href !== undefined) this.#openLink(attributes.href);
    if (name === 'ul') this.#lists.push({});
    if (name === 'ol') this.#lists.push({ number: numberOf(attributes.start) });
    if (name === 'li') this.#item();
    if (name === 'tr') this.#cells = 0;
    if (name === 'hr') this.page.add({ kind: 'words', text: '---' });
  }

  close(name: string): void {
    if (name === 'a') this.#closeLink();
    this.#ends(name);
    this.#count(name, -1);
    if (name === 'li') this.page.first(undefined);
    if (name === 'ul' || name === 'ol') this.#lists.pop();
  }

  text(text: string): void {
    if (this.#link) this.#link.text += text;
    else if (this.#open.pre > 0) this.#lines(text, (line) => this.page.add({ kind: 'words', text: clean(line) }));
    else if (this.keepsLines) this.#lines(text, (line) => this.#words(line));
    else this.#words(text);
  }

  end(): void {
    this.#closeLink();
  }

  #words(text: string): void {
    const words = text.replace(/[ \t\r\n\f]+/g, ' ');
    const isFirst = this.page.tail === '' || this.page.tail.endsWith(' ');
    const seen = isFirst ? words.replace(/^ /, '') : words;
    if (seen === '') return;
    if (this.#open.code > 0) this.page.add({ kind: 'code', text: clean(seen) });
    else this.#addAll(wordRuns(seen, this.reading, this.#style()));
  }

  #addAll(runs: readonly Run[]): void {
    for (const run of runs) if (run.kind !== 'words' || run.text !== '') this.page.add(run);
  }

  #style(): Style {
    const { strong, emphasis } = this.#open;
    return { ...(strong > 0 ? { strong: true } : {}), ...(emphasis > 0 ? { emphasis: true } : {}) };
  }

  #lines(text: string, add: (line: string) => void): void {
    clean(text)
      .split('\n')
      .forEach((line, index) => {
        if (index > 0) this.page.break();
        if (line !== '') add(line);
      });
  }

  #break(): void {
    if (this.#link) this.#link.text += ' ';
    else this.page.break();
  }

  #ends(name: string): void {
    const isSpaced = isElement('spaced', name);
    if (!isSpaced && !isElement('block', name)) return;
    if (this.#link) this.#link.text += ' ';
    // Within a list, paragraphs do not tear its items apart.
    else this.page.end(isSpaced && this.#lists.length === 0);
  }

  #count(name: string, change: 1 | -1): void {
    if (isElement('strong', name)) this.#open.strong += change;
    if (isElement('emphasis', name)) this.#open.emphasis += change;
    if (isElement('code', name)) this.#open.code += change;
    if (name === 'pre') this.#open.pre += change;
    if (name === 'blockquote') this.#open.quoted += change;
    const { pre, quoted } = this.#open;
    this.page.shape = { block: { kind: pre > 0 ? 'code' : 'words' }, quoted: Math.min(mostQuoted, quoted) };
  }

  #item(): void {
    const list = this.#lists.at(-1) ?? {};
    const depth = Math.min(mostDepth, Math.max(0, this.#lists.length - 1));
    const { number } = list;
    this.page.first({ kind: 'item', depth, ...(number === undefined ? {} : { number }) });
    if (number !== undefined) list.number = number + 1;
  }

  #cell(): void {
    if (this.#cells > 0) this.page.add({ kind: 'words', text: ' | ' });
    this.#cells += 1;
  }

  #image({ alt = '', src = '' }: Attributes): void {
    const { image } = this.reading.titles ?? englishTitles;
    const words = alt.trim() || image;
    if (this.#link) this.#link.text += words;
    else this.#addAll(linkRuns(src, words, this.reading) ?? wordRuns(cleanInline(words), this.reading));
  }

  #openLink(target: string): void {
    this.#closeLink();
    this.#link = { target, text: '' };
  }

  #closeLink(): void {
    const link = this.#link;
    this.#link = undefined;
    if (!link) return;
    const words = wordRuns(link.text, this.reading).map(lettersOf).join('');
    if (/^\s/.test(words)) this.#words(' ');
    this.#addAll(linkRuns(link.target, words, this.reading) ?? wordRuns(cleanInline(words), this.reading));
    if (/\s$/.test(words)) this.#words(' ');
  }
}

function numberOf(start: string | undefined): number {
  return start !== undefined && /^\d{1,6}$/.test(start) ? Number(start) : 1;
}
