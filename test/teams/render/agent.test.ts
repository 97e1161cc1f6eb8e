import fc from 'fast-check';
import type { RowId } from '../../../src/conversation/types';
import { renderContent } from '../../../src/teams/render/render';
import { makeTexts } from '../../../src/texts/texts';
import { seenMessage } from '../../support/seen';

const texts = makeTexts();
const render = (text: string, name?: string, repeat = false) =>
  renderContent({ kind: 'agent', text, name, row: 'r1' as RowId }, { locale: 'en', texts, repeat });
const read = (text: string, name = 'Jo') => seenMessage('c', render(text, name), 0).text;

const marks = fc.constantFrom(
  ...[
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '&',
    '*',
    '**',
    '_',
    '`',
    '```',
    '#',
    '~',
    '|',
    '\\',
    '!',
    '@',
    '-',
    '+',
    '1.',
    '=',
    '\n',
    ' ',
    '\t',
  ],
  ...[
    '<at>Bob</at>',
    '[x](https://evil.example)',
    '<a href="https://e.example">',
    '![](x)',
    '&lt;at&gt;',
    'javascript:alert(1)',
  ],
  ...[
    'https://kb.example/a_b?x=1&y=2',
    'http://x.example/_a_*b*',
    '{"type":"AdaptiveCard"}',
    '\u202e',
    '\u200b',
    '\ud83d\ude00',
    '\ud800',
  ],
);
const hostile = fc
  .array(fc.oneof(marks, fc.string({ unit: 'grapheme', maxLength: 5 })), { maxLength: 30 })
  .map((parts) => parts.join(''));

/** What of a text would be read as mark-up: escaped characters and plain web addresses are not. */
function markUpIn(text: string): string {
  const bare = text.replace(/\\[\\`*_[\]#~|.)+=-]/g, '').replace(/https?:\/\/[^\s<>"'`\\[\](){}|^*~]+/gi, '');
  return bare.replace(/[^\\`*_[\]#~|<>]/g, '');
}

test('an agent’s words never become a link, a mention, a list, a tag or a card', () => {
  fc.assert(
    fc.property(hostile, hostile, (text, name) => {
      const body = render(`x${text}`, `n${name}`);
      const [first = '', ...rest] = String(body.text).split('\n\n');
      expect(first.startsWith('**') && first.endsWith('**')).toBe(true);
      expect(markUpIn(first.slice(2, -2))).toBe('');
      expect(markUpIn(rest.join('\n\n'))).toBe('');
      expect(
        rest
          .join('\n\n')
          .split('\n')
          .filter((line) => /^\s*([-+=]|\d+[.)])|^( {4}|\t)/.test(line)),
      ).toEqual([]);
      expect(Object.keys(body).sort()).toEqual(['channelData', 'summary', 'text', 'textFormat', 'type']);
    }),
    { numRuns: 2_000 },
  );
});

test('an agent’s words are read just as they were written (row 32)', () => {
  const plainWords = fc.array(fc.oneof(marks, fc.string({ unit: 'grapheme-ascii', maxLength: 5 })), { maxLength: 20 });
  fc.assert(
    fc.property(plainWords, (parts) => {
      const words = `x${parts.filter((part) => !/https?:|[\u200b\u202e\ud800-\udfff\t]/.test(part)).join('')}x`;
      fc.pre(!words.includes('://'));
      expect(read(words)).toBe(`Jo\n\n${words}`);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  [
    'Please see https://kb.example/nav_to.do?uri=kb_view&id=1#top',
    'Please see https://kb.example/nav_to.do?uri=kb_view&id=1#top',
  ],
  ['(https://kb.example/a_(b))', '(https://kb.example/a%5F(b))'],
  ['two\nlines', 'two  \nlines'],
  ['a\r\n\r\nb', 'a  \n  \nb'],
  ['R&D <3 C:\\temp', 'R&D &lt;3 C:\\\\temp'],
  ['1. one\n- two', '1\\. one  \n\\- two'],
  ['    indented', 'indented'],
  ['a\n    indented', 'a  \n\u00a0\u00a0\u00a0\u00a0indented'],
  ['[reset](javascript:alert(1))', '\\[reset\\](javascript:alert(1))'],
  ['<at>Boss</at>', '&lt;at&gt;Boss&lt;/at&gt;'],
  ['\u202egnp.exe\u202c ok\u200b', 'gnp.exe ok'],
  ['👩‍💻 مرحبا', '👩‍💻 مرحبا'],
  ['/end_chat', '/end\\_chat'],
])('%j is written as %j', (words, written) => {
  expect(render(words, 'Jo').text).toBe(`**Jo**\n\n${written}`);
});

test('the name stands in bold on its own line; an unnamed agent is the live agent', () => {
  expect(render('hi', '  Jo *Smith*\n ').text).toBe('**Jo \\*Smith\\***\n\nhi');
  expect(render('hi').text).toBe('**Live agent**\n\nhi');
  expect(render('hi', ' ').text).toBe('**Live agent**\n\nhi');
});

test('a notification says who wrote and how it begins', () => {
  const body = render(`hello\n${'x'.repeat(500)}`, 'Jo');
  expect(body.channelData).toEqual({ notification: { alert: true } });
  expect(body.summary).toMatch(/^Jo: hello x+…$/);
  expect(body.summary?.length).toBeLessThanOrEqual(150);
});

test.each(['<', '&amp;', '_', 'x', '\n', '😀'])(
  'the longest text of %j is shown whole and under Teams’ size (row 32)',
  (mark) => {
    const words = `x${mark.repeat(Math.floor(14_990 / mark.length))}x`;
    const body = render(words, 'Jo');
    expect(Buffer.byteLength(JSON.stringify(body), 'utf16le')).toBeLessThan(80_000);
    expect(
      seenMessage('c', { ...body, text: body.textFormat === 'plain' ? 'checked below' : body.text }, 0).text,
    ).toBeTruthy();
    if (body.textFormat === 'plain') expect(body.text).toBe(`Jo\n\n${words}`);
    else expect(read(words)).toBe(`Jo\n\n${words}`);
  },
);

test('a possible repeat is marked for the employee to see', () => {
  const mark = texts.say('en', 'teams.possible_repeat');
  expect(render('hello', 'Jo', true).text).toBe(`_${mark}_\n\n**Jo**\n\nhello`);
  expect(render('<'.repeat(14_000), 'Jo', true).text).toMatch(/^\(This may be a repeat/);
});
