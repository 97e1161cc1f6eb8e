import { wordsOf } from '../../src/teams/words';
import { heard, mention, message } from './rich-text/teams-message';

const picture = { contentType: 'image/*', contentUrl: 'https://example.com/x' };
const html = (content: string) => ({ contentType: 'text/html', content });

describe('a message without HTML that can be read is heard by its plain text', () => {
  test.each<[string, unknown]>([
    ['no content', undefined],
    ['empty content', ''],
    ['content that is no text', { html: '<p>x</p>' }],
    ['HTML that says nothing', '<p>&nbsp;</p>'],
    ['HTML that only holds a card', '<attachment id="1"></attachment>'],
    ['HTML that is too deep', `${'<b>'.repeat(300)}x`],
    ['HTML that is too long', `<p>${'word '.repeat(50_000)}</p>`],
    ['HTML of too many parts', '<p>x</p>'.repeat(10_000)],
  ])('%s', (_, content) => {
    expect(heard(content, { text: ' as typed\u200b ' })).toBe('as typed');
  });

  test('no attachments at all', () => {
    expect(heard('', { text: 'as typed', attachments: undefined })).toBe('as typed');
    expect(heard('', { text: 'as typed', attachments: [] })).toBe('as typed');
  });

  test.each([
    ['what turns text around', '\u202egnp.exe\u202c ok', 'gnp.exe ok'],
    ['what isolates it', '\u2066a\u2069 b', 'a b'],
    ['controls', 'a\u0007\u001b[31mb', 'a[31mb'],
    ['other line ends', 'a\r\nb\u2028c', 'a\nb\nc'],
    ['what joins a family stays', '👨‍👩‍👧 می‌خواهم', '👨‍👩‍👧 می‌خواهم'],
  ])('without what nobody can see: %s', (_, text, words) => {
    expect(heard('', { text, attachments: undefined })).toBe(words);
  });

  test('and the bot’s own mention is taken out of that as well', () => {
    const entities = [mention('28:help-desk', 'Help desk')];
    expect(heard('', { text: '<at>Help desk</at> hi <at>Bob</at>', entities })).toBe('hi <at>Bob</at>');
  });
});

describe('a message says nothing when', () => {
  test.each(['', '<p></p>', '<div><p>&nbsp;</p><br></div>', '<systemEventMessage/>', '<p>&#8203;</p>'])(
    'it is %j',
    (content) => {
      expect(wordsOf(message(content))).toBeUndefined();
    },
  );

  test('it is nothing but the bot’s own mention', () => {
    const entities = [mention('28:help-desk', 'Help desk')];
    expect(
      wordsOf(message('<p><at id="0">Help desk</at>&nbsp;</p>', { text: '<at>Help desk</at>', entities })),
    ).toBeUndefined();
  });
});

test('a message of nothing but emoji is those emoji', () => {
  expect(heard('<p><img itemtype="http://schema.skype.com/Emoji" alt="👍" src="x"></p>')).toBe('👍');
  expect(heard('<p><emoji alt="👍"></emoji><emoji alt="🎉"></emoji></p>', { text: '' })).toBe('👍🎉');
});

test('the HTML is heard, and not the plain text beside it', () => {
  const content = '<ol><li>one</li><li>two</li></ol>';
  expect(heard(content, { text: 'one two' })).toBe('1. one\n2. two');
});

test('the content type may be written in other ways', () => {
  const attachments = [{ contentType: 'Text/HTML; charset=utf-8', content: '<b>rich</b>' }];
  expect(heard('', { text: 'plain', attachments })).toBe('rich');
});

describe('a picture is in the words where it was put into them', () => {
  test.each<[string, unknown[], string | undefined]>([
    ['in the words', [html('<p>see <img alt="image"></p>'), picture], 'see [image]'],
    ['in the words, and one beside them', [picture, html('<p>see <img alt="image"></p>'), picture], 'see [image]'],
    ['beside the words', [html('<p>see</p>'), picture], 'see'],
    ['on its own', [picture], undefined],
    ['emoji being none', [html('<p><emoji alt="👍"></emoji></p>'), picture], '👍'],
  ])('%s', (_, attachments, text) => {
    expect(heard('', { attachments })).toBe(text);
  });
});

test('files are no words', () => {
  const file = { contentType: 'application/vnd.microsoft.teams.file.download.info', name: 'log.txt' };
  expect(heard('', { attachments: [picture, file, html('<p>see</p>')] })).toBe('see');
  expect(heard('', { attachments: [file] })).toBeUndefined();
});

test.each<[string, object, string]>([
  ['a title', { content: { title: ' Ticket\n42 ' } }, '[card: Ticket 42]'],
  ['a name', { name: 'Ticket', content: { title: 'x' } }, '[card: Ticket]'],
  ['neither', { content: { type: 'AdaptiveCard' } }, '[card]'],
  ['nothing that can be read', { content: 'x' }, '[card]'],
])('a message of nothing but a card says so: %s', (_, card, text) => {
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', ...card }];
  expect(heard('', { attachments })).toBe(text);
  expect(heard('', { text: 'look', attachments })).toBe('look');
});

test('a click keeps its payload, and its text is clean', () => {
  expect(wordsOf(message('<p>Yes</p>', { text: '/affirm', value: { rasaPayload: '/affirm' } }))).toEqual({
    text: 'Yes',
    payload: '/affirm',
  });
});

test('what was filled in on a card is read without what nobody can see', () => {
  expect(wordsOf(message('', { text: undefined, value: { name: '\u202egnp.exe\u202c' } }))).toEqual({
    text: 'name: gnp.exe',
  });
});

test('a button of a chat says to which one it belongs', () => {
  const clicked = message('', { value: { command: '/end_chat', chat: 'c1' } });
  expect(wordsOf(clicked)).toEqual({ text: '/end_chat', chat: 'c1' });
});
