import { readHtml } from '../../../src/teams/rich-text/read-html';

/** Milliseconds of work, which unlike those of a clock do not grow while others work on this machine. */
function work(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const read = (html: string) => readHtml(html, [{ id: '29:bob', names: ['Bob'], isOwn: false }], '');
/** HTML of about `length` characters that repeats itself. */
const filled = (length: number, piece: string) => piece.repeat(Math.ceil(length / piece.length));
const most = 190_000;

beforeAll(() => {
  for (let round = 0; round < 20; round += 1)
    read(filled(20_000, '<p>a <b>b</b><a href="https://example.com">c</a></p>'));
});

describe('the longest messages are read in a moment', () => {
  test.each<[string, string]>([
    ['words', filled(most, 'word ')],
    ['one word', filled(most, 'x')],
    ['blanks', `a${filled(most, ' ')}b`],
    ['blanks that do not break', `a${filled(most, '\u00a0')}b`],
    ['entities', filled(most, '&nbsp;')],
    ['characters that do not join', filled(most, '\u200d')],
    ['characters that mark', filled(most, '\u0002 ')],
    ['tags without an end', filled(most, '<b '.padEnd(40))],
    ['less-than signs', filled(9_000, '< ')],
    ['paragraphs', '<p>hello you</p>'.repeat(4_900)],
    ['line breaks', '<br>'.repeat(9_900)],
    ['links', '<a href="https://example.com/y">b</a>'.repeat(4_900)],
    ['mentions', '<at id="0">Bob</at>'.repeat(4_900)],
    ['lists in lists', `${'<ul><li>'.repeat(45)}<pre>${'x\n'.repeat(9_000)}</pre>`],
    ['quotes in quotes', `${'<blockquote>'.repeat(45)}<pre>${'x\n'.repeat(9_000)}</pre>`],
    [
      'replies in replies',
      filled(3_000, '<blockquote itemtype="http://schema.skype.com/Reply">') + filled(most - 5_000, 'x '),
    ],
    ['tables in tables', `${'<table><tr><td>'.repeat(33)}${filled(most, 'x ')}`],
    ['links in links', `${'<a href="https://example.com/y">'.repeat(90)}${filled(most - 5_000, 'x ')}`],
    ['an endless style', `<b style="${filled(most, '; ')}">x</b>`],
    ['an endless address', `<a href="${filled(most, 'mailto:')}">x</a>`],
  ])('%s', (_, html) => {
    const times = [1, 2, 3].map(() => work(() => expect(read(html)).toBeDefined()));
    expect(Math.min(...times)).toBeLessThan(300);
  });
});

describe('what is longer or deeper is not read at all', () => {
  const million = 1_000_000;

  test.each<[string, string]>([
    ['a million of words', filled(million, 'word ')],
    ['a million of paragraphs', filled(million, '<p>x</p>')],
    ['a million of levels', filled(million, '<b>')],
    ['a million of lists', filled(million, '<ul><li>')],
    ['a million of closing tags', filled(million, '<b></i>')],
    ['a million of lines', filled(million, 'x\n')],
    ['a million of comments', filled(million, '<!--')],
    ['many levels', `${'<div>'.repeat(9_000)}x`],
    ['some levels too many', `${'<div>'.repeat(101)}x${'</div>'.repeat(101)}`],
  ])('%s', (_, html) => {
    const times = [1, 2, 3].map(() => work(() => expect(read(html)).toBeUndefined()));
    expect(Math.min(...times)).toBeLessThan(300);
  });

  test('ninety levels are read', () => {
    expect(read(`${'<div>'.repeat(90)}x${'</div>'.repeat(90)}`)?.text).toBe('x');
  });

  test('a list is indented no further than eight times', () => {
    const text = read(`${'<ul><li>x'.repeat(20)}<br>y`)?.text ?? '';
    expect(text.split('\n').at(-1)).toBe(`${' '.repeat(16)}y`);
  });
});
