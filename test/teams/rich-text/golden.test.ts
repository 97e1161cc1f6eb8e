import { heard, mention } from './teams-message';

const lines = (...all: string[]) => all.join('\n');

describe('what an employee writes in Teams is read as', () => {
  test.each<[string, string, string]>([
    ['one paragraph', '<p>Hello there</p>', 'Hello there'],
    [
      'words with looks but without marks',
      '<p>Hello <strong>bold</strong>, <em>slanted</em>, <u>under</u>lined, <code>ls -l</code> and <span style="font-size:small">small</span></p>',
      'Hello bold, slanted, underlined, ls -l and small',
    ],
    ['crossed-out words that do not read as if they held', '<p><s>Monday</s> Tuesday</p>', '~~Monday~~ Tuesday'],
    [
      'paragraphs, with the empty one that Teams puts between them',
      '<p>First</p>\r\n<p>&nbsp;</p>\r\n<p>Second<br>\r\nline</p>',
      lines('First', '', 'Second', 'line'),
    ],
    [
      'lines in boxes, with the empty one between them',
      '<div>\r\n<div>One</div>\r\n<div><br></div>\r\n<div>Two<br></div>\r\n<div>Three</div>\r\n</div>',
      lines('One', '', 'Two', 'Three'),
    ],
    [
      'headings and a rule',
      '<h1>Title</h1><p>Words</p><hr><h3>More</h3>',
      lines('Title', '', 'Words', '', '---', '', 'More'),
    ],
    [
      'what was typed, entities decoded',
      '<p>if a &lt; b &amp;&amp; b &gt; c then &lt;b&gt; &#128512; &quot;x&quot;&nbsp;&nbsp;y</p>',
      'if a < b && b > c then <b> 😀 "x"  y',
    ],
    [
      'lists in lists',
      '<ul><li>One<ul><li>Two</li><li>Three</li></ul></li><li><p>Four</p><p>and more</p></li></ul><p>After</p>',
      lines('- One', '  - Two', '  - Three', '- Four', '  and more', '', 'After'),
    ],
    ['a list put straight into a list', '<ul><li>One</li><ul><li>Two</li></ul></ul>', lines('- One', '  - Two')],
    [
      'an item that only frames a list',
      '<ul><li>One</li><li style="list-style:none"><ul><li>Two</li></ul></li></ul>',
      lines('- One', '  - Two'),
    ],
    [
      'numbers as the list gives them',
      '<p>Steps:</p><ol start="9"><li>Nine</li><li>Ten<ol type="a"><li>A</li></ol></li><li value="20">Twenty</li><li>More</li></ol>',
      lines('Steps:', '', '9. Nine', '10. Ten', '    a. A', '20. Twenty', '21. More'),
    ],
    [
      'letters and Roman numbers',
      '<ol type="A" start="26"><li>z</li><li>aa</li></ol><ol type="i" start="4"><li>four</li><li>five</li></ol><ol type="I" start="1999"><li>x</li></ol>',
      lines('Z. z', 'AA. aa', '', 'iv. four', 'v. five', '', 'MCMXCIX. x'),
    ],
    ['an item without a list', '<li>alone</li>', '- alone'],
    [
      'a table, row by row and cell by cell',
      '<p>Rooms</p><table><thead><tr><th>Name</th><th>Room</th><th>Note</th></tr></thead><tbody>\r\n<tr>\r\n<td><p>Ada</p></td>\r\n<td>&nbsp;</td><td>x</td></tr><tr><td>Bob</td><td>1<br>2</td><td><ul><li>a</li><li>b</li></ul></td></tr></tbody></table><p>End</p>',
      lines('Rooms', '', 'Name | Room | Note', 'Ada |  | x', 'Bob | 1 2 | - a - b', '', 'End'),
    ],
    [
      'a frame of one cell with its lines',
      '<table><tr><td><p>One</p><pre>  two\n  three</pre></td></tr></table>',
      lines('One', '  two', '  three'),
    ],
    [
      'a code block with its lines and indentation',
      '<p>Look:</p><p itemtype="http://schema.skype.com/CodeBlockEditor" id="x_1">\r\n&nbsp;</p>\r\n<pre class="language-js" itemid="1"><code>&nbsp;&nbsp;if (a &lt; b) {<br>&nbsp;&nbsp;&nbsp;&nbsp;<span class="hljs-built_in">go</span>();<br><br>}</code></pre>',
      lines('Look:', '', '  if (a < b) {', '    go();', '', '}'),
    ],
    [
      'a code block of its own element',
      '<codeblock class="Python"><code>    def f():<br>\r\n        pass</code></codeblock>',
      lines('    def f():', '        pass'),
    ],
    ['a code block with line ends', '<pre>\r\n\tone\r\n\r\n\ttwo  \r\n</pre>', lines('\tone', '', '\ttwo')],
    [
      'links with their addresses, each address once',
      '<p>See <a href="https://example.com/doc?a=1&amp;b=2" title="x">the page</a>, <a href="https://example.com/">example.com</a>, <a href="https://example.com/a%C3%A4">https://example.com/aä</a> and <a href="mailto:ada@example.com?subject=x">ada@example.com</a> <a href="mailto:ada@example.com">Ada</a>.</p>',
      'See the page (https://example.com/doc?a=1&b=2), example.com, https://example.com/aä and ada@example.com Ada (ada@example.com).',
    ],
    [
      'no address that leads nowhere',
      '<a href="javascript:alert(1)">one</a> <a href="JavaScript:x">two</a> <a href="data:text/html,x">three</a> <a href="#top">four</a> <a href="/x">five</a> <a>six</a>',
      'one two three four five six',
    ],
    [
      'a link without words, and one around a picture',
      '<a href="https://example.com/x"></a> <a href="https://example.com/y"><img alt="Chart"></a>',
      'https://example.com/x [image: Chart] (https://example.com/y)',
    ],
    [
      'emoji in each way that Teams writes them',
      '<p>Hi <span title="Laugh" type="(laugh)" class="animated-emoticon-20-laugh" itemscope=""><img itemscope="" itemtype="http://schema.skype.com/Emoji" itemid="laugh" src="https://example.com/20_f.png" title="Laugh" alt="😄" style="width:20px; height:20px"></span> <emoji id="1f440_eyes" alt="👀" title="Eyes"></emoji> <customemoji id="x" alt="team_party" source="https://example.com/x"></customemoji> <img alt="👩🏽‍💻" src="x"></p>',
      'Hi 😄 👀 :team_party: 👩🏽‍💻',
    ],
    [
      'pictures by what they show',
      '<p>Look<img alt="image" src="https://example.com/1" itemtype="http://schema.skype.com/AMSImage">here <img src="x"><img alt="A red   door"><img alt="image (2)"></p>',
      'Look [image] here [image] [image: A red door] [image]',
    ],
    [
      'a moving picture',
      '<p>&nbsp;</p><readonly title="Thumbs Up (GIF Image)" itemtype="http://schema.skype.com/Giphy" contenteditable="false"><img alt="Thumbs Up (GIF Image)" height="250" src="https://example.com/x.gif" itemtype="http://schema.skype.com/Giphy"></readonly><p>&nbsp;</p>',
      '[image: Thumbs Up (GIF Image)]',
    ],
    [
      'a recording',
      '<p>Hear <audio src="x">old browser</audio></p><video src="y"></video>',
      lines('Hear [audio]', '', '[video]'),
    ],
    [
      'quoted lines',
      '<blockquote><p>One</p><p>Two</p></blockquote><p>Mine</p>',
      lines('> One', '>', '> Two', '', 'Mine'),
    ],
    [
      'a message that is passed on',
      '<p>Please see</p>\r\n<blockquote itemtype="http://schema.skype.com/Forward">\r\n<p>The printer is broken.&nbsp;</p>\r\n</blockquote>',
      lines('Please see', '', '> The printer is broken.'),
    ],
    [
      'a reply, with who said what',
      '<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="1600457867820">\r\n<strong itemprop="mri" itemid="8:orgid:1">Ada Lovelace</strong><span itemprop="time" itemid="1600457867820">9:41</span>\r\n<p itemprop="preview">Is it on?</p>\r\n</blockquote>\r\n<p>Yes, it is</p>',
      lines('> Ada Lovelace: Is it on?', '', 'Yes, it is'),
    ],
    [
      'a reply in the older way',
      '<div>\n<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="1"><p><b><span itemprop="mri" itemid="8:orgid:1">Ada</span></b><span itemprop="time" itemid="1"></span></p><p itemprop="copy">Is it on?<br>Really?</p></blockquote>Yes</div>',
      lines('> Ada: Is it on?', '> Really?', '', 'Yes'),
    ],
    [
      'a reply without an author',
      '<blockquote itemtype="http://schema.skype.com/Reply"><p itemprop="preview">x</p></blockquote><p>y</p>',
      lines('> x', '', 'y'),
    ],
    [
      'words around a card that stands elsewhere',
      '<p>Before</p><attachment id="74d20c7f34aa4a7fb74e2b30004247c5"></attachment><p>after</p>',
      lines('Before', '', 'after'),
    ],
    ['elements that nobody knows', '<p>a <newthing x="1">b</newthing> <o:p>c</o:p></p>', 'a b c'],
    ['definitions', '<dl><dt>CPU</dt><dd>hot</dd></dl>', lines('CPU', 'hot')],
    ['HTML that is not closed', '<p>One<p>Two <b>bold<ul><li>x<li>y', lines('One', '', 'Two bold', '- x', '- y')],
    ['a page', '<html><head><title>T</title></head><body><p>Words</p></body></html>', 'Words'],
  ])('%s', (_, html, text) => {
    expect(heard(html)).toBe(text);
  });
});

describe('mentions', () => {
  const span = (number: number, name: string) =>
    `<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="${number}">${name}</span>`;
  const own = mention('28:help-desk', 'Help desk');
  const bob = mention('29:bob', 'Bob');

  test.each<[string, string, unknown[], string]>([
    [
      'of others are names',
      `<div>Ask ${span(0, 'Bob')} or <at id="1">Eve</at></div>`,
      [bob, mention('29:eve', 'Eve')],
      'Ask @Bob or @Eve',
    ],
    ['that nothing explains are names', `<p>Ask ${span(0, '@Bob')}, <at>Eve</at></p>`, [], 'Ask @Bob, @Eve'],
    ['of the bot go away', `<div><div>${span(0, 'Help desk')}&nbsp;my mouse</div>\n</div>`, [own], 'my mouse'],
    [
      'of the bot go away with the blanks around',
      `<p>Hi <at id="0">Help desk</at>, ask&nbsp;${span(0, 'Help desk')}&nbsp;<at>Bob</at>&nbsp;<at>Help desk</at></p>`,
      [own, bob],
      'Hi, ask @Bob',
    ],
    ['of the bot go away although nothing explains them', '<p><at>Help desk</at> hi</p>', [], 'hi'],
    [
      'are told apart by their number',
      `<p>${span(1, 'Help desk')} ${span(0, 'Help desk')} hi</p>`,
      [own, mention('29:x', 'Help desk')],
      '@Help desk hi',
    ],
    [
      'are found by name when the number is of somebody else',
      `<p>${span(0, 'Help desk')} ${span(1, 'Bob')} hi</p>`,
      [bob, own],
      '@Bob hi',
    ],
    [
      'in parts are one name',
      `<p>${span(0, 'Ada')}&nbsp;${span(1, 'Lovelace')} and ${span(2, 'Bob')} ${span(3, 'Bob')}</p>`,
      [mention('29:ada', 'Ada'), mention('29:ada', 'Lovelace'), bob, bob],
      '@Ada Lovelace and @Bob @Bob',
    ],
    [
      'in a frame are written once',
      `<readonly itemtype="http://schema.skype.com/Mention">${span(0, 'Bob')}</readonly>`,
      [bob],
      '@Bob',
    ],
    ['without a name are nothing', `<p>a ${span(0, '')} b</p>`, [bob], 'a b'],
  ])('%s', (_, html, entities, text) => {
    expect(heard(html, { entities: [{ type: 'clientInfo' }, ...entities] })).toBe(text);
  });
});

describe('commands', () => {
  const own = [mention('28:help-desk', 'Help desk')];
  const quote =
    '<blockquote itemtype="http://schema.skype.com/Reply"><strong itemprop="mri">Help desk</strong><p itemprop="preview">/restart?</p></blockquote>';

  test.each<[string, string]>([
    ['<p>/end_chat</p>', '/end_chat'],
    ['<div><div>/End_Chat</div></div>', '/End_Chat'],
    ['<p>&nbsp;<b>/end</b>_chat&nbsp;</p>\r\n<p>&nbsp;</p>', '/end_chat'],
    ['<p><at id="0">Help desk</at>&nbsp;/END_CHAT</p>', '/END_CHAT'],
    [
      '<div>\n<div><span itemtype="http://schema.skype.com/Mention" itemid="0">Help desk</span> /restart</div>\n</div>',
      '/restart',
    ],
    ['<p>&#8203;/end_chat&#65279;</p>', '/end_chat'],
    [`${quote}<p>/end_chat</p>`, '/end_chat'],
    [`${quote}<p>please /end_chat</p>`, '> Help desk: /restart?\n\nplease /end_chat'],
    [`${quote}<p>&nbsp;</p>`, '> Help desk: /restart?'],
  ])('%s is heard as %s', (html, text) => {
    expect(heard(html, { entities: own })).toBe(text);
  });
});

describe('what nobody sees is not read', () => {
  test.each([
    '<script>alert("x")</script>',
    '<style>p { color: red }</style>',
    '<!-- x -->',
    '<template>x</template><noscript>x</noscript><iframe>x</iframe><svg><title>x</title></svg>',
    '<span style="color: red; display : none">x</span>',
    '<b style="DISPLAY:NONE"><i>x</i></b>',
    '<span style="visibility:hidden">x</span><span hidden>x</span>',
    '<span style="font-size:0px">x</span><i style="opacity: 0">x</i>',
    '<attachment id="1">x</attachment>',
    '&#8203;&#8204;&#8205;&#8206;&shy;&#65279;&#0001;&#27;&#x202e;&#x2066;&#xe0041;&#xe0020;',
    '\u0000\u0001\u0002\u0007\u001b\u007f\u0084\u009f',
    '\ud800',
  ])('%j', (html) => {
    expect(heard(`<p>before${html} after</p>`)).toBe('before after');
  });

  test.each([
    '<span style="opacity:0.5">x</span>',
    '<span style="font-size:0.8em">x</span>',
    '<b title="hidden">x</b>',
  ])('but %s is seen', (html) => {
    expect(heard(html)).toBe('x');
  });

  test.each([
    ['a family', '👨‍👩‍👧'],
    ['a flag made of tags', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['a heart with its colour', '❤️'],
    ['a skin', '👍🏿'],
    ['a Persian word', 'می‌خواهم'],
    ['a word in Devanagari', 'क्‍ष'],
    ['a form of a Han character', '葛󠄀'],
  ])('but %s stays whole', (_, words) => {
    expect(heard(`<p>${words}</p>`)).toBe(words);
  });

  test('no more than two blank lines are kept', () => {
    expect(heard('<div>a<br><br><br><br><br><br>b</div>')).toBe('a\n\n\nb');
  });
});
