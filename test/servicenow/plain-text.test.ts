import fc from 'fast-check';
import { plainOf } from '../../src/conversation/marks';
import { markedUp } from '../../src/servicenow/markup';
import { cut, sameWords, withoutMarkup } from '../../src/servicenow/plain-text';
import { cleanText } from '../../src/teams/rich-text/clean';

/** Texts that are rich in what ServiceNow interprets. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom('[code]', '[/code]', '[CODE]', '[ code ]', '@L[', '@M[', '@[', ']', '|', ':', '@', '[', 'L'),
      fc.constantFrom('https://x.example', ' ', '\n', '\r\n', 'é', '日本', '😀', '<b>', '\u200b'),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));
const markup = /\[\s*\/?\s*code\s*\]|@[A-Za-z]?\[/i;
const visible = (text: string) => text.replaceAll('\u200b', '');

test('nothing that ServiceNow would interpret is left in the words of an employee', () => {
  fc.assert(fc.property(texts, (text) => expect(withoutMarkup(text)).not.toMatch(markup)));
});

test('what is made plain looks as it was written', () => {
  fc.assert(fc.property(texts, (text) => expect(visible(withoutMarkup(text))).toBe(visible(text))));
});

test('making words plain twice changes nothing more', () => {
  fc.assert(fc.property(texts, (text) => expect(withoutMarkup(withoutMarkup(text))).toBe(withoutMarkup(text))));
});

test('words without mark-up are sent letter by letter as they are', () => {
  const plain = texts.filter((text) => !markup.test(text) && !/\[\s*\/?\s*code\b/i.test(text));
  fc.assert(fc.property(plain, (text) => expect(withoutMarkup(text)).toBe(text)));
});

test('plain words come out of the thread with the same letters', () => {
  const typed = fc.oneof(
    texts,
    fc.string({ unit: fc.constantFrom('\r', '\n', '\v', '\u0085', '\u2028', '\u2029', 'a') }),
  );
  fc.assert(
    fc.property(typed.map(cleanText), (text) =>
      expect(visible(plainOf(markedUp(withoutMarkup(text))))).toBe(visible(text)),
    ),
    { numRuns: 1000 },
  );
});

test('an employee who quotes mark-up is understood', () => {
  const quoted = withoutMarkup('see @L[https://evil.example|our portal], @M[id|Boss] and [code]<b>x</b>[/code]');
  expect(quoted).toBe(
    'see @\u200bL[https://evil.example|our portal], @\u200bM[id|Boss] and [\u200bcode]<b>x</b>[\u200b/code]',
  );
});

test.each([
  ['the line ends of the platform', 'one\r\ntwo', 'one\ntwo'],
  ['blanks at the ends', '  one two ', 'one two'],
  ['what stands unseen in mark-up', '[\u200bcode]', '[code]'],
  ['two ways to write one letter', 'caf\u00e9', 'cafe\u0301'],
])('words are the same whatever happens to %s', (_, one, other) => {
  expect(sameWords(one)).toBe(sameWords(other));
});

test('other words are other words', () => {
  expect(sameWords('yes')).not.toBe(sameWords('yes!'));
  expect(sameWords('onetwo')).not.toBe(sameWords('one two'));
});

test('a text is cut between characters, and says that it was cut', () => {
  expect(cut('abcdef', 6)).toBe('abcdef');
  expect(cut('abcdef', 4)).toBe('abc…');
  expect(cut('ab😀cd', 4)).toBe('ab…');
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 40 }), (text, longest) => {
      expect(cut(text, longest).length).toBeLessThanOrEqual(longest);
    }),
  );
});
