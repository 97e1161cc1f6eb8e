import type http from 'node:http';
import { startRasa } from '../../src/simulator/rasa/server';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import { type ServiceNowSimulator, startServiceNow } from '../../src/simulator/servicenow/simulator';
import { untilNothingIsKept } from '../support/kept-files';
import { environmentOf, eventually, makeFolder, type Product, startProduct } from '../support/product';
import { startTeamsChannel, type TeamsChannel } from '../support/teams-channel';
import { type FileServer, startFiles } from '../teams/files/file-server';

interface Attachment {
  readonly contentType: string;
  readonly name?: string;
  readonly contentUrl?: string;
  readonly content?: Readonly<Record<string, unknown>>;
}

const png = Buffer.from('\x89PNG\r\n\x1a\n and pixels', 'latin1');
const folder = makeFolder();
let rasa: RasaSimulator;
let serviceNow: ServiceNowSimulator;
let teams: TeamsChannel;
/** Where Teams keeps the employee's files. */
let drive: FileServer;
let product: Product;
let answer: (request: http.IncomingMessage, response: http.ServerResponse) => void;
let put: Buffer[];

beforeAll(async () => {
  drive = await startFiles((request, response) => answer(request, response));
  [rasa, serviceNow, teams] = await Promise.all([
    startRasa({ preset: 'demo' }),
    startServiceNow(),
    startTeamsChannel(),
  ]);
  product = await start();
  await teams.sendTo(product.url, teams.activity({ text: '/live_agent' }));
  await eventually(() => serviceNow.chats().length === 1, 'a chat');
  serviceNow.accept(chat());
}, 40_000);

beforeEach(() => {
  put = [];
  answer = take;
});

afterAll(async () => {
  await product.kill();
  await Promise.all([rasa.close(), serviceNow.close(), teams.close(), drive.close()]);
  folder.remove();
});

function start(): Promise<Product> {
  return startProduct({ ...environmentOf(rasa, serviceNow, folder.path), ...teams.environment });
}

/** The drive takes a file, once its bytes are all there. */
function take(request: http.IncomingMessage, response: http.ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    put.push(Buffer.concat(chunks));
    response.writeHead(201).end('{}');
  });
}

const chat = () => serviceNow.chats()[0]?.id ?? '';
const thread = () => serviceNow.pane(chat()).map((row) => row.text);

const fileOf = (name: string, contentType: string, bytes: Buffer) => ({
  name,
  contentType,
  sizeBytes: bytes.length,
  content: bytes.toString('base64'),
});

function attached(type: RegExp, name: string): Attachment | undefined {
  const all = teams.connector.calls.flatMap(({ body }) => (body.attachments as Attachment[] | undefined) ?? []);
  return all.find((one) => type.test(one.contentType) && one.name === name);
}

/** The agent sends a file; resolves when the employee is asked whether to save it, with what the question carries. */
async function offered(name: string, bytes: Buffer): Promise<Attachment> {
  serviceNow.say(chat(), { text: '', files: [fileOf(name, 'application/pdf', bytes)] });
  await teams.connector.until(() => attached(/file.consent/, name) !== undefined);
  return attached(/file.consent/, name) as Attachment;
}

async function consents(offer: Attachment, action: 'accept' | 'decline', uploadUrl = `${drive.url}/up`) {
  const { name, content } = offer;
  const uploadInfo = { uploadUrl, contentUrl: `${drive.url}/${name}`, name, uniqueId: 'u1', fileType: 'pdf' };
  const context = content?.[`${action}Context`];
  const value = { type: 'fileUpload', action, context, ...(action === 'accept' ? { uploadInfo } : {}) };
  const invoke = { type: 'invoke', name: 'fileConsent/invoke', value, text: undefined };
  return teams.sendTo(product.url, teams.activity(invoke));
}

test('a small picture of an agent is shown in its place, and her words before it', async () => {
  serviceNow.say(chat(), { text: 'look', files: [fileOf('menu.png', 'image/png', png)] });
  await teams.connector.until(() => attached(/image.png/, 'menu.png') !== undefined);
  const picture = attached(/image.png/, 'menu.png');
  expect(picture?.contentUrl).toBe(`data:image/png;base64,${png.toString('base64')}`);
  expect(teams.connector.texts().slice(-2)).toEqual([expect.stringMatching(/look$/), expect.stringMatching(/Beth/)]);
});

test('a picture that only says that it is one is offered like any file', async () => {
  serviceNow.say(chat(), { text: '', files: [fileOf('page.png', 'image/png', Buffer.from('<script>x</script>'))] });
  await teams.connector.until(() => attached(/file.consent/, 'page.png') !== undefined);
  expect(attached(/image/, 'page.png')).toBeUndefined();
});

test.each([0, 1, 25_000_000])('a file of %d bytes is put where the employee allows it, once', async (size) => {
  const bytes = Buffer.alloc(size, '%PDF-1.7 pages ');
  const name = `guide-${size}.pdf`;
  const offer = await offered(name, bytes);
  expect(offer.content).toMatchObject({ sizeInBytes: size });
  const answers = [await consents(offer, 'accept'), await consents(offer, 'accept')];
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  await teams.connector.until(() => attached(/file.info/, name) !== undefined);
  expect(put.map((one) => one.equals(bytes))).toEqual([true]);
  expect(attached(/file.info/, name)).toMatchObject({ contentUrl: `${drive.url}/${name}` });
});

test('what is declined goes nowhere, and both are told', async () => {
  const offer = await offered('declined.pdf', Buffer.from('%PDF'));
  expect((await consents(offer, 'decline')).status).toBe(200);
  await teams.connector.until(({ seen }) => seen.some(({ text }) => /declined the file .*declined.pdf/.test(text)));
  await eventually(() => thread().some((text) => text.includes('declined.pdf') && !text.startsWith('File:')), 'a word');
  expect(put).toEqual([]);
});

test.each([
  ['that is gone', () => `${drive.url}/up`, 410],
  ['that is none of Teams', () => 'https://drive.example/up', 201],
])('a place %s takes nothing, and both are told', async (how, place, status) => {
  answer = (request, response) => void request.resume().on('end', () => response.writeHead(status).end());
  const name = `to-a-place-${how.length}.pdf`;
  await consents(await offered(name, Buffer.from('%PDF')), 'accept', place());
  await teams.connector.until(({ seen }) => seen.some(({ text }) => text.includes(`${name} could not be saved`)));
  await eventually(() => thread().some((text) => text.includes(name) && !text.startsWith('File:')), 'a word');
});

test('a process that is killed while it brings a file brings it all the same (row 9)', async () => {
  const bytes = Buffer.alloc(5_000_000, '%PDF-1.7 ');
  const offer = await offered('killed.pdf', bytes);
  const isUnderWay = new Promise<void>((resolve) => {
    answer = (request) => void request.once('data', () => resolve());
  });
  await consents(offer, 'accept');
  await isUnderWay;
  await product.kill();
  answer = take;
  product = await start();
  await teams.connector.until(() => attached(/file.info/, 'killed.pdf') !== undefined);
  expect(put.map((one) => one.equals(bytes))).toEqual([true]);
});

test('bold, links, lists and records of an agent are what they are in Teams', async () => {
  const { url } = serviceNow;
  const steps = '<b>Now</b>, <i>please</i>:<ol><li>run <code>ipconfig /all</code></li><li>wait</li></ol>';
  const [article, incident] = [`${url}/kb_view.do?sysparm_article=KB0010042`, '/incident.do?number=INC0010001'];
  serviceNow.say(chat(), {
    text: `[code]${steps}[/code]see @L[https://kb.example/vpn|VPN guide], ${article} and @L[${incident}|]`,
  });
  await teams.connector.until(() => teams.connector.texts().some((shown) => shown.includes('VPN guide')));
  const shown = teams.connector.calls.at(-1)?.body.text;
  const [first, last] = [`[KB0010042](${article})`, `[incident INC0010001](${url}${incident})`];
  expect(shown).toBe(
    '**Beth Anglin**\n\n**Now**, *please*:\n\n1. run `ipconfig /all`\n2. wait\n\n' +
      `see [VPN guide](https://kb.example/vpn), ${first} and ${last}`,
  );
});

test('what an agent writes cannot become HTML, a mention, a card or a link that lies', async () => {
  const evil =
    '<at>Boss</at> <img src=x onerror=alert(1)> [pay here](javascript:alert(1)) ' +
    '@L[https://evil.example/x|https://bank.example] @L[javascript:alert(1)|click] {"type":"AdaptiveCard"} end-of-it';
  const calls = teams.connector.calls.length;
  serviceNow.say(chat(), { text: evil });
  serviceNow.say(chat(), { text: `[code]${evil} <script>alert(1)</script> end-of-code[/code]` });
  await teams.connector.until(() => teams.connector.texts().some((shown) => shown.includes('end-of-code')));
  const bodies = teams.connector.calls.slice(calls).map(({ body }) => body);
  expect(bodies.flatMap(({ entities, attachments }) => [entities, attachments])).toEqual(
    bodies.flatMap(() => [undefined, undefined]),
  );
  const shown = bodies.map(({ text }) => String(text)).join('\n');
  expect(shown).not.toMatch(/<at>|<img|<script|(?<!\\)\]\(javascript:|\]\(https:\/\/evil/);
  expect(shown).toContain('&lt;at&gt;Boss&lt;/at&gt;');
  expect(shown).toContain('https://bank.example (https://evil.example/x)');
});

test('at the end nothing of any file is kept', async () => {
  product = await untilNothingIsKept(folder.path, product, start);
}, 40_000);
