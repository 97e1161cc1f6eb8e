import { startRasa } from '../../src/simulator/rasa/server';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import { type ServiceNowSimulator, startServiceNow } from '../../src/simulator/servicenow/simulator';
import { openPlayground, type Playground } from '../support/playground';
import { environmentOf, eventually, makeFolder, type Product, startProduct } from '../support/product';

/** Everything of the story is real here but Teams' cloud, ServiceNow and Rasa: Microsoft's emulator in front, the started product between. */
let rasa: RasaSimulator;
let serviceNow: ServiceNowSimulator;
let product: Product;
let playground: Playground;
let folder: ReturnType<typeof makeFolder>;
const beth = { agent: 'beth.anglin' };

beforeEach(async () => {
  folder = makeFolder();
  [rasa, serviceNow] = await Promise.all([startRasa({ preset: 'demo' }), startServiceNow()]);
  product = await startProduct(environmentOf(rasa, serviceNow, folder.path));
  playground = await openPlayground(product.url, folder.path);
}, 60_000);

afterEach(async () => {
  await playground.close();
  await product.kill();
  await Promise.all([rasa.close(), serviceNow.close()]);
  folder.remove();
}, 30_000);

/** The employee's and the connector's rows in the thread, the first message aside. */
function posted(): string[] {
  const chat = serviceNow.chats()[0];
  const rows = chat ? serviceNow.pane(chat.id) : [];
  return rows
    .filter((row) => row.author === 'requester')
    .slice(1)
    .map((row) => row.text);
}

/** Says it and waits for the connector's 200: Teams delivers again what was not acknowledged, the emulator does not. */
async function acknowledged(text: string): Promise<void> {
  const before = await turnsTaken();
  await playground.say(text);
  await eventually(async () => (await turnsTaken()) > before, 'the turn to be acknowledged');
}

async function turnsTaken(): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${product.port}/metrics`)).text();
  return Number(/connector_turn_seconds_count\{status="200"\} (\d+)/.exec(metrics)?.[1] ?? 0);
}

async function chatOpened(): Promise<string> {
  const chat = await eventually(() => serviceNow.chats()[0], 'a chat in the queue');
  return chat.id;
}

test('greeting, assistant, hand-off, queue, agent, both directions, agent closes, assistant again', async () => {
  await playground.install();
  await playground.hears(/./);
  await playground.say('my vpn drops');
  await playground.hears(/vpn/i, 1);
  await playground.say('talk to a live agent');
  const id = await chatOpened();
  await playground.hears(/\/end_chat/);
  serviceNow.accept(id, 'beth.anglin');
  serviceNow.say(id, { ...beth, text: 'Hello Ana, which client is it?' });
  serviceNow.say(id, { ...beth, text: 'she is impatient', workNote: true });
  await playground.hears(/which client is it/);
  await playground.say('the blue one');
  await eventually(() => posted().length === 1, 'the words in the thread');
  serviceNow.say(id, { ...beth, text: 'Then it is fixed now.' });
  serviceNow.closeChat(id, beth);
  await playground.hears(/Then it is fixed now/);
  await eventually(() => serviceNow.journal().some((entry) => entry.path.endsWith('/leave')), 'leave to be called');
  const before = playground.said.length;
  await playground.say('hello');
  await playground.hears(/./, before);
  const first = serviceNow.pane(id)[0]?.text ?? '';
  expect(first).toMatch(/Ana Roja/);
  expect(first).toMatch(/ana\.roja@contoso\.example/);
  expect(first).toMatch(/my vpn drops/);
  expect(posted()).toEqual(['the blue one']);
  expect(playground.said.join()).not.toMatch(/impatient|has closed the support session/);
}, 60_000);

test('/end_chat: leave is called, the command is not posted, the assistant answers the next turn', async () => {
  await playground.say('/live_agent');
  const id = await chatOpened();
  serviceNow.accept(id, 'beth.anglin');
  await playground.hears(/\/end_chat/);
  await playground.say('one more thing');
  await playground.say(' /End_Chat ');
  await eventually(() => serviceNow.chats()[0]?.state === 'closed_by_client', 'the chat to be left');
  const before = playground.said.length;
  await playground.say('my vpn drops');
  await playground.hears(/vpn/i, before);
  expect(posted()).toEqual(['one more thing']);
}, 60_000);

test('the connector is killed in the middle and started again: nothing is lost, nothing comes twice', async () => {
  await playground.say('/live_agent');
  const id = await chatOpened();
  serviceNow.accept(id, 'beth.anglin');
  const words = Array.from({ length: 12 }, (_, n) => `word ${n} of the employee`);
  const answers = Array.from({ length: 12 }, (_, n) => `answer ${n} of the agent`);
  const environment = { ...environmentOf(rasa, serviceNow, folder.path), PORT: String(product.port) };
  for (let n = 0; n < 12; n += 1) {
    await acknowledged(words[n] ?? '');
    serviceNow.say(id, { ...beth, text: answers[n] ?? '' });
    if (n % 4 !== 2) continue;
    await product.kill();
    product = await startProduct(environment);
  }
  await eventually(() => posted().length >= 12, 'all words in the thread');
  await playground.hears(/answer 11 of the agent/);
  expect(posted()).toEqual(words);
  const heard = playground.said.filter((text) => /answer \d+ of the agent/.test(text));
  const numbersIn = (texts: readonly string[]) =>
    texts.flatMap((text) => [...text.matchAll(/answer (\d+) of the agent/g)].map(([, number]) => Number(number)));
  const unmarked = numbersIn(heard.filter((text) => !/twice|again|repeat/i.test(text)));
  expect(new Set(unmarked).size).toBe(unmarked.length);
  // A burst after a start may come in one message.
  expect([...new Set(numbersIn(heard))]).toEqual([...answers.keys()]);
}, 120_000);
