import fc from 'fast-check';

/** A part of a message that writes itself as HTML, and tells on the way which words people see of it. */
export type Part = (sheet: Sheet) => string;

/** The words that a document shows, each once, in their order. */
export class Sheet {
  readonly words: string[] = [];

  /** Marks a word so that it can be found again whatever stands around it. */
  word(characters: string): string {
    const word = `«${this.words.length}${characters}»`;
    this.words.push(word);
    return word.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  }
}

const characters = fc.string({
  unit: fc.constantFrom(...'abcxyzÄßéñ日本मПא👍-_*~`#|:;.,!?/\\<>&"\'()[]{}=+'),
  maxLength: 10,
});
const gap = fc.constantFrom(
  '',
  ' ',
  '&nbsp;',
  ' \n ',
  '\r\n',
  '&#8203;',
  '<!-- no word -->',
  '<span style="display:none">no</span>',
);
const attributes = fc.constantFrom(
  '',
  ' class="x y"',
  ' style="color:red"',
  ' itemprop="copy-paste-block" id=x1',
  ' title="a > b"',
);

const word: fc.Arbitrary<Part> = fc.tuple(gap, characters).map(
  ([before, word]) =>
    (sheet) =>
      before + sheet.word(word),
);
const lookTags = 'b strong i em u span code sub sup font s strike del small mark o:p'.split(' ');

function wrapped(tags: readonly string[], inside: fc.Arbitrary<Part[]>): fc.Arbitrary<Part> {
  return fc.tuple(fc.constantFrom(...tags), attributes, inside).map(
    ([tag, more, parts]) =>
      (sheet) =>
        `<${tag}${more}>${all(parts, sheet)}</${tag}>`,
  );
}

function all(parts: readonly Part[], sheet: Sheet, between = ''): string {
  return parts.map((part) => part(sheet)).join(between);
}

const link: fc.Arbitrary<Part> = fc
  .tuple(fc.array(word, { minLength: 1, maxLength: 3 }), characters)
  .map(([words, address]) => (sheet) => {
    const says = all(words, sheet);
    return `<a href="https://example.com/${sheet.word(address)}">${says}</a>`;
  });
const emoji: fc.Arbitrary<Part> = fc.constantFrom(
  (sheet: Sheet) => `<emoji id="x" alt="${sheet.word('')}" title="no"></emoji>`,
  (sheet: Sheet) => `<img itemtype="http://schema.skype.com/Emoji" alt="${sheet.word('')}" title="no" src="no">`,
);
const picture: fc.Arbitrary<Part> = fc.constantFrom(
  (sheet: Sheet) => `<img src="no" alt="${sheet.word('alt')}">`,
  () => '<img src="no" alt="image">',
);
const mention: fc.Arbitrary<Part> = characters.map(
  (name) => (sheet) =>
    `<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="0">${sheet.word(name)}</span>`,
);
const nothing: fc.Arbitrary<Part> = fc.constantFrom<Part>(
  () => '<br>',
  () => '<attachment id="no">no</attachment>',
  () => '<script>no()</script>',
);

const document = fc.letrec<{ inline: Part; block: Part; item: Part }>((tie) => {
  const inlines = fc.array(tie('inline'), { maxLength: 5, depthIdentifier: 'document' });
  const blocks = fc.array(tie('block'), { maxLength: 4, depthIdentifier: 'document' });
  const items = fc.array(tie('item'), { maxLength: 4, depthIdentifier: 'document' });
  const flow = fc.oneof(inlines, blocks);
  const row = fc.array(fc.tuple(fc.constantFrom('td', 'th'), flow), { maxLength: 3, depthIdentifier: 'document' });
  return {
    inline: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'document' },
      { weight: 6, arbitrary: word },
      { weight: 3, arbitrary: wrapped(lookTags, inlines) },
      link,
      emoji,
      picture,
      mention,
      nothing,
    ),
    block: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'document' },
      wrapped(['p', 'h1', 'h3'], inlines),
      wrapped(['div', 'section', 'pre', 'codeblock', 'blockquote'], flow),
      wrapped(['ul', 'ol', 'ol start="7"', 'ol type="i"'], items),
      fc.array(row, { maxLength: 3 }).map((rows) => (sheet: Sheet) => table(rows, sheet)),
      fc.tuple(word, word).map(
        ([author, words]) =>
          (sheet: Sheet) =>
            reply(author(sheet), words(sheet)),
      ),
      fc.constant<Part>(() => '<hr>'),
    ),
    item: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'document' },
      wrapped(['li', 'li value="3"'], flow),
      wrapped(['ul', 'ol'], items),
    ),
  };
});

function table(rows: readonly (readonly [string, Part[]])[][], sheet: Sheet): string {
  const cells = rows.map((row) => row.map(([tag, parts]) => `<${tag}>${all(parts, sheet)}</${tag}>`).join('\r\n'));
  return `<table><tbody>\r\n${cells.map((row) => `<tr>${row}</tr>`).join('')}</tbody></table>`;
}

function reply(author: string, words: string): string {
  const time = '<span itemprop="time" itemid="1">no</span>';
  return `<blockquote itemtype="http://schema.skype.com/Reply" itemid="1">\n<strong itemprop="mri" itemid="no">${author}</strong>${time}\n<p itemprop="preview">${words}</p></blockquote>`;
}

/** Messages of all that people can write in Teams. */
export const documents: fc.Arbitrary<Part> = fc
  .array(fc.oneof(document.block, document.block, document.inline), { maxLength: 6 })
  .map((parts) => (sheet) => all(parts, sheet, '\r\n'));
