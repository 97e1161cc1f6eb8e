import { mark, plainOf } from '../../../src/conversation/marks';
import { type RowReading, rowOf } from '../../../src/servicenow/connect-support/rows';
import { messages, serverTime } from '../../../src/servicenow/connect-support/schema';
import { markedUp } from '../../../src/servicenow/markup';

const self = { userNames: new Set(['svc_teams']), profiles: new Set(['profile-of-ours']) };
const full = {
  sys_id: '77aa00',
  id: '188f2c9d0000000002',
  group: '9ab8',
  profile: 'beth-profile-id',
  created_by: 'beth.anglin',
  sender_name: 'Beth Anglin',
  created_on: '2026-11-20 14:03:27',
  timestamp: 1795183407000,
  reflected_field: 'comments',
  message: 'Hello',
  formatted_message: 'Hello',
  mentions: [],
  links: [],
  attachments: [],
};

function shown(given: object, reading: Partial<RowReading> = {}) {
  const [row] = messages.parse([{ ...full, ...given }]).items;
  if (!row) throw new Error('no row');
  return rowOf(row, { self, systemUser: 'system', ...reading });
}

test('a row of an agent in the core’s words', () => {
  expect(shown({})).toEqual({
    id: '77aa00',
    at: 1795183407000,
    author: 'agent',
    name: 'Beth Anglin',
    text: 'Hello',
    workNote: false,
  });
});

test.each([
  ['our user name', { created_by: 'svc_teams' }, 'self'],
  ['our user name in other letters', { created_by: 'Svc_Teams' }, 'self'],
  ['our profile', { created_by: 'somebody', profile: 'profile-of-ours' }, 'self'],
  ['the platform', { created_by: 'system' }, 'system'],
  ['the platform with our profile', { created_by: 'system', profile: 'profile-of-ours' }, 'system'],
  ['another user', { created_by: 'svc_teams2' }, 'agent'],
  ['nobody', { created_by: null, profile: '' }, 'agent'],
])('a row by %s', (_, given, author) => {
  expect(shown(given).author).toBe(author);
});

test('work notes are marked', () => {
  expect(shown({ reflected_field: 'work_notes' }).workNote).toBe(true);
});

test.each([
  ['formatted_message first', { formatted_message: 'one', message: 'two' }, 'one'],
  ['else message', { formatted_message: undefined, message: 'two' }, 'two'],
  ['message where the other is empty', { formatted_message: '', message: 'two' }, 'two'],
  ['nothing', { formatted_message: undefined, message: undefined }, ''],
  [
    'the name of a file that stands alone',
    { formatted_message: '', message: '', attachments: [{ file_name: 'a.pdf' }] },
    'File: a.pdf',
  ],
  ['a caption once', { formatted_message: 'File: a.pdf', attachments: [{ file_name: 'a.pdf' }] }, 'File: a.pdf'],
])('the text of a row: %s', (_, given, text) => {
  expect(shown(given).text).toBe(text);
});

test('a file that is carried is not named in the words, whatever its name looks like', () => {
  const file = { sys_id: 'f1', file_name: 'www.kb.example', content_type: 'text/plain', size_bytes: '7' };
  const given = { formatted_message: 'see\nFile: www.kb.example', attachments: [file] };
  const row = shown(given, { carriesFiles: true });
  expect([row.text, row.files]).toEqual(['see', [{ id: 'f1', name: 'www.kb.example', type: 'text/plain', size: 7 }]]);
});

test('bold, links and records are kept as marks, and records have a title', () => {
  const instance = 'https://dev1.service-now.com';
  const text = '[code]<b>see</b> [/code]@L[/nav_to.do?uri=incident.do?sysparm_query=number=INC0010001|]';
  const { text: marked } = shown({ formatted_message: text }, { instance });
  expect(plainOf(marked)).toBe(
    'see incident INC0010001 (https://dev1.service-now.com/nav_to.do?uri=incident.do?sysparm_query=number=INC0010001)',
  );
  expect(marked).toContain(mark.strong);
  expect(marked).toContain(mark.link);
});

test.each([
  ['timestamp', { timestamp: 1795183407000, created_on: '2020-01-01 00:00:00' }, 1795183407000],
  ['timestamp in letters', { timestamp: '1795183407000' }, 1795183407000],
  ['created_on as UTC', { timestamp: undefined }, Date.parse('2026-11-20T14:03:27Z')],
  ['created_on where the timestamp is none', { timestamp: 'soon' }, Date.parse('2026-11-20T14:03:27Z')],
])('the time of a row: %s (row 15)', (_, given, at) => {
  expect(shown(given).at).toBe(at);
});

test('a time in the zone of some user is not taken for UTC', () => {
  expect(serverTime('20.11.2026 15:03:27')).toBeUndefined();
  expect(serverTime('2026-11-20T15:03:27+01:00')).toBe(Date.parse('2026-11-20T14:03:27Z'));
});

test.each([
  ['numbers for texts', { id: 42, profile: 7 }],
  ['objects where nothing depends on them', { sender_name: {}, links: 'none', attachments: null, context: [] }],
  ['fields that nobody knows', { shiny: { new: true } }],
])('a row with %s is read', (_, given) => {
  expect(shown(given).text).toBe('Hello');
});

test('a row whose sys_id is missing is known by its id', () => {
  expect(shown({ sys_id: null }).id).toBe('188f2c9d0000000002');
});

test.each([
  ['without any id', { sys_id: '', id: null }, 'sys_id'],
  ['without any time', { timestamp: null, created_on: '' }, 'timestamp'],
  ['whose words are no text', { formatted_message: ['Hello'] }, 'formatted_message'],
])('a row %s does not take the others with it, and it is known what was wrong', (_, given, wrongAt) => {
  const mixed = messages.parse([full, { ...full, ...given }]);
  expect([mixed.items.length, mixed.unreadable]).toEqual([1, 1]);
  expect(mixed.wrongAt).toBe(wrongAt);
});

test.each([
  ['a link', 'see @L[https://kb.example/vpn|VPN guide]', 'see VPN guide (https://kb.example/vpn)'],
  ['a link that is its own text', '@L[https://kb.example|https://kb.example]', 'https://kb.example'],
  ['a link without a text', '@L[https://kb.example|]', 'https://kb.example'],
  ['a link by its id', '@L[0123|the guide]', 'the guide (https://kb.example/guide)'],
  ['a link by an id that nobody knows', '@L[4567|the guide]', 'the guide'],
  ['a link that is none', '@L[javascript:alert(1)|click]', 'click'],
  ['a mention', '@M[0123|Ana Roja] please', '@Ana Roja please'],
  ['an older mention', '@[0123:Ana Roja] please', '@Ana Roja please'],
  ['line ends', 'one\r\ntwo\rthree', 'one\ntwo\nthree'],
  [
    'several of them',
    '@L[https://a.example|a] and @L[https://b.example|b]',
    'a (https://a.example) and b (https://b.example)',
  ],
  ['what only looks like them', 'mail me @ [home] a|b', 'mail me @ [home] a|b'],
  ['markup of other kinds', '<b>bold</b> **bold**', '<b>bold</b> **bold**'],
])('%s reads as plain text', (_, text, plain) => {
  const links = [{ sys_id: '0123', url: 'https://kb.example/guide' }];
  expect(plainOf(markedUp(text, { links }))).toBe(plain);
});
