import { eventually } from '../support/product';
import { type FaultProxy, startFaultProxy } from './support/fault-proxy';
import { type Stage, setStage } from './support/stage';

let stage: Stage;
let wire: FaultProxy;

beforeAll(async () => {
  stage = await setStage(async ({ rasa }) => {
    wire = await startFaultProxy(rasa.url);
    wire.strike({ how: 'delay', ms: 1_500 }, /./);
    return { RASA_URL: wire.url };
  });
}, 40_000);

afterAll(async () => {
  await stage.close();
  await wire.close();
}, 30_000);

const turns = 600;

/** So many employees, who have no chat, write to the assistant at the same moment. */
function flood(): Promise<number[]> {
  const { teams, product } = stage;
  const one = async (n: number) => {
    const conversation = { id: `a:u${n}`, conversationType: 'personal', tenantId: teams.tenantId };
    const activity = teams.activity({ text: 'my vpn drops', conversation, from: { id: `29:u${n}`, name: 'U' } });
    return (await teams.sendTo(product.url, activity)).status;
  };
  return Promise.all(Array.from({ length: turns }, (_, n) => one(n)));
}

test('six hundred turns for a slow assistant at once: each is taken or refused at once, and in the live chat both sides are heard within seconds (row 60)', async () => {
  const chat = await stage.toAgent();
  const began = performance.now();
  const statuses = flood();
  const word = eventually(async () => (await stage.say('are you there?', 'w')) === 200, 'the turn to be taken');
  stage.serviceNow.say(chat, { agent: 'beth.anglin', text: 'yes I am' });
  await word;
  await eventually(() => stage.posted().includes('are you there?'), 'the word in the chat');
  await eventually(() => stage.read().some((text) => /yes I am/.test(text)), 'the answer of the agent');
  expect(performance.now() - began).toBeLessThan(18_000);
  expect([...new Set(await statuses)].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect((await statuses).filter((status) => status === 200).length).toBeGreaterThan(0);
  expect(stage.posted()).toEqual(['are you there?']);
}, 60_000);
