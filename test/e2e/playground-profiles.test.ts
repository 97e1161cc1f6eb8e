import { startRasa } from '../../src/simulator/rasa/server';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import { type ServiceNowSimulator, startServiceNow } from '../../src/simulator/servicenow/simulator';
import { openPlayground, type Playground } from '../support/playground';
import { environmentOf, eventually, makeFolder, type Product, startProduct } from '../support/product';

/** The story of `playground.test.ts` in short, with a kill in the middle, over the other ways to talk to ServiceNow. */
const callbackSecret = 'a-secret-of-callbacks';
const eventKey = `whsec_${Buffer.from('a key for tests, 24 bytes').toString('base64')}`;
const beth = { agent: 'beth.anglin' };

let rasa: RasaSimulator;
let serviceNow: ServiceNowSimulator;
let product: Product;
let playground: Playground;
let folder: ReturnType<typeof makeFolder>;

beforeEach(async () => {
  folder = makeFolder();
  [rasa, serviceNow] = await Promise.all([startRasa({ preset: 'demo' }), startServiceNow()]);
});
afterEach(async () => {
  await playground.close();
  await product.kill();
  await Promise.all([rasa.close(), serviceNow.close()]);
  folder.remove();
}, 30_000);

/** What Teams has acknowledged is taken: the emulator, unlike Teams, delivers nothing again. */
async function acknowledged(text: string): Promise<void> {
  const taken = async () => {
    const metrics = await (await fetch(`http://127.0.0.1:${product.port}/metrics`)).text();
    return Number(/connector_turn_seconds_count\{status="200"\} (\d+)/.exec(metrics)?.[1] ?? 0);
  };
  const before = await taken();
  await playground.say(text);
  await eventually(async () => (await taken()) > before, 'the turn to be acknowledged');
}

function posted(id: string): string[] {
  const rows = serviceNow.pane(id).filter((row) => row.author === 'requester' && !row.text.includes('[Teams TC-'));
  return rows.map((row) => row.text);
}

test.each([
  ['va-bot', false],
  ['scripted', false],
  ['scripted', true],
] as const)(
  '%s (events: %s): assistant, hand-off, agent, a kill in the middle, both directions, the end, assistant again',
  async (profile, pushes) => {
    const own = { SERVICENOW_PROFILE: profile, SERVICENOW_CALLBACK_SECRET: callbackSecret };
    const environment = {
      ...environmentOf(rasa, serviceNow, folder.path),
      ...own,
      ...(pushes ? { SERVICENOW_EVENTS_SECRET: eventKey } : {}),
    };
    product = await startProduct(environment);
    const at = (path: string) => `http://127.0.0.1:${product.port}${path}`;
    const callback = { url: at('/api/servicenow/callback'), auth: { kind: 'bearer' as const, token: callbackSecret } };
    serviceNow.configure({ callback, accountLinking: 'always' });
    if (pushes) serviceNow.configure({ push: { url: at('/api/servicenow/events'), secret: eventKey, retries: 0 } });
    playground = await openPlayground(product.url, folder.path);
    await playground.say('my vpn drops');
    await playground.hears(/vpn/i);
    await playground.say('talk to a live agent');
    const { id } = await eventually(() => serviceNow.chats()[0], 'a chat');
    serviceNow.accept(id, 'beth.anglin');
    serviceNow.say(id, { ...beth, text: 'Hello Ana, which client is it?' });
    await playground.hears(/which client is it/);
    await acknowledged('the blue one');
    await product.kill();
    product = await startProduct({ ...environment, PORT: String(product.port) });
    await acknowledged('it is slow, too');
    serviceNow.say(id, { ...beth, text: 'Then it is fixed now.' });
    await playground.hears(/Then it is fixed now/);
    await eventually(() => posted(id).length >= 2, 'the words in the chat');
    serviceNow.closeChat(id, beth);
    await playground.hears(/The agent has closed the live chat/);
    const before = playground.said.length;
    await playground.say('hello');
    await playground.hears(/./, before);
    expect(posted(id)).toEqual(['the blue one', 'it is slow, too']);
    const heard = playground.said.filter((text) => /which client is it|Then it is fixed now/.test(text));
    expect(heard).toHaveLength(2);
  },
  120_000,
);
