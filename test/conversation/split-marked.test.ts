import fc from 'fast-check';
import { mark, plainOf } from '../../src/conversation/marks';
import { splitText } from '../../src/conversation/split';
import { splitRich } from '../../src/conversation/split-marked';
import { markedUp } from '../../src/servicenow/markup';

const numRuns = Number(process.env.MARKUP_RUNS ?? 10_000);
/** The same texts in every run; others by `MARKUP_SEED`. */
const seed = Number(process.env.MARKUP_SEED ?? 20_261_123);
const code = (html: string) => `[code]${html}[/code]`;

test('a text without marks is cut as any text', () => {
  expect(splitRich('hello', 10)).toEqual(['hello']);
  expect(splitRich('', 10)).toEqual(['']);
  const words = 'one two three four\nfive six seven\n\neight nine';
  expect(splitRich(words, 23)).toEqual(splitText(words, 20));
});

test('a cut never goes through a link', () => {
  const text = markedUp('words before it @L[https://kb.example/guide|the guide] and after');
  const link = `${mark.link}the guide${mark.target} (https://kb.example/guide)${mark.linkEnd}`;
  expect(splitRich(text, 46)).toEqual(['words before it', `${link} and`, 'after']);
});

test('a link that is longer than a part is words', () => {
  const parts = splitRich(markedUp('@L[https://kb.example/guide|the guide]'), 25);
  expect(parts.join('')).toMatch(/^the guide ?\(https:\/\/kb\.example\/guide\)$/);
});

test('what is bold at a cut is bold on both sides', () => {
  const b = mark.strong;
  expect(splitRich(markedUp(code('<b>one two three four</b> five')), 16)).toEqual([
    `${b}one two${b}`,
    `${b}three four${b}`,
    'five',
  ]);
});

test('code and quotes stay what they are, and code keeps its blanks', () => {
  const p = mark.prefix;
  const lines = `${p}${mark.code}${p}    one two\n${p}${mark.code}${p}    three`;
  expect(splitRich(markedUp(code('<pre>    one two\n    three</pre>')), 20)).toEqual(lines.split('\n'));
  expect(splitRich(markedUp(code('<blockquote>one two three four</blockquote>')), 16)).toEqual([
    `${p}> ${p}one two`,
    `${p}> ${p}three four`,
  ]);
});

const pieces = fc.array(
  fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => !/[>[@<|]|https?:/.test(text)),
    fc.constantFrom(
      ' ',
      ' ',
      '\n',
      '\n\n',
      '@M[0123|Ana Roja]',
      '@L[https://kb.example/a|the guide]',
      'https://kb.example/b',
    ),
    fc.constantFrom('<b>bold words here</b>', '<i>italic <b>both</b></i>', '<code>ping -t host</code>').map(code),
    fc
      .constantFrom(
        '<pre>one\n    two\n</pre>',
        '<ul><li>one<li>two words</ul>',
        '<blockquote>who said it</blockquote>',
      )
      .map(code),
    fc
      .constantFrom(`<b>${'long words in bold '.repeat(9)}</b>`, `<pre>${'    x = 1; y = 2;'.repeat(9)}</pre>`)
      .map(code),
    fc.constant(code(`<blockquote>${'a long quote of somebody '.repeat(6)}</blockquote>`)),
  ),
  { minLength: 1, maxLength: 30 },
);

/** What is read, without the sign of a quote, which every part of it repeats. */
function letters(parts: readonly string[]): string {
  return plainOf(parts.join('')).replace(/[\s>]/g, '');
}

/** Whether a line opens what it does not close. */
function isTorn(line: string): boolean {
  const words = line.replace(new RegExp(`^${mark.prefix}[^${mark.prefix}]*${mark.prefix}`), '');
  const count = (sign: string) => words.split(sign).length - 1;
  const styles = [mark.strong, mark.emphasis, mark.code];
  return (
    styles.some((sign) => count(sign) % 2 === 1) || count(mark.link) !== count(mark.linkEnd) || count(mark.prefix) > 0
  );
}

function linksIn(parts: readonly string[]): number {
  return parts.join('').split(mark.link).length - 1;
}

test('no part is too long, no letter is lost, no link is torn, and every part stands by itself', () => {
  fc.assert(
    fc.property(pieces, fc.integer({ min: 60, max: 400 }), (sources, longest) => {
      const text = markedUp(sources.join(' '));
      const parts = splitRich(text, longest);
      expect(parts.filter((part) => part.length > longest)).toEqual([]);
      expect(letters(parts)).toBe(letters([text]));
      expect(linksIn(parts)).toBe(linksIn([text]));
      expect(parts.flatMap((part) => part.split('\n')).filter(isTorn)).toEqual([]);
    }),
    { numRuns, seed },
  );
});

test('even where nothing but marks would fit, the words come through', () => {
  expect(splitRich(`${mark.strong.repeat(100)}words`, 20)).toEqual(['words']);
  expect(splitRich(`${mark.prefix}${'> '.repeat(30)}${mark.prefix}words`, 20).join('')).toMatch(/words$/);
  expect(splitRich('words', 2).join('')).toBe('words');
});

test('a part is never longer, whatever the marks are', () => {
  const anything = fc.array(
    fc.oneof(fc.constantFrom(...Object.values(mark)), fc.constantFrom('a', ' ', '\n', '- ', '> ')),
    {
      maxLength: 200,
    },
  );
  fc.assert(
    fc.property(anything, fc.integer({ min: 20, max: 60 }), (signs, longest) => {
      const parts = splitRich(signs.join(''), longest);
      expect(parts.filter((part) => part.length > longest)).toEqual([]);
    }),
    { numRuns, seed },
  );
});
