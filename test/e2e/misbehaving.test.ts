import { startRasa } from '../../src/simulator/rasa/server';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import type { FaultRule } from '../../src/simulator/servicenow/faults/rule';
import { type ServiceNowSimulator, startServiceNow } from '../../src/simulator/servicenow/simulator';
import { environmentOf, eventually, makeFolder, type Product, startProduct } from '../support/product';
import { startTeamsChannel, type TeamsChannel } from '../support/teams-channel';

let rasa: RasaSimulator;
let serviceNow: ServiceNowSimulator;
let teams: TeamsChannel;
let product: Product;
let chat: string;
const folder = makeFolder();
const conversation = { id: 'a:ana', conversationType: 'personal' };

beforeAll(async () => {
  [rasa, serviceNow, teams] = await Promise.all([
    startRasa({ preset: 'demo' }),
    startServiceNow(),
    startTeamsChannel(),
  ]);
  product = await startProduct({
    ...environmentOf(rasa, serviceNow, folder.path),
    ...teams.environment,
    SERVICENOW_TIMEOUT_MS: '1500',
  });
  await say('/live_agent');
  chat = (await eventually(() => serviceNow.chats()[0], 'a chat')).id;
  serviceNow.accept(chat, 'beth.anglin');
}, 40_000);

afterAll(async () => {
  await product.kill();
  await Promise.all([rasa.close(), serviceNow.close(), teams.close()]);
  folder.remove();
});

function say(text: string) {
  return teams.sendTo(
    product.url,
    teams.activity({ text, conversation: { ...conversation, tenantId: teams.tenantId } }),
  );
}

function times(text: string): number {
  return serviceNow.pane(chat).filter((row) => row.text === text).length;
}

const faults: [string, FaultRule['do']][] = [
  ['answers 503', { status: { preset: 'down503' } }],
  ['throttles', { status: { preset: 'rate429', retryAfter: 1 } }],
  ['is asleep and shows a page', { html: { code: 200, kind: 'hibernating' } }],
  ['takes longer than the deadline, and does it all the same', { delay: { ms: 2_500 } }],
  ['wants a login', { redirect: { location: '/login.do' } }],
  ['loses its answers after it did what it was asked', { resetAfter: true }],
  ['breaks off before it does anything', { resetBefore: true }],
];

test.each(faults)(
  'while ServiceNow %s, nothing is lost and nothing comes twice (rows 21, 23, 24, 25, 27)',
  async (title, fault) => {
    serviceNow.addFault({ id: 'f', match: { path: '/api/now/connect' }, do: fault } as FaultRule);
    const word = `word while it ${title}`;
    const answer = `answer while it ${title}`;
    await say(word);
    serviceNow.say(chat, { agent: 'beth.anglin', text: answer });
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    serviceNow.clearFaults();
    await eventually(() => times(word) > 0, 'the word in the thread');
    await teams.connector.until(() => teams.connector.texts().some((text) => text.includes(answer)), 20_000);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(times(word)).toBe(1);
    expect(teams.connector.texts().filter((text) => text.includes(answer))).toHaveLength(1);
  },
  60_000,
);
