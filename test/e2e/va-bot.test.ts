import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import type { ServiceNowSimulator } from '../../src/simulator/servicenow/simulator';
import { closeFarSides, startFarSides } from '../support/far-sides';
import { environmentOf, eventually, type makeFolder, type Product, startProduct } from '../support/product';
import type { TeamsChannel } from '../support/teams-channel';

/** The started product between Teams and an instance that talks by callbacks (Virtual Agent Bot Integration API). */
const secret = 'a-secret-of-callbacks';
const beth = { agent: 'beth.anglin' };

let rasa: RasaSimulator;
let serviceNow: ServiceNowSimulator;
let teams: TeamsChannel;
let product: Product;
let folder: ReturnType<typeof makeFolder>;

beforeEach(async () => {
  ({ rasa, serviceNow, teams, folder } = await startFarSides({ requireToken: false }));
  product = await startProduct(environment());
  calledBack();
});
afterEach(async () => {
  await product.kill();
  await closeFarSides({ rasa, serviceNow, teams, folder });
});

function environment(more: Record<string, string> = {}) {
  const profile = { SERVICENOW_PROFILE: 'va-bot', SERVICENOW_CALLBACK_SECRET: secret };
  return { ...environmentOf(rasa, serviceNow, folder.path), ...profile, ...more };
}

const callbackUrl = () => `http://127.0.0.1:${product.port}/api/servicenow/callback`;

function calledBack(token = secret): void {
  const callback = { url: callbackUrl(), auth: { kind: 'bearer' as const, token } };
  serviceNow.configure({ callback, accountLinking: 'always' });
}

const says = (text: string) => teams.sendTo(product.url, teams.activity({ text }), null);
const sees = (part: string | RegExp) =>
  teams.connector.until((connector) => connector.texts().some((text) => text.match(part) !== null));

/** The employee's words as the agent has them, the brief aside. */
function posted(id: string): string[] {
  const rows = serviceNow.pane(id).filter((row) => row.author === 'requester' && !row.text.startsWith('[Teams TC-'));
  return rows.map((row) => row.text);
}

async function asked(): Promise<string> {
  await says('/live_agent');
  return (await eventually(() => serviceNow.chats()[0], 'a chat')).id;
}

async function connected(): Promise<string> {
  const id = await asked();
  serviceNow.accept(id, 'beth.anglin');
  serviceNow.say(id, { ...beth, text: 'Hello, how can I help?' });
  await sees('how can I help');
  return id;
}

test('assistant, hand-off, queue, agent, both directions, agent closes, assistant again', async () => {
  await says('my vpn drops');
  await sees(/vpn/i);
  const id = await asked();
  await says('while I wait');
  serviceNow.accept(id, 'beth.anglin');
  serviceNow.say(id, { ...beth, text: 'Hello Ana, which client is it?' });
  await sees('which client is it');
  await sees('Beth Anglin has joined');
  await says('the blue one');
  await eventually(() => posted(id).length >= 2, 'the words in the pane');
  serviceNow.say(id, { ...beth, text: 'Then it is fixed now.' });
  serviceNow.closeChat(id, beth);
  await sees('Then it is fixed now');
  await sees('The agent has closed the live chat');
  const before = teams.connector.texts().length;
  await says('hello again');
  await teams.connector.until((connector) => connector.texts().length > before);
  expect(posted(id)).toEqual(['while I wait', 'the blue one']);
  const brief = serviceNow.pane(id).find((row) => row.text.startsWith('[Teams TC-'))?.text ?? '';
  expect(brief).toMatch(/my vpn drops/);
  const seen = teams.connector.texts().filter((text) => text.includes('which client is it'));
  expect(seen).toHaveLength(1);
}, 60_000);

test('/end_chat ends the conversation there, and the assistant answers the next turn', async () => {
  const id = await connected();
  await says('one more thing');
  await says('/end_chat');
  await eventually(() => /closed|ended/.test(serviceNow.chats()[0]?.state ?? ''), 'the chat to be ended');
  await sees('You have left the live chat');
  expect(posted(id)).toEqual(['one more thing']);
}, 60_000);

test('killed in the middle, three times: every word once, in order, in both directions', async () => {
  const id = await connected();
  const words = Array.from({ length: 9 }, (_, n) => `word ${n} of the employee`);
  const answers = Array.from({ length: 9 }, (_, n) => `answer ${n} of the agent`);
  for (let n = 0; n < 9; n += 1) {
    expect(await says(words[n] ?? '')).toMatchObject({ status: 200 });
    const kept = serviceNow.callbacks().length;
    serviceNow.say(id, { ...beth, text: answers[n] ?? '' });
    await eventually(
      () =>
        serviceNow
          .callbacks()
          .slice(kept)
          .some(({ status }) => status === 200),
      'a callback to be kept',
    );
    if (n % 3 !== 1) continue;
    await product.kill();
    product = await startProduct(environment({ PORT: String(product.port) }));
  }
  await eventually(() => posted(id).length >= 9, 'all words in the pane');
  await sees('answer 8 of the agent');
  expect(posted(id)).toEqual(words);
  const texts = teams.connector.texts().filter((text) => /answer \d of the agent/.test(text));
  const numbers = texts.flatMap((text) => [...text.matchAll(/answer (\d) of the agent/g)].map(([, n]) => Number(n)));
  const marked = texts.filter((text) => /twice|again|repeat/i.test(text)).length;
  expect([...new Set(numbers)]).toEqual(answers.map((_, n) => n));
  expect(numbers.length - new Set(numbers).size).toBeLessThanOrEqual(marked);
}, 120_000);

test('callbacks that come twice, late or in other groups change nothing; forged ones are refused', async () => {
  serviceNow.configure({ callbackGrouping: 'random' });
  const id = await connected();
  serviceNow.addFault({ match: { body: 'second answer' }, do: { 'cb.dup': { n: 3 } } });
  for (const text of ['first answer', 'second answer', 'third answer']) serviceNow.say(id, { ...beth, text });
  await sees('third answer');
  const forged = await fetch(callbackUrl(), {
    method: 'POST',
    headers: { authorization: 'Bearer somebody-else-entirely', 'content-type': 'application/json' },
    body: JSON.stringify({ clientSessionId: id, body: [{ uiType: 'OutputText', value: 'forged words' }] }),
  });
  expect([forged.status, await forged.text()]).toEqual([401, '']);
  await says('still here');
  await eventually(() => posted(id).includes('still here'), 'the words in the pane');
  const texts = teams.connector.texts().join('\n');
  expect([...texts.matchAll(/(first|second|third) answer/g)].map(([, name]) => name)).toEqual([
    'first',
    'second',
    'third',
  ]);
  expect(texts).not.toContain('forged words');
  expect(product.lines.some(({ event }) => event === 'callback_refused')).toBe(true);
}, 60_000);

test('an instance that takes the request and never calls back is noticed, and the employee is told', async () => {
  await product.kill();
  const options = JSON.stringify({ confirmMs: 300 });
  product = await startProduct(environment({ SERVICENOW_OPTIONS: options, SERVICENOW_RETRY_BUDGET_MS: '2000' }));
  serviceNow.configure({ callback: null });
  await says('/live_agent');
  await sees('I could not connect you to a live agent');
}, 60_000);

test('nobody is there: the employee hears it in the words of the instance, and no chat is left behind', async () => {
  serviceNow.configure({ noAgentsWording: 'Everybody is at lunch.' });
  for (const userName of ['beth.anglin', 'noor.haddad']) serviceNow.setAgent({ userName, available: false });
  await says('/live_agent');
  await sees('Everybody is at lunch');
}, 60_000);

test('each side sees that the other one types, and that nobody types any more', async () => {
  const id = await connected();
  const before = teams.connector.typing;
  serviceNow.configure({ agentTyping: 'on' });
  // Signs take no room from words: right after a burst of those there is none.
  await eventually(() => {
    for (const on of [false, true]) serviceNow.typing(id, on);
    return teams.connector.typing > before;
  }, 'a typing sign in Teams');
  await teams.sendTo(product.url, teams.activity({ type: 'typing', text: undefined }), null);
  await eventually(() => serviceNow.chats()[0]?.typing, 'a typing sign at the desk');
  await eventually(() => !serviceNow.chats()[0]?.typing, 'the end of it');
  expect(posted(id)).toEqual([]);
}, 60_000);
