import type http from 'node:http';
import { join } from 'node:path';
import { startRasa } from '../../src/simulator/rasa/server';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import { type ServiceNowSimulator, startServiceNow } from '../../src/simulator/servicenow/simulator';
import { SqliteStore } from '../../src/store/sqlite/store';
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

const uploaded = (name: string) => ({
  contentType: 'application/vnd.microsoft.teams.file.download.info',
  contentUrl: `https://contoso-my.sharepoint.com/${name}`,
  name,
  content: { downloadUrl: `${files.url}/${name}?tempauth=secret`, uniqueId: '1', fileType: name.split('.')[1] },
});

test('a file and a pasted picture reach the agent byte for byte, after the words that they came with', async () => {
  answer = (request, response) => void response.end(request.url?.startsWith('/notes') ? 'notes' : png);
  const pasted = { contentType: 'image/*', contentUrl: `${files.url}/v3/attachments/1/views/original` };
  const html = { contentType: 'text/html', content: '<p>see these</p>' };
  expect(await says('see these', { attachments: [uploaded('notes.txt'), pasted, html] })).toBe(200);
  await eventually(() => named().length === 2, 'both files');
  const texts = serviceNow.pane(chat()).map((row) => row.text);
  expect(texts.slice(-3)).toEqual(['see these', 'File: notes.txt', 'File: image.png']);
  expect(uploads().map(({ content }) => Buffer.from(content, 'base64'))).toEqual([Buffer.from('notes'), png]);
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

test("an agent's picture is shown, and her other file is put where the employee allows it", async () => {
  const guide = Buffer.from('%PDF-1.7 pages');
  const sent = [
    { name: 'menu.png', contentType: 'image/png', sizeBytes: png.length, content: png.toString('base64') },
    { name: 'guide.pdf', contentType: 'application/pdf', sizeBytes: guide.length, content: guide.toString('base64') },
  ];
  const attachments = () =>
    teams.connector.calls.flatMap(({ body }) => (body.attachments as { contentType: string }[] | undefined) ?? []);
  const of = (type: RegExp) => attachments().find(({ contentType }) => type.test(contentType)) as unknown;
  serviceNow.say(chat(), { text: 'look', files: sent });
  await teams.connector.until(() => of(/consent/) !== undefined);
  expect(of(/image.png/)).toMatchObject({ contentUrl: `data:image/png;base64,${png.toString('base64')}` });
  const { acceptContext } = (of(/consent/) as { content: { acceptContext: unknown } }).content;
  const put: Buffer[] = [];
  answer = (request, response) => {
    request.on('data', (chunk: Buffer) => put.push(chunk));
    request.on('end', () => response.writeHead(201).end('{}'));
  };
  const uploadInfo = { uploadUrl: `${files.url}/upload`, contentUrl: `${files.url}/guide.pdf`, name: 'guide.pdf' };
  const value = { type: 'fileUpload', action: 'accept', context: acceptContext, uploadInfo };
  expect(await says('', { type: 'invoke', name: 'fileConsent/invoke', value, text: undefined })).toBe(200);
  await teams.connector.until(() => of(/file.info/) !== undefined);
  expect(Buffer.concat(put)).toEqual(guide);
});

test('at the end nothing of any file is kept', async () => {
  await product.stop();
  const store = await SqliteStore.open({ file: join(folder.path, 'connector.db') });
  expect(await store.blobs.size()).toEqual({ count: 0, bytes: 0 });
  await store.close();
  product = await start();
});
