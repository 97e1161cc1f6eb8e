import fc from 'fast-check';
import { mark as read } from '../../../src/conversation/marks';
import type { RowId } from '../../../src/conversation/types';
import { linesOf, markedUp } from '../../../src/servicenow/markup';
import { renderContent } from '../../../src/teams/render/render';
import { makeTexts } from '../../../src/texts/texts';
import { readStrictly } from './agent-strict-markdown';

const texts = makeTexts();
const instance = 'https://dev1.service-now.com';
const numRuns = Number(process.env.MARKUP_RUNS ?? 10_000);
/** The same texts in every run; others by `MARKUP_SEED`. */
const seed = Number(process.env.MARKUP_SEED ?? 20_261_123);

/** What an agent wrote in ServiceNow, as Teams is given it; the name's line left out. */
function sent(text: string): string {
  const body = bodyOf(markedUp(text, { instance }));
  expect(body.textFormat).toBe('markdown');
  return String(body.text).slice('**Jo**\n\n'.length);
}

function bodyOf(text: string) {
  return renderContent({ kind: 'agent', text, name: 'Jo', row: 'r1' as RowId }, { locale: 'en', texts, repeat: false });
}

const code = (html: string) => `[code]${html}[/code]`;

test.each([
  ['a link', 'see @L[https://kb.example/vpn|VPN guide]', 'see [VPN guide](https://kb.example/vpn)'],
  ['an address', 'see https://kb.example/vpn.', 'see https://kb.example/vpn.'],
  [
    'an address with brackets',
    'see https://kb.example/a_(b)',
    'see [https://kb.example/a%5F(b)](https://kb.example/a_%28b%29)',
  ],
  ['a link with signs in it', '@L[https://kb.example/x|a [b](c) *d*]', '[a \\[b](https://kb.example/x)(c) \\*d\\*\\]'],
  ['a mention', '@M[0123|Ana *Roja*] please', '@Ana \\*Roja\\* please'],
  [
    'an article',
    `${instance}/kb_view.do?sysparm_article=KB0010042`,
    `[KB0010042](${instance}/kb_view.do?sysparm_article=KB0010042)`,
  ],
  ['bold and italic', code('<b>Now</b>, <i>please</i> <b><i>both</i></b>'), '**Now**, *please* ***both***'],
  ['bold where it would not work', code('a<b>(b)</b>c'), 'a(b)c'],
  ['bold that touches italic', code('<b>a</b><i>b</i>'), '**a**b'],
  ['bold with blanks in it', code('one<b> two </b>three'), 'one **two** three'],
  ['code', code('run <code>ipconfig /all</code> *now*'), 'run `ipconfig /all` \\*now\\*'],
  ['code that could be a tag', code('<code>&lt;at&gt;Boss&lt;/at&gt;</code>'), '&lt;at&gt;Boss&lt;/at&gt;'],
  ['code that could end itself', code('<code>a`b</code>'), 'a\\`b'],
  ['a block of code', code('do<pre>if x:\n    y *= 2</pre>done'), 'do\n\n```\nif x:\n    y *= 2\n```\n\ndone'],
  ['a block that could be tags', code('<pre>&lt;a&gt;\n  b</pre>'), '&lt;a&gt;  \n\u00a0\u00a0b'],
  [
    'a list',
    code('Steps:<ol><li>one</li><li>two<ul><li>deep</li></ul></li></ol>end'),
    'Steps:\n\n1. one\n2. two\n    - deep\n\nend',
  ],
  ['two lists', code('<ol><li>one</li></ol><ol><li>again</li><li>more</li></ol>'), '1. one\n\n1\\. again\n\n2. more'],
  ['a quote', code('<blockquote>one<br>two</blockquote>three'), '> one  \n> two\n\nthree'],
  ['a list in a quote', code('<blockquote>one<ul><li>two</li></ul></blockquote>'), '> one\n>\n> - two'],
  ['a heading', code('<h2>Title</h2><p>words</p>'), '**Title**  \n  \nwords'],
  ['a table', code('<table><tr><td>a</td><td>b</td></tr></table>'), 'a \\| b'],
  [
    'what is no mark-up',
    '<b>x</b> **y** [z](https://evil.example) <at>Boss</at>',
    '&lt;b&gt;x&lt;/b&gt; \\*\\*y\\*\\* \\[z\\](https://evil.example) &lt;at&gt;Boss&lt;/at&gt;',
  ],
  ['a mention that is none', code('&lt;at&gt;Boss&lt;/at&gt; <at>Ann</at>'), '&lt;at&gt;Boss&lt;/at&gt; Ann'],
  ['a script', code('a<script>location="https://evil.example"</script><style>*{}</style>b'), 'ab'],
  [
    'a link that lies',
    '@L[https://evil.example/x|https://bank.example]',
    'https://bank.example (https://evil.example/x)',
  ],
  ['mail', code('<a href="mailto:it@x.example">write us</a>'), '[write us](mailto:it@x.example)'],
])('%s', (_, text, markdown) => {
  expect(sent(text)).toBe(markdown);
});

test.each([
  ['a target without a text', `${read.link}${read.target} (https://x.example)${read.linkEnd}`],
  ['a target that is a script', `${read.link}click${read.target} (javascript:alert(1))${read.linkEnd}`],
  [
    'a target that ends early',
    `${read.link}click${read.target} (https://x.example "t) [a](https://e.example)${read.linkEnd}`,
  ],
  ['a link that does not end', `${read.link}click${read.target} (x`],
  ['marks in disorder', `${read.linkEnd}${read.strong}a${read.prefix}b${read.code}c${read.target}`],
  ['a prefix that is none', `${read.prefix}[x](y)${read.prefix}words`],
])('marks that are not in order, whoever set them, are nothing: %s', (_, text) => {
  const { wrong, links } = readStrictly(String(bodyOf(`x\n${text}`).text));
  expect(wrong).toEqual([]);
  expect(links.filter(({ address }) => !/^https:\/\/(?:x|e)\.example$/.test(address))).toEqual([]);
});

/** Signs of Markdown, of HTML and of ServiceNow, and pieces of them. */
const soup = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'[]()<>&*_`#~|\\!@-+=:/"\'\n\t '),
      fc.constantFrom(
        '[code]',
        '[/code]',
        '@L[',
        '@M[',
        '@[',
        '|',
        ']',
        '1.',
        '```',
        '**',
        '](',
        '<b>',
        '</b>',
        '<i>',
        '</i>',
      ),
      fc.constantFrom(
        '<at>Bob</at>',
        '<code>',
        '</code>',
        '<pre>',
        '</pre>',
        '<ul><li>',
        '</ul>',
        '<ol>',
        '<li>',
        '<br>',
      ),
      fc.constantFrom(
        '<blockquote>',
        '</blockquote>',
        '<table><tr><td>',
        '<p>',
        '</p>',
        '<img alt="x">',
        '<script>',
        '</script>',
      ),
      fc.constantFrom(
        '&lt;',
        '&amp;',
        '&#60;',
        '&nbsp;',
        'javascript:alert(1)',
        '<a href="javascript:x">',
        '</a>',
        'kb_view.do',
      ),
      fc.constantFrom(
        '\u202e',
        '\u200b',
        '\ud83d\ude00',
        '\ud800',
        '\u0001',
        '\u0002',
        '\u0003',
        '\u001c',
        '\u001d',
        '\u001e',
        '\u001f',
      ),
      fc.constantFrom(
        '{"type":"AdaptiveCard"}',
        '[x](javascript:y)',
        '![](x)',
        'www.evil.example',
        'a@b.example',
        'data:text/html,x',
      ),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

test('what an agent writes, whatever it is, never becomes a link, a mention, a tag or a card that it was not', () => {
  fc.assert(
    fc.property(soup, fc.boolean(), (text, isHtml) => {
      fc.pre(!/https?:|mailto:/i.test(text));
      const body = bodyOf(markedUp(`x${isHtml ? code(text) : text}`));
      const { wrong, links } = readStrictly(String(body.text));
      expect(wrong).toEqual([]);
      expect(links).toEqual([]);
      expect(Object.keys(body).sort()).toEqual(['channelData', 'summary', 'text', 'textFormat', 'type']);
      expect(String(body.text).replace(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\u200b\u202a-\u202e\u2066-\u2069]/u);
    }),
    { numRuns, seed },
  );
});

test('links among whatever else are the links of the tree, and lead where the agent wrote', () => {
  const addresses = fc.constantFrom(
    'https://a.example/x_y',
    'http://b.example/(c)*d*?e=1&amp=2',
    'https://c.example/~f|',
    'mailto:g@h.example',
  );
  const mixed = fc.array(fc.oneof(soup, addresses), { maxLength: 8 }).map((parts) => parts.join(' '));
  fc.assert(
    fc.property(mixed, fc.boolean(), (text, isHtml) => {
      const source = `x${isHtml ? code(text) : text}`;
      const { wrong, links } = readStrictly(String(bodyOf(markedUp(source)).text));
      expect(wrong).toEqual([]);
      const runs = linesOf(source).flatMap((line) => line.runs);
      const known = runs.flatMap((run) => (run.kind === 'link' ? [comparable(run.address)] : []));
      for (const { address } of links) {
        expect(/^(?:https?:\/\/|mailto:)/i.test(address)).toBe(true);
        if (!known.includes(comparable(address))) expect(comparable(source)).toContain(comparable(address));
      }
      expect(links.length).toBeGreaterThanOrEqual(known.length);
    }),
    { numRuns, seed },
  );
});

test('bold words beside a sign of a rare script are read without stray marks', () => {
  const { wrong } = readStrictly(String(bodyOf(markedUp('x[code]\u{111c5}<b>[here][/code]')).text));
  expect(wrong).toEqual([]);
});

test.each([
  'x@L[# https://c.example/~f| https://a.example/x_y ]<blockquote>',
  'see https://a.example/x_y<blockquote>',
  'look!@L[https://a.example/x_y|https://a.example/x_y]now',
  '@M[ https://c.example/~f| https://a.example/x_y ]+',
])('an address ends where the agent ended it, whatever stands beside it: %s', (text) => {
  const { links } = readStrictly(String(bodyOf(markedUp(text)).text));
  expect(links.map(({ address }) => address)).toEqual(['https://a.example/x_y']);
});

function comparable(address: string): string {
  return decodeURI(address.replace(/%(?![0-9A-F]{2})/gi, '%25'))
    .replace(/%28|%29|%7C|%5F|%2A|%7E|%5B|%5D/gi, (sign) => decodeURIComponent(sign))
    .replace(/&amp;?/g, '&');
}

/** A part of a message as it stands in ServiceNow, and what a person must read of it. */
interface Part {
  readonly source: string;
  readonly words: readonly string[];
  readonly links?: readonly string[];
}

const html = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const decorations = [
  '$',
  '*$*',
  '**$**',
  '_$_',
  '`$`',
  '<$>',
  '&$;',
  '#$',
  '[$]',
  '($)',
  '~$~',
  '|$',
  '$\\',
  '-$',
  '+$',
  '1.$',
  '!$',
  '"$"',
  '<b>$</b>',
];

/** Words that are told apart by their numbers, in clothes that could be mark-up. */
const someWords = (min = 1) => fc.array(fc.constantFrom(...decorations), { minLength: min, maxLength: 6 });
const part: fc.Arbitrary<(next: () => string) => Part> = fc.oneof(
  someWords().map((clothes) => (next: () => string) => plain(dressed(clothes, next))),
  someWords().map((clothes) => (next: () => string) => plain(dressed(clothes, next), '\n')),
  fc.nat(99).map((n) => (next: () => string) => {
    const [word, address] = [next(), `https://kb.example/p_${n}?a=1&b=${n}`];
    return { source: `@L[${address}|${word}]`, words: [word], links: [address] };
  }),
  fc.nat(99).map((n) => () => {
    const address = `https://kb.example/bare${n}`;
    return { source: address, words: [address], links: [address] };
  }),
  fc.constant((next: () => string) => {
    const word = next();
    return { source: `@M[0123|${word}]`, words: [`@${word}`] };
  }),
  fc
    .tuple(
      someWords(),
      fc.constantFrom(
        '<p>$</p>',
        '<b>$</b>',
        '<i>$</i>',
        '<b><i>$</i></b>',
        '<code>$</code>',
        '<pre>$</pre>',
        '<ul><li>$</li></ul>',
      ),
    )
    .map(([clothes, wrap]) => (next: () => string) => {
      const words = dressed(clothes, next);
      return { source: code(wrap.replace('$', () => html(words.join(' ')))), words };
    }),
  fc
    .tuple(someWords(2), fc.constantFrom('ul', 'ol', 'blockquote', 'table'))
    .map(([clothes, list]) => (next: () => string) => {
      const words = dressed(clothes, next);
      const inside = { ul: 'li', ol: 'li', blockquote: 'p', table: 'tr' }[list];
      const items = words.map((word) => `<${inside}>${html(word)}</${inside}>`).join('');
      return { source: code(`<${list}>${items}</${list}>`), words };
    }),
  someWords().map((clothes) => (next: () => string) => {
    const [words, address] = [dressed(clothes, next), `https://kb.example/${next()}`];
    return { source: code(`<a href="${address}">${html(words.join(' '))}</a>`), words, links: [address] };
  }),
  fc.constantFrom('<script>x</script>', '<style>x</style>', '<!-- x -->', '<p hidden>x</p>').map((unseen) => () => ({
    source: code(unseen),
    words: [],
  })),
);

function dressed(clothes: readonly string[], next: () => string): string[] {
  return clothes.map((cloth) => cloth.replace('$', next()));
}

function plain(words: readonly string[], joint = ' '): Part {
  return { source: words.join(joint), words };
}

test('every word of an agent’s message arrives, once and in order, and so does every link', () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), fc.constantFrom(' ', '\n'), (makers, joint) => {
      let count = 0;
      const next = () => {
        count += 1;
        return `w${count}`;
      };
      const parts = makers.map((make) => make(next));
      const { seen, links, wrong } = readStrictly(sent(`go${joint}${parts.map((one) => one.source).join(joint)}`));
      expect(wrong).toEqual([]);
      const words = seen.split(/\s+/).filter((word) => word !== '' && !/^\d+\.$/.test(word));
      expect(words).toEqual(['go', ...parts.flatMap((one) => one.words)]);
      expect(links.map(({ address }) => comparable(address))).toEqual(parts.flatMap((one) => one.links ?? []));
    }),
    { numRuns, seed },
  );
});
