import { startRasa } from '../../src/simulator/rasa/server';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import { type ServiceNowSimulator, startServiceNow } from '../../src/simulator/servicenow/simulator';
import { environmentOf, eventually, makeFolder, type Product, startProduct } from '../support/product';
import { startTeamsChannel, type TeamsChannel } from '../support/teams-channel';

let rasa: RasaSimulator;
let serviceNow: ServiceNowSimulator;
let teams: TeamsChannel;
let product: Product;
const folder = makeFolder();

beforeAll(async () => {
  [rasa, serviceNow, teams] = await Promise.all([
    startRasa({ preset: 'demo' }),
    startServiceNow(),
    startTeamsChannel(),
  ]);
  product = await startProduct({ ...environmentOf(rasa, serviceNow, folder.path), ...teams.environment });
}, 30_000);

afterAll(async () => {
  await product.kill();
  await Promise.all([rasa.close(), serviceNow.close(), teams.close()]);
  folder.remove();
});

test('with authentication on, the story runs from greeting to assistant, agent, and back', async () => {
  const { connector } = teams;
  const say = (text: string) => teams.sendTo(product.url, teams.activity({ text }));
  await teams.sendTo(product.url, teams.activity({ type: 'installationUpdate', action: 'add', text: undefined }));
  await connector.until(({ seen }) => seen.length === 1);
  await say('talk to a live agent');
  const chat = await eventually(() => serviceNow.chats()[0], 'a chat');
  serviceNow.accept(chat.id, 'beth.anglin');
  serviceNow.say(chat.id, { agent: 'beth.anglin', text: 'Hello, this is Beth.' });
  await connector.until(() => connector.texts().some((text) => text.includes('this is Beth')));
  await say('my printer is on fire');
  await eventually(() => serviceNow.pane(chat.id).some((row) => row.text === 'my printer is on fire'), 'the word');
  serviceNow.closeChat(chat.id, { agent: 'beth.anglin' });
  const seen = connector.seen.length;
  await connector.until(() => connector.seen.length > seen);
  const asked = rasa.requests().length;
  await say('hello');
  await eventually(() => rasa.requests().length > asked, 'the assistant to be asked');
  expect(connector.calls.every((call) => call.headers.authorization?.startsWith('Bearer '))).toBe(true);
}, 40_000);

test.each<[string, () => string | null, number]>([
  ['without a token', () => null, 401],
  ['with a token for another bot', () => teams.authority.sign(teams.serviceUrl, { aud: 'other' }), 401],
  ['with a token for another address', () => teams.authority.sign('https://evil.example/'), 401],
  ['with a token that has ended', () => teams.authority.sign(teams.serviceUrl, { exp: 1 }), 401],
  ['with no token at all but a word', () => 'abc', 401],
])('a turn %s is refused with an empty body and does nothing', async (_title, token, status) => {
  const asked = rasa.requests().length;
  const answer = await teams.sendTo(product.url, teams.activity({ text: 'let me in' }), token());
  expect(answer).toEqual({ status, body: '' });
  expect(rasa.requests().length).toBe(asked);
});

test('a signed turn from another tenant is refused, and so is one whose address is not allowed', async () => {
  const stranger = teams.activity({
    conversation: { id: 'a:x', conversationType: 'personal', tenantId: 'another' },
    channelData: {},
  });
  expect((await teams.sendTo(product.url, stranger)).status).toBe(403);
  const elsewhere = teams.activity({ serviceUrl: 'https://evil.trafficmanager.net/' });
  const token = teams.authority.sign('https://evil.trafficmanager.net/');
  expect(await teams.sendTo(product.url, elsewhere, token)).toEqual({ status: 403, body: '' });
});
