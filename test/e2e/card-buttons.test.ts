import { startRasa } from '../../src/simulator/rasa/server';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import { type ServiceNowSimulator, startServiceNow } from '../../src/simulator/servicenow/simulator';
import { environmentOf, eventually, makeFolder, type Product, startProduct } from '../support/product';
import { seenMessage } from '../support/seen';
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
}, 40_000);

afterAll(async () => {
  await product.kill();
  await Promise.all([rasa.close(), serviceNow.close(), teams.close()]);
  folder.remove();
});

/** The newest message, new or changed, with a button of this title, clicked as Teams does it: a message without words. */
async function click(title: string, user = 'ada'): Promise<void> {
  const value = await eventually(() => newestButton(title), `a button "${title}"`);
  const more = user === 'ada' ? {} : { from: { id: `29:${user}`, name: user } };
  const { status } = await teams.sendTo(product.url, teams.activity({ text: undefined, value, ...more }));
  expect(status).toBe(200);
}

function newestButton(title: string): unknown {
  const messages = teams.connector.calls.filter(({ method, status }) => method !== 'GET' && Number(status) < 300);
  const buttons = messages.flatMap(({ body }) => seenMessage('c', body, 0).buttons);
  return buttons.findLast((button) => button.title === title)?.value;
}

async function says(text: string): Promise<void> {
  expect((await teams.sendTo(product.url, teams.activity({ text }))).status).toBe(200);
}

const rows = () => serviceNow.chats().flatMap((chat) => serviceNow.pane(chat.id).map(({ text }) => text));
const seen = (text: string) =>
  teams.connector.until((connector) => connector.texts().some((one) => one.includes(text)));

test('the buttons of the cards lead through a chat: the assistant meanwhile, back, the end, a rating, more help', async () => {
  await says('/live_agent');
  await eventually(() => serviceNow.chats().length === 1, 'a chat');
  await click('Ask the assistant meanwhile');
  await seen('you keep your place in the queue');
  const asked = rasa.requests().length;
  await says('hello');
  await eventually(() => rasa.requests().length > asked, 'the assistant is asked');
  await click('End chat', 'eve');
  await seen('That button belongs to a chat that is over');
  await click('Write to the agent again');
  await seen('What you write now goes to the live agent again.');
  await eventually(() => rows().some((text) => text.includes('Ada Lovelace: hello')), 'what was said meanwhile');
  await says('are you there?');
  await eventually(() => rows().includes('are you there?'), 'her words in the thread');
  const [chat] = serviceNow.chats();
  serviceNow.accept(chat?.id ?? '', 'beth.anglin');
  await seen('has joined the chat');
  await click('End chat');
  await seen('You have left the live chat');
  await click('4 ★');
  await seen('Thank you. This helps us to get better.');
  await click('I still need help');
  await eventually(() => rows().some((text) => text.includes('Follows the chat')), 'a chat that follows the first');
  expect(serviceNow.chats()).toHaveLength(2);
}, 60_000);
