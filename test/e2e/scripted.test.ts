import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import type { ServiceNowSimulator } from '../../src/simulator/servicenow/simulator';
import { closeFarSides, startFarSides } from '../support/far-sides';
import { environmentOf, eventually, type makeFolder, type Product, startProduct } from '../support/product';
import type { TeamsChannel } from '../support/teams-channel';

/** The started product on the profile `scripted`: the application of `servicenow-app` runs in the simulated instance. */
let rasa: RasaSimulator;
let serviceNow: ServiceNowSimulator;
let teams: TeamsChannel;
let product: Product;
let folder: ReturnType<typeof makeFolder>;
const users = ['ana', 'ben', 'cleo'];

beforeEach(async () => {
  ({ rasa, serviceNow, teams, folder } = await startFarSides({ enforceRates: false }));
  for (const name of users) teams.connector.members.set(`29:${name}`, { id: `29:${name}`, name });
  product = await startProduct(environment());
}, 40_000);

afterEach(async () => {
  await product.kill();
  await closeFarSides({ rasa, serviceNow, teams, folder });
}, 30_000);

function environment() {
  const base = environmentOf(rasa, serviceNow, folder.path);
  return { ...base, ...teams.environment, SERVICENOW_PROFILE: 'scripted' };
}

/** Teams delivers again what was not acknowledged. */
async function say(user: string, text: string): Promise<void> {
  const conversation = { id: `a:${user}`, conversationType: 'personal', tenantId: teams.tenantId };
  const activity = teams.activity({ text, conversation, from: { id: `29:${user}`, name: user } });
  const send = () =>
    teams.sendTo(product.url, activity).then(
      (answer) => answer.status === 200,
      () => false,
    );
  await eventually(send, `a 200 for ${text}`);
}

/** What the employee was shown, in order. */
function shown(user: string): string[] {
  return teams.connector.texts(`a:${user}`);
}

/** The employee's rows in the thread of a chat, the first message aside. */
function posted(chat: string): string[] {
  const rows = serviceNow.pane(chat).filter((row) => row.author === 'requester');
  return rows.slice(1).map((row) => row.text);
}

/** Agents' words that were shown more than once without the mark of a possible repeat. */
function twice(user: string): string[] {
  const certain = shown(user).filter((text) => !text.includes('may be a repeat'));
  const words = certain.flatMap((text) => text.match(/agent to \w+ \d/g) ?? []);
  return words.filter((each, index) => words.indexOf(each) !== index);
}

const chatOf = (user: string) => {
  const found = serviceNow.chats().find((chat) => serviceNow.pane(chat.id)[0]?.text.includes(`] ${user}`));
  return found?.id;
};

test('queue, agent, both directions, the agent closes, the assistant answers again', async () => {
  await say('ana', '/live_agent');
  const chat = await eventually(() => chatOf('ana'), 'a chat in the queue');
  await say('ana', 'my vpn drops');
  await eventually(() => posted(chat).includes('my vpn drops'), 'her words in the thread');
  serviceNow.accept(chat, 'beth.anglin');
  serviceNow.say(chat, { text: 'Which network?' });
  await eventually(() => shown('ana').some((text) => text.includes('Which network?')), 'the agent in Teams');
  serviceNow.closeChat(chat);
  await eventually(() => shown('ana').some((text) => /ended|over|closed/i.test(text)), 'the end in Teams');
  await say('ana', 'my vpn drops');
  await eventually(() => shown('ana').some((text) => /vpn/i.test(text)), 'the assistant');
  expect(serviceNow.chats()).toHaveLength(1);
});

test('the employee leaves: the desk has the chat no longer', async () => {
  await say('ana', '/live_agent');
  const chat = await eventually(() => chatOf('ana'), 'a chat in the queue');
  serviceNow.accept(chat);
  await say('ana', '/end_chat');
  await eventually(() => serviceNow.chats()[0]?.state === 'closed_by_client', 'the chat to be left');
});

test('with answers lost and the connector killed again and again, nothing is lost and nothing comes twice', async () => {
  serviceNow.addFault({ match: { method: 'POST' }, when: { every: 4 }, do: { resetAfter: true } });
  serviceNow.addFault({ match: { method: 'POST' }, when: { every: 7 }, do: { commitThen: { code: 500 } } });
  serviceNow.addFault({ match: { method: 'GET' }, when: { every: 9 }, do: { truncated: { bytes: 20 } } });
  for (const user of users) await say(user, '/live_agent');
  const chats = await eventually(() => {
    const found = users.map(chatOf);
    return found.every((chat) => chat !== undefined) && (found as string[]);
  }, 'a chat for each');
  for (let round = 0; round < 3; round += 1) {
    for (const [index, user] of users.entries()) {
      await say(user, `${user} ${round}`);
      serviceNow.say(chats[index] ?? '', { text: `agent to ${user} ${round}` });
    }
    await product.kill();
    product = await startProduct(environment());
  }
  const expected = (name: (round: number) => string) => [0, 1, 2].map(name);
  const agentsWords = (user: string) => shown(user).flatMap((text) => text.match(/agent to \w+ \d/g) ?? []);
  await eventually(
    () => users.every((user, index) => posted(chats[index] ?? '').length >= 3 && new Set(agentsWords(user)).size >= 3),
    'all words on both sides',
  );
  for (const [index, user] of users.entries()) {
    expect(posted(chats[index] ?? '')).toEqual(expected((round) => `${user} ${round}`));
    expect([...new Set(agentsWords(user))]).toEqual(expected((round) => `agent to ${user} ${round}`));
    expect(twice(user)).toEqual([]);
  }
  expect(serviceNow.chats()).toHaveLength(users.length);
}, 90_000);

test('no live chat, no call', async () => {
  const calls = () => serviceNow.journal().filter((entry) => entry.path.startsWith('/api/')).length;
  await say('ana', 'hello');
  await eventually(() => shown('ana').length > 0, 'the assistant');
  expect(calls()).toBe(0);
});
