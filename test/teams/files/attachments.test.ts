import { readActivity } from '../../../src/teams/activity';
import { filesOf } from '../../../src/teams/files/attachments';

const activity = (attachments: unknown) => {
  const read = readActivity({
    type: 'message',
    id: '17',
    conversation: { id: 'a:1' },
    from: { id: '29:ana' },
    attachments,
  });
  if (!read) throw new Error('no activity');
  return read;
};

const info = 'application/vnd.microsoft.teams.file.download.info';
const page = 'https://contoso-my.sharepoint.com/personal/ana/Documents/Applications/plan.xlsx';
const downloadUrl = 'https://contoso-my.sharepoint.com/_layouts/15/download.aspx?UniqueId=1&tempauth=x';

test('a file from OneDrive is fetched at its download address, and opened by people at its page', () => {
  const content = { downloadUrl, uniqueId: '1', fileType: 'xlsx', etag: 'x' };
  expect(filesOf(activity([{ contentType: info, contentUrl: page, name: 'plan.xlsx', content }]))).toEqual([
    { id: '17#0', name: 'plan.xlsx', source: { at: 'download', url: downloadUrl }, link: page },
  ]);
});

test('a pasted picture lies at the service', () => {
  const contentUrl = 'https://smba.trafficmanager.net/emea/v3/attachments/0-weu-d1/views/original';
  expect(filesOf(activity([{ contentType: 'image/*', contentUrl }]))).toEqual([
    { id: '17#0', name: 'image', type: 'image/*', source: { at: 'service', url: contentUrl } },
  ]);
});

test.each(['audio/mp4', 'VIDEO/mp4'])('a recording (%s) is a file like a pasted picture', (contentType) => {
  const contentUrl = 'https://smba.trafficmanager.net/emea/v3/attachments/0-weu-d1/views/original';
  const [kind] = contentType.toLowerCase().split('/');
  expect(filesOf(activity([{ contentType, contentUrl }]))).toEqual([
    { id: '17#0', name: kind, type: contentType, source: { at: 'service', url: contentUrl } },
  ]);
});

test('the words as HTML, cards and what is no file are none', () => {
  const others = [
    { contentType: 'text/html', content: '<p>words</p>' },
    { contentType: 'application/vnd.microsoft.card.adaptive', content: {} },
    { name: 'odd' },
  ];
  expect(filesOf(activity(others))).toEqual([]);
  expect(filesOf(activity(undefined))).toEqual([]);
});

test('files keep their order and their ids, also between other attachments', () => {
  const picture = { contentType: 'image/png', contentUrl: 'https://smba.trafficmanager.net/1', name: 'one.png' };
  const file = { contentType: info, name: 'two', content: { downloadUrl, fileType: 'pdf' } };
  const found = filesOf(activity([picture, { contentType: 'text/html', content: '' }, file]));
  expect(found.map(({ id, name }) => [id, name])).toEqual([
    ['17#0', 'one.png'],
    ['17#2', 'two.pdf'],
  ]);
});

test('a link that no browser should open is none', () => {
  const content = { downloadUrl, fileType: 'txt' };
  const [file] = filesOf(activity([{ contentType: info, contentUrl: 'javascript:alert(1)', name: 'a.txt', content }]));
  expect(file).not.toHaveProperty('link');
});

test('a file without an address is one that will not be fetched', () => {
  const found = filesOf(activity([{ contentType: info, name: 'a.txt' }, { contentType: 'image/png' }]));
  expect(found).toEqual([
    { id: '17#0', name: 'a.txt', source: { at: 'download', url: '' } },
    { id: '17#1', name: 'image', type: 'image/png', source: { at: 'service', url: '' } },
  ]);
});
