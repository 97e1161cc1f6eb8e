import fc from 'fast-check';
import { splitText } from '../../src/conversation/split';

test('a short text is one part, and an empty one too', () => {
  expect(splitText('hello', 10)).toEqual(['hello']);
  expect(splitText('', 10)).toEqual(['']);
});

test('a long text is cut at a paragraph before a line, at a line before a blank', () => {
  expect(splitText('one two\n\nthree four', 14)).toEqual(['one two', 'three four']);
  expect(splitText('one two\nthree four', 12)).toEqual(['one two', 'three four']);
  expect(splitText('one two three', 9)).toEqual(['one two', 'three']);
});

test('a word that is longer than a part is cut, but never through a character', () => {
  expect(splitText('😀😀😀', 3)).toEqual(['😀', '😀', '😀']);
});

test('no part is too long, and no word is lost', () => {
  const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), { maxLength: 60 });
  fc.assert(
    fc.property(
      words,
      fc.constantFrom(' ', '\n', '\n\n'),
      fc.integer({ min: 10, max: 80 }),
      (parts, joint, longest) => {
        const text = parts.join(joint);
        const split = splitText(text, longest);
        expect(split.every((part) => part.length <= longest)).toBe(true);
        expect(split.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      },
    ),
    { numRuns: 1_000 },
  );
});
