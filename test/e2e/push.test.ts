import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import type { ServiceNowSimulator } from '../../src/simulator/servicenow/simulator';
import { closeFarSides, startFarSides } from '../support/far-sides';
import { environmentOf, eventually, type makeFolder, type Product, startProduct } from '../support/product';
import type { TeamsChannel } from '../support/teams-channel';

const secret = `whsec_${Buffer.from('a key for tests, 24 bytes').toString('base64')}`;
const other = `whsec_${Buffer.from('somebody else, 24 bytes!!').toString('base64')}`;

let rasa: RasaSimulator;
let serviceNow: ServiceNowSimulator;
let teams: TeamsChannel;
let product: Product;
let folder: ReturnType<typeof makeFolder>;

beforeEach(async () => {
  ({ rasa, serviceNow, teams, folder } = await startFarSides({ requireToken: false }));
});
afterEach(async () => {
  await product.kill();
  await closeFarSides({ rasa, serviceNow, teams, folder });
});

/** A chat, and a reader that would look by itself only after a minute. */
async function inChat(): Promise<string> {
  const environment = environmentOf(rasa, serviceNow, folder.path);
  product = await startProduct({ ...environment, SERVICENOW_POLL_MS: '60000', SERVICENOW_EVENTS_SECRET: secret });
  await teams.sendTo(product.url, teams.activity({ text: '/live_agent' }), null);
  const { id } = await eventually(() => serviceNow.chats()[0], 'a chat');
  return id;
}

const pushTo = (url: string, key: string) => serviceNow.configure({ push: { url, secret: key, retries: 0 } });
const events = () => `http://127.0.0.1:${product.port}/api/servicenow/events`;

test('an agent’s words are shown at once when ServiceNow tells of them, although the tick is far away', async () => {
  const chat = await inChat();
  pushTo(events(), secret);
  serviceNow.accept(chat, 'beth.anglin');
  serviceNow.say(chat, { agent: 'beth.anglin', text: 'here I am' });
  await teams.connector.until((connector) => connector.texts().some((text) => text.includes('here I am')));
  expect(serviceNow.pushes().every(({ status }) => status === 204)).toBe(true);
}, 40_000);

test('an event that is not signed with our key is refused, and nothing is read for it', async () => {
  const chat = await inChat();
  pushTo(events(), other);
  serviceNow.accept(chat, 'beth.anglin');
  serviceNow.say(chat, { agent: 'beth.anglin', text: 'words of the agent' });
  await eventually(() => serviceNow.pushes().length > 0, 'an event');
  expect(serviceNow.pushes().map(({ status }) => status)).toContain(401);
  await eventually(() => product.lines.some(({ event }) => event === 'event_refused'), 'a line in the log');
  expect(JSON.stringify(product.lines)).not.toContain('words of the agent');
  expect(teams.connector.texts().join()).not.toContain('words of the agent');
}, 40_000);
