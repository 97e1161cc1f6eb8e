import { eventually } from '../support/product';
import { aWhile, type Stage, setStage } from './support/stage';

/** Everything is real here but Teams' cloud, ServiceNow and Rasa: the product is a process, and it dies by SIGKILL. */
let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
}, 30_000);

afterEach(() => stage.close(), 30_000);

const asked = () => stage.rasa.requests().filter(({ path }) => path.endsWith('webhook')).length;
const repeat = /may be a repeat/;

test('killed before a turn is kept: Teams gets no 200, and what it brings again is asked and answered once (row 1)', async () => {
  stage.dieAt('before 1');
  expect(await stage.say('my vpn drops', '1')).toBe('no answer');
  await stage.gone();
  await stage.rise();
  await aWhile(500);
  expect([asked(), stage.read()]).toEqual([0, []]);
  expect(await stage.say('my vpn drops', '1')).toBe(200);
  await stage.teams.connector.until(({ seen }) => seen.length === 1);
  await aWhile(500);
  expect([asked(), stage.read().length]).toEqual([1, 1]);
}, 30_000);

test('killed after a turn is kept and before its 200: it is answered without being brought again, and what Teams brings again changes nothing (row 2)', async () => {
  stage.dieAt('after 1');
  expect(await stage.say('my vpn drops', '1')).toBe('no answer');
  await stage.gone();
  await stage.rise();
  await stage.teams.connector.until(({ seen }) => seen.length === 1);
  expect(await stage.say('my vpn drops', '1')).toBe(200);
  await aWhile(500);
  expect([asked(), stage.read().length]).toEqual([1, 1]);
}, 30_000);

test.each([1, 3])(
  'killed before the call that creates the chat, at commit %i: one chat, and the employee reads once that she is being connected (row 3)',
  async (commit) => {
    stage.dieAt(`after ${commit}`);
    await stage.say('/live_agent', '1');
    await stage.gone();
    expect(stage.serviceNow.chats()).toEqual([]);
    await stage.rise();
    expect(await stage.say('/live_agent', '1')).toBe(200);
    await eventually(() => stage.read().find((text) => /in the queue/.test(text)), 'the queue notice');
    await aWhile(1_000);
    expect(stage.serviceNow.chats()).toHaveLength(1);
    const connecting = stage.read().filter((text) => /connecting you/.test(text));
    expect(connecting.filter((text) => !repeat.test(text)).length).toBeLessThanOrEqual(1);
    expect(connecting.length).toBe(1);
  },
  40_000,
);

test('killed after the chat was created and before its id is known: the chat is found again, and no second one waits for the agents (row 4)', async () => {
  stage.serviceNow.addFault({ match: { method: 'POST', path: 'sessions$' }, do: { hang: { effect: true } } });
  await stage.say('/live_agent');
  await eventually(() => stage.serviceNow.chats().length === 1, 'the chat');
  await stage.product.kill();
  stage.serviceNow.clearFaults();
  await stage.rise();
  await eventually(() => stage.read().find((text) => /in the queue/.test(text)), 'the queue notice');
  await stage.say('are you there?');
  await eventually(() => stage.posted().length > 0, 'the word in the chat');
  await aWhile(1_000);
  expect(stage.serviceNow.chats()).toHaveLength(1);
  expect(stage.posted()).toEqual(['are you there?']);
}, 40_000);

test('killed after a word was posted and before that is kept: it is found in the thread and not said again (row 5)', async () => {
  await stage.toAgent();
  await stage.say('yes');
  await eventually(() => stage.posted().length === 1, 'the first word');
  stage.serviceNow.addFault({ match: { method: 'POST', path: 'messages$' }, do: { hang: { effect: true } } });
  await stage.say('yes');
  await eventually(() => stage.posted().length === 2, 'the second word');
  await stage.product.kill();
  stage.serviceNow.clearFaults();
  await stage.rise();
  await stage.say('and no');
  await eventually(() => stage.posted().includes('and no'), 'the third word');
  expect(stage.posted()).toEqual(['yes', 'yes', 'and no']);
}, 40_000);

test('killed after a thread was read and before that is kept: its rows are read again and shown once (row 6)', async () => {
  const chat = await stage.toAgent();
  await aWhile(500);
  stage.dieAt('before 1');
  stage.serviceNow.say(chat, { agent: 'beth.anglin', text: 'have you tried to restart it' });
  await stage.gone();
  expect(stage.read().join()).not.toMatch(/restart/);
  await stage.rise();
  await eventually(() => stage.read().find((text) => /restart/.test(text)), 'the words');
  await aWhile(1_500);
  expect(stage.read().filter((text) => /restart/.test(text))).toEqual(['Beth Anglin\n\nhave you tried to restart it']);
}, 40_000);

test('killed after a message was shown and before that is kept: it is shown once more, and the employee reads that it may be a repeat (row 7)', async () => {
  const chat = await stage.toAgent();
  stage.teams.connector.next({ hang: true, shown: true });
  stage.serviceNow.say(chat, { agent: 'beth.anglin', text: 'hello there' });
  const hellos = () => stage.read().filter((text) => /hello there/.test(text));
  await stage.teams.connector.until(() => hellos().length === 1);
  await stage.product.kill();
  await stage.rise();
  await stage.teams.connector.until(() => hellos().length === 2);
  await aWhile(2_500);
  expect(hellos().map((text) => repeat.test(text))).toEqual([false, true]);
}, 40_000);

/** The end, however it came about: said once, the chat left, and the next turn for the assistant. */
async function endsOnce(): Promise<void> {
  await eventually(() => stage.serviceNow.chats()[0]?.state === 'closed_by_client', 'the chat to be left');
  await eventually(() => stage.read().find((text) => /You have left/.test(text)), 'the end notice');
  await stage.say('my vpn drops');
  await eventually(() => asked() > 0, 'the assistant');
  await aWhile(2_000);
  const ends = stage.read().filter((text) => /You have left/.test(text) && !repeat.test(text));
  expect(ends).toHaveLength(1);
  expect(stage.posted()).toEqual(['last words']);
}

test.each([true, false])(
  'killed while the chat is being left (leave took effect: %s): it is left, and the end is said once (row 8)',
  async (effect) => {
    await stage.toAgent();
    await stage.say('last words');
    stage.serviceNow.addFault({ match: { path: 'leave$' }, do: { hang: { effect } } });
    await stage.say('/end_chat');
    const leaves = () => stage.serviceNow.journal().filter(({ path }) => path.endsWith('/leave')).length;
    await eventually(() => leaves() === 1 || stage.serviceNow.chats()[0]?.state === 'closed_by_client', 'the leave');
    await stage.product.kill();
    stage.serviceNow.clearFaults();
    await stage.rise();
    await endsOnce();
  },
  40_000,
);

test.each([1, 3])(
  'killed at commit %i of the end: it is left, and the end is said once (row 8)',
  async (commit) => {
    await stage.toAgent();
    await stage.say('last words');
    await eventually(() => stage.posted().length === 1, 'the last words');
    await aWhile(500);
    stage.dieAt(`after ${commit}`);
    await stage.say('/end_chat', '9');
    await stage.gone();
    await stage.rise();
    await stage.say('/end_chat', '9');
    await endsOnce();
  },
  40_000,
);
