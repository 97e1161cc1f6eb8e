import fc from 'fast-check';
import { readHtml } from '../../../src/teams/rich-text/read-html';
import { documents, Sheet } from './documents';

const numRuns = Number(process.env.RICH_TEXT_RUNS ?? 10_000);
/** The same texts in every run; others by `RICH_TEXT_SEED`. */
const seed = Number(process.env.RICH_TEXT_SEED ?? 20_261_123);
const read = (html: string) => readHtml(html, [], 'Help desk')?.text ?? 'not read';

test('every word of a message is heard once, in its place, and nothing else is but what lays it out', () => {
  fc.assert(
    fc.property(documents, (document) => {
      const sheet = new Sheet();
      const text = read(document(sheet));
      expect(text.match(/«[^»]*»/g) ?? []).toEqual(sheet.words);
      const layout = text.replace(/«[^»]*»/g, '').replaceAll('https://example.com/', '');
      expect(layout).toMatch(/^(?:[\s>|~@:().-]|\d+\.|[ivx]+\.|\[image(?:: )?\])*$/);
      expect(text).not.toMatch(/\n\n\n\n|[ \t]\n|^\n|\s$/);
    }),
    { numRuns, seed },
  );
});

/** Characters that can be seen, and the blanks between them. */
const typed = fc
  .array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 8 })
  .map((lines) => lines.map((line) => line.replace(/\p{C}|\p{Z}|\p{Default_Ignorable_Code_Point}/gu, ' ')));

const escaped = (line: string) =>
  line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '&nbsp;');

test.each<[string, (lines: string[]) => string]>([
  ['line breaks', (lines) => `<p>${lines.map(escaped).join('<br>\r\n')}</p>`],
  ['boxes', (lines) => `<div>\r\n${lines.map((line) => `<div>${escaped(line) || '<br>'}</div>\n`).join('')}</div>`],
  ['code', (lines) => `<pre><code>${lines.map(escaped).join('<br>')}</code></pre>`],
])('lines that were typed come out as they were, between %s', (_, html) => {
  fc.assert(
    fc.property(typed, (lines) => {
      const expected = lines.map((line) => line.trimEnd()).join('\n');
      const plain = expected.replace(/\n{4,}/g, '\n\n\n').replace(/^\n+|\n+$/g, '');
      const said = read(html(lines));
      expect(said.trimStart()).toBe(plain.trimStart());
      if (html(lines).startsWith('<pre>')) expect(said).toBe(plain);
    }),
    { numRuns, seed },
  );
});

test('whatever is sent as HTML is read without an error', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '<',
      '</',
      '>',
      '"',
      '&',
      '&#',
      '<!--',
      ']]>',
      '<p',
      '<li>',
      '</ul>',
      '<td>',
      '<tr>',
      '<a href=',
      '<at>',
      '\u0001',
      '\u0002',
    ),
    fc.constantFrom('ul', 'ol', 'blockquote', 'table', 'pre', 'at', 'img', 'a').map((tag) => `<${tag}>`),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = read(pieces.join(''));
      expect(text).not.toMatch(/(?![\n\t])\p{Cc}|\n\n\n\n/u);
    }),
    { numRuns, seed },
  );
});
