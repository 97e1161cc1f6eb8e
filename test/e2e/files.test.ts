import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import type http from 'node:http';
import { startRasa } from '../../src/simulator/rasa/server';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import { type ServiceNowSimulator, startServiceNow } from '../../src/simulator/servicenow/simulator';
import { untilNothingIsKept } from '../support/kept-files';
import { environmentOf, eventually, makeFolder, type Product, startProduct } from '../support/product';
import { startTeamsChannel, type TeamsChannel } from '../support/teams-channel';
import { type FileServer, startFiles } from '../teams/files/file-server';

const png = Buffer.from('\x89PNG\r\n\x1a\n and pixels', 'latin1');
const folder = makeFolder();
let rasa: RasaSimulator;
let serviceNow: ServiceNowSimulator;
let teams: TeamsChannel;
let files: FileServer;
let product: Product;
let answer: (request: http.IncomingMessage, response: http.ServerResponse) => void;

beforeAll(async () => {
  files = await startFiles((request, response) => answer(request, response));
  [rasa, serviceNow, teams] = await Promise.all([
    startRasa({ preset: 'demo' }),
    startServiceNow(),
    startTeamsChannel(),
  ]);
  product = await start();
  await says('/live_agent');
  await eventually(() => serviceNow.chats().length === 1, 'a chat');
  serviceNow.accept(chat());
}, 40_000);

afterAll(async () => {
  await product.kill();
  await Promise.all([rasa.close(), serviceNow.close(), teams.close(), files.close()]);
  folder.remove();
});

function start(): Promise<Product> {
  return startProduct({ ...environmentOf(rasa, serviceNow, folder.path), ...teams.environment });
}

async function says(text: string, more: Readonly<Record<string, unknown>> = {}): Promise<number> {
  return (await teams.sendTo(product.url, teams.activity({ text, ...more }))).status;
}

const chat = () => serviceNow.chats()[0]?.id ?? '';
const named = () => serviceNow.pane(chat()).flatMap((row) => row.files.map(({ name }) => name));
const uploads = () => Object.values(serviceNow.state().uploads);

const sent = () => uploads().map(({ content }) => Buffer.from(content, 'base64'));
const hashes = () => uploads().map(({ hash }) => hash);
const hashOf = (bytes: Uint8Array = Buffer.alloc(0)) => createHash('sha256').update(bytes).digest('hex');
const nameIn = (request: http.IncomingMessage) => /^\/([^?]*)/.exec(request.url ?? '')?.[1] ?? '';
const reasonOf = (name: string) =>
  teams.connector.texts().find((text) => text.includes(`file ${name} was not passed on`));

const uploaded = (name: string, at = files.url) => ({
  contentType: 'application/vnd.microsoft.teams.file.download.info',
  contentUrl: `https://contoso-my.sharepoint.com/${name}`,
  name,
  content: { downloadUrl: `${at}/${name}?tempauth=secret`, uniqueId: '1', fileType: name.split('.')[1] },
});

test('a file and a pasted picture reach the agent byte for byte, after the words that they came with', async () => {
  answer = (request, response) => void response.end(request.url?.startsWith('/notes') ? 'notes' : png);
  const pasted = { contentType: 'image/*', contentUrl: `${files.url}/v3/attachments/1/views/original` };
  const html = { contentType: 'text/html', content: '<p>see these</p>' };
  expect(await says('see these', { attachments: [uploaded('notes.txt'), pasted, html] })).toBe(200);
  await eventually(() => named().length === 2, 'both files');
  const texts = serviceNow.pane(chat()).map((row) => row.text);
  expect(texts.slice(-3)).toEqual(['see these', 'File: notes.txt', 'File: image.png']);
  expect(sent()).toEqual([Buffer.from('notes'), png]);
  const [first, second] = files.received;
  expect(first?.headers.authorization).toBeUndefined();
  expect(second?.headers.authorization).toMatch(/^Bearer /);
});

test('a file whose address is dead is named to the employee', async () => {
  answer = (_, response) => void response.writeHead(410).end();
  await says('', { text: undefined, attachments: [uploaded('late.pdf')] });
  await teams.connector.until(() =>
    teams.connector.texts().some((text) => /late.pdf.*no longer lets me fetch/.test(text)),
  );
});

test('a process that is killed in the middle of a file brings it once, and keeps nothing of it (row 9)', async () => {
  const large = Buffer.alloc(20_000_000, 'seven..');
  const before = named().length;
  let half = () => {};
  const isHalf = new Promise<void>((resolve) => (half = resolve));
  answer = (_, response) => {
    response.writeHead(200, { 'content-length': String(large.length) });
    response.write(large.subarray(0, 10_000_000), half);
  };
  await says('a large one', { attachments: [uploaded('large.bin1')] });
  await isHalf;
  await product.kill();
  answer = (_, response) => void response.end(large);
  product = await start();
  await eventually(() => named().length === before + 1, 'the large file');
  expect(uploads().at(-1)?.sizeBytes).toBe(20_000_000);
  serviceNow.addFault({ match: { path: '/attachment/file$' }, when: { times: 1 }, do: { resetAfter: true } });
  await says('', { text: undefined, attachments: [uploaded('again.bin1')] });
  await eventually(() => uploads().length > before + 1, 'the bytes of the other');
  await product.kill();
  product = await start();
  await eventually(() => named().length === before + 2, 'the other file');
  expect(named().slice(before)).toEqual(['large.bin1', 'again.bin1']);
  expect(uploads()).toHaveLength(before + 2);
}, 60_000);

test('sizes, types and places: each file arrives whole or is named with the reason (row 9)', async () => {
  const bytes: Readonly<Record<string, Buffer>> = {
    'empty.txt': Buffer.alloc(0),
    'one.txt': Buffer.from('x'),
    'most.txt': Buffer.alloc(25_000_000, 'most '),
    'more.txt': Buffer.alloc(25_000_001, 'more '),
    'setup.exe': Buffer.from('MZ and more'),
    'holiday.png': Buffer.from('%PDF-1.7 pages'),
  };
  answer = (request, response) => void response.end(bytes[nameIn(request)]);
  const far = uploaded('far.txt', 'https://files.example');
  const before = named().length;
  await says('all of these', { attachments: [...Object.keys(bytes).map((name) => uploaded(name)), far] });
  await teams.connector.until(() => reasonOf('far.txt') !== undefined, 20_000);
  await eventually(() => named().length === before + 2, 'both files');
  expect(named().slice(before)).toEqual(['one.txt', 'most.txt']);
  expect(hashes().slice(-2)).toEqual([bytes['one.txt'], bytes['most.txt']].map((one) => hashOf(one)));
  expect(Object.keys(bytes).map(reasonOf)).toEqual([
    expect.stringMatching(/empty/),
    undefined,
    undefined,
    expect.stringMatching(/larger than 25 MB/),
    expect.stringMatching(/programs and scripts/),
    expect.stringMatching(/not what/),
  ]);
  expect(reasonOf('far.txt')).toMatch(/in a place from which I do not fetch/);
}, 40_000);

test('a hundred files leave no temporary file', async () => {
  answer = (request, response) => void response.end(`bytes of ${nameIn(request)}`);
  const names = Array.from({ length: 100 }, (_, n) => `n${n}.txt`);
  const before = named().length;
  for (let n = 0; n < 100; n += 10)
    await says(`ten from ${n}`, { attachments: names.slice(n, n + 10).map((name) => uploaded(name)) });
  await eventually(() => named().length === before + 100, 'a hundred files');
  expect(named().slice(before)).toEqual(names);
  expect(readdirSync(folder.path).filter((name) => !name.startsWith('connector.db'))).toEqual([]);
}, 60_000);

test('at the end nothing of any file is kept', async () => {
  product = await untilNothingIsKept(folder.path, product, start);
}, 40_000);
