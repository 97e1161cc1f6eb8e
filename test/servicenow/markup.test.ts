import { plainOf } from '../../src/conversation/marks';
import { linesOf, markedUp } from '../../src/servicenow/markup';
import { addressOf, namesAnother } from '../../src/servicenow/markup/addresses';
import { titleOf } from '../../src/servicenow/markup/titles';
import type { Reading } from '../../src/servicenow/markup/tree';

const instance = 'https://dev1.service-now.com';
const id = '46d44a23a9fe19810012d100cca80666';
const code = (html: string) => `[code]${html}[/code]`;
const plain = (text: string, reading: Reading = {}) => plainOf(markedUp(text, { instance, ...reading }));
const links = (text: string, reading: Reading = {}) =>
  linesOf(text, { instance, ...reading }).flatMap((line) =>
    line.runs.flatMap((run) => (run.kind === 'link' ? [[run.text, run.address]] : [])),
  );

test('a line is words, links, mentions and code, and nothing else', () => {
  const runs = linesOf(`Hi @M[1|Ana], ${code('<b>run</b> <code>ping</code>')} @L[https://kb.example|here]`).flatMap(
    (line) => line.runs,
  );
  expect(runs).toEqual([
    { kind: 'words', text: 'Hi ' },
    { kind: 'mention', name: 'Ana' },
    { kind: 'words', text: ', ' },
    { kind: 'words', text: 'run', strong: true },
    { kind: 'words', text: ' ' },
    { kind: 'code', text: 'ping' },
    { kind: 'words', text: ' ' },
    { kind: 'link', text: 'here', address: 'https://kb.example' },
  ]);
});

test.each([
  ['bold and italic', code('<b>one</b> <em>two</em>'), 'one two'],
  ['paragraphs', code('<p>one</p><p>two<br>three</p>'), 'one\n\ntwo\nthree'],
  ['rows', code('<div>one</div><div>two</div>'), 'one\ntwo'],
  ['a list', code('<ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul>'), '- one\n- two\n  - deep'],
  ['numbers', code('<ol start="3"><li>three<li>four</ol>'), '3. three\n4. four'],
  ['an item without words', code('<ul><li></li><li>one</li></ul><p>end</p>'), '- one\n\nend'],
  ['code in lines', code('<pre>if x:\n    y &lt; 2\n</pre>'), 'if x:\n    y < 2'],
  ['a quote', code('<blockquote>one<br>two</blockquote>three'), '> one\n> two\n\nthree'],
  ['a table', code('<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>'), 'a | b\n1 | 2'],
  ['entities', code('R&amp;D &lt;3 &#8364; &nbsp;x'), 'R&D <3 € \u00a0x'],
  ['elements that nobody knows', code('<x-card>one <u>two</u></x-card>'), 'one two'],
  ['scripts and styles', code('a<script>b()</script><style>p{}</style><template>c</template>d'), 'ad'],
  ['what is hidden', code('a<p hidden>b</p><span style="color:red; display: none">c</span>d'), 'ad'],
  ['comments', code('a<!-- b -->c'), 'ac'],
  ['what is not closed', code('<b>one <i>two'), 'one two'],
  ['what closes nothing', code('one</b></i></div> two'), 'one two'],
  ['lines where nothing else sets them', code('one\n<b>two</b>\nthree'), 'one\ntwo\nthree'],
  ['lines where elements set them', code('<p>one\ntwo</p>\n<p>three</p>'), 'one two\n\nthree'],
  [
    'a picture',
    code('see <img alt="the port" src="https://x.example/a.png">'),
    'see the port (https://x.example/a.png)',
  ],
  [
    'a picture of the instance',
    code('<img src="/sys_attachment.do?sys_id=1">'),
    `image (${instance}/sys_attachment.do?sys_id=1)`,
  ],
  ['a picture that holds itself', code('<img src="data:image/png;base64,AAAA"> x'), 'image x'],
  ['words around it', `one\n${code('<p>two</p>')}\nthree`, 'one\n\ntwo\n\nthree'],
  ['words beside it', `one ${code('<b>two</b>')} three`, 'one two three'],
  ['capital letters', '[CODE]<B>one</B>[/Code]', 'one'],
  ['what is never closed', '[code]<b>one</b>', '[code]<b>one</b>'],
  ['what was never opened', '<b>one</b>[/code]', '<b>one</b>[/code]'],
  ['a message that is HTML from end to end', '<p>one &amp; <b>two</b></p>\n', 'one & two'],
  ['a message that is not', 'use <p>one</p> for it', 'use <p>one</p> for it'],
])('HTML reads as plain text: %s', (_, text, read) => {
  expect(plain(text)).toBe(read);
});

test.each([
  [
    'in a sentence',
    'see https://kb.example/a, or (https://kb.example/b_(c)).',
    ['https://kb.example/a', 'https://kb.example/b_(c)'],
  ],
  ['in HTML', code('see https://kb.example/a?x=1&amp;y=2<br>'), ['https://kb.example/a?x=1&y=2']],
  ['in marks', '*https://kb.example/a* "https://kb.example/b"', ['https://kb.example/a', 'https://kb.example/b']],
])('addresses that stand in the open are links: %s', (_, text, addresses) => {
  expect(links(text)).toEqual(addresses.map((address) => [address, address]));
});

test.each([
  ['by its address', `@L[${instance}/kb_view.do?sysparm_article=KB0010042|]`, 'KB0010042'],
  ['in the open', `${instance}/kb_view.do?sysparm_article=KB0010042`, 'KB0010042'],
  [
    'by a page of the instance',
    '@L[kb_view.do?sysparm_article=KB0010042|kb_view.do?sysparm_article=KB0010042]',
    'KB0010042',
  ],
  ['on the portal', '@L[/kb?id=kb_article&sysparm_article=KB0010042|]', 'KB0010042'],
  ['on the portal, by its id', `@L[/sp?id=kb_article_view&sys_id=${id}|]`, 'article in ServiceNow'],
  ['in the frame', '@L[nav_to.do?uri=%2Fkb_view.do%3Fsysparm_article%3DKB0010042|]', 'KB0010042'],
  ['with words of its own', '@L[kb_view.do?sysparm_article=KB0010042|How to reset]', 'How to reset'],
  ['a record', `@L[incident.do?sys_id=${id}|]`, 'record in ServiceNow'],
  ['a record in the frame', `@L[nav_to.do?uri=incident.do?sys_id=${id}|]`, 'record in ServiceNow'],
  [
    'a record in the new frame',
    `@L[/now/nav/ui/classic/params/target/incident.do%3Fsys_id%3D${id}|]`,
    'record in ServiceNow',
  ],
  ['a record in a workspace', `@L[/now/workspace/agent/record/incident/${id}|]`, 'record in ServiceNow'],
  ['a record on the portal', `@L[/sp?id=ticket&table=incident&sys_id=${id}|]`, 'record in ServiceNow'],
  ['a record by its number', '@L[incident.do?sysparm_query=number=INC0010001|]', 'incident INC0010001'],
  ['a change', '@L[change_request.do?sysparm_query=number=CHG0030001|]', 'change request CHG0030001'],
  ['a table with an inner name', '@L[sc_req_item.do?sysparm_query=number=RITM0010001|]', 'RITM0010001'],
])('an article or a record has a readable title: %s', (_, text, title) => {
  const [first] = links(text);
  expect(first?.[0]).toBe(title);
  expect(first?.[1]).toMatch(/^https:\/\/dev1\.service-now\.com\/[a-z]/);
});

test('a link object gives its address, and the number of its record', () => {
  const known = [{ sys_id: '0123', url: `incident.do?sys_id=${id}`, title: 'INC0010001 - VPN' }];
  expect(links('@L[0123|]', { links: known })).toEqual([
    ['incident INC0010001', `${instance}/incident.do?sys_id=${id}`],
  ]);
});

test('titles are said in the words that are given', () => {
  const titles = { record: 'Datensatz', article: 'Artikel', image: 'Bild' };
  expect(plain(`@L[incident.do?sys_id=${id}|] ${code('<img src="data:x">')}`, { titles })).toBe(
    `Datensatz (${instance}/incident.do?sys_id=${id}) Bild`,
  );
});

test.each([
  'https://evil.example/kb_view.do?sysparm_article=KB0010042',
  `${instance}/nav_to.do?uri=https://evil.example/kb_view.do?sysparm_article=KB0010042`,
  `${instance}/incident_list.do?sysparm_query=active=true`,
  `${instance}/home.do`,
  `${instance}/%E0%A4%A?sys_id=1`,
])('%s has no title of its own', (address) => {
  expect(titleOf(address, instance)).toBeUndefined();
});

test.each([
  'javascript:alert(1)',
  'JAVASCRIPT:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'file:///etc/passwd',
  'ftp://x.example',
  'msteams:/l/chat',
  '//evil.example/x',
  '/\\evil.example/x',
  '\\\\evil.example\\x',
  'https://bank.example@evil.example/',
  'https://user:word@evil.example/',
  'https://',
  'https://a b.example',
  'https://x.example/"onclick',
  'mailto:',
  'mailto:a@b@c',
  '4567',
  id,
  '',
])('%j is no address for a link', (address) => {
  expect(addressOf(address, instance)).toBeUndefined();
  expect(links(`@L[${address}|click]`)).toEqual([]);
});

test('pages of an instance are addresses only where the instance is known', () => {
  expect(addressOf('/kb?id=kb_article', undefined)).toBeUndefined();
  expect(addressOf('/kb?id=kb_article', `${instance}/`)).toBe(`${instance}/kb?id=kb_article`);
});

test.each([
  ['https://bank.example', 'https://evil.example', true],
  ['https://kb.example/a', 'https://kb.example/b', true],
  ['bank.example', 'https://evil.example', true],
  ['Sign in at bank.example now', 'https://bank.example.evil.example', true],
  ['bank。example', 'https://evil.example', true],
  ['boss@contoso.example', 'mailto:eve@evil.example', true],
  ['https://kb.example', 'https://kb.example/', false],
  ['kb.example', 'https://www.kb.example/start', false],
  ['it@contoso.example', 'mailto:it@contoso.example', false],
  ['the guide', 'https://kb.example', false],
  ['version 2.5', 'https://kb.example', false],
])('the text %j of a link to %s names another address: %s', (text, address, another) => {
  expect(namesAnother(text, address)).toBe(another);
});

test('a link that lies shows where it leads, and only that can be followed', () => {
  const lie = '@L[https://evil.example/x|https://bank.example]';
  expect(plain(lie)).toBe('https://bank.example (https://evil.example/x)');
  expect(links(lie)).toEqual([['https://evil.example/x', 'https://evil.example/x']]);
  expect(links(code('<a href="https://evil.example/x"><b>https://bank.example</b></a>'))).toEqual(links(lie));
});

test('what is not seen is taken out, and mark-up that was broken by it stays broken', () => {
  expect(plain('\u202egnp.exe\u202c ok\u200b\u0001\u001e')).toBe('gnp.exe ok');
  expect(plain('👩\u200d💻')).toBe('👩\u200d💻');
  expect(links('@\u200bL[https://evil.example|portal]')).toEqual([['https://evil.example', 'https://evil.example']]);
  expect(plain('[\u200bcode]<b>x</b>[/code]')).toBe('[code]<b>x</b>[/code]');
});

test('an agent cannot write the marks themselves', () => {
  const forged = '\u001cclick\u001d (https://evil.example)\u001f \u0001bold\u0001 \u001e- \u001eitem';
  expect(markedUp(forged.replace('https://evil.example', 'x'))).toBe('click (x) bold - item');
  expect(markedUp(code(forged.replace('https://evil.example', 'x')))).toBe('click (x) bold - item');
  expect(markedUp(code('&#1;a&#x1c;b&#x1d;'))).toBe('ab');
});

test.each(['', ' ', code(''), code('<pre>\n\n</pre>'), code('<ul><li> </li></ul>'), code('<script>x</script>')])(
  'nothing to be read is nothing: %j',
  (text) => {
    expect(markedUp(text).trim()).toBe('');
  },
);

test('a closing phrase is found whatever mark-up it stands in', () => {
  const phrase = 'Beth Anglin has closed the support session';
  expect(plain(code(`<b>Beth Anglin</b> has <i>closed</i> the support&#32;session`))).toBe(phrase);
  expect(plain(`@M[0123|Beth Anglin] has closed the support session`)).toContain('has closed the support session');
});

const large: readonly (readonly [string, string])[] = [
  ['open elements', code('<b>'.repeat(100_000))],
  ['elements that close nothing', code(`${'<b>'.repeat(9_000)}${'</i>'.repeat(8_000)}`)],
  ['lists within lists', code('<ul><li>'.repeat(7_000))],
  ['links that never end', '@L['.repeat(100_000)],
  ['mentions that never end', '@M[x|'.repeat(100_000)],
  ['code that never ends', '[code]'.repeat(100_000)],
  ['an address without end', `https://x.example/${'('.repeat(300_000)}`],
  ['many addresses', 'https://x.example/a '.repeat(15_000)],
  ['a picture of a megabyte', code(`<img src="data:image/png;base64,${'A'.repeat(1_000_000)}">`)],
  ['many lines', code('<br>'.repeat(14_000))],
  ['many words', 'word '.repeat(100_000)],
];

test.each(large)('a large text of %s is read in no time', (_, text) => {
  const started = performance.now();
  markedUp(text, { instance });
  expect(performance.now() - started).toBeLessThan(15_000);
});

test('HTML that is too long for its mark-up is read for its words', () => {
  const words = Array.from({ length: 20_000 }, (_, n) => `w${n}`);
  const html = words.map((word) => `<p>${word}</p>`).join('<script>no</script>');
  expect(
    plainOf(markedUp(code(html)))
      .split(/\s+/)
      .filter(Boolean),
  ).toEqual(words);
});
