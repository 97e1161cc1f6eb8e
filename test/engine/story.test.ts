import type { Instant } from '../../src/conversation/types';
import { sender, World } from '../support/world/world';

async function inChat(options?: ConstructorParameters<typeof World>[0]): Promise<World> {
  const world = new World(options);
  await world.says('talk to a live agent');
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hi, I am Beth');
  await world.tick(4);
  world.teams.shown.length = 0;
  return world;
}

test('the whole story: assistant, hand-off, queue, agent, end, assistant again', async () => {
  const world = new World();
  await world.says('my vpn drops');
  await world.says('talk to a live agent');
  await world.says('it is urgent');
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hello Ana');
  await world.tick();
  await world.says('thank you');
  world.serviceNow.close('Beth');
  await world.tick(3);
  await world.says('hello again');
  expect(world.teams.seenBy()).toEqual([
    'you said my vpn drops',
    'I am connecting you.',
    '[queued]',
    '[agent_joined]',
    'Hello Ana',
    '[ended_by_agent]',
    'you said hello again',
  ]);
  expect(world.serviceNow.posted()).toEqual(['it is urgent', 'thank you']);
  expect(world.serviceNow.chat.leaves).toBe(1);
  expect(world.assistant.asked).toEqual(['my vpn drops', 'talk to a live agent', 'hello again']);
});

test('a redelivered turn is relayed once, also when both deliveries come at the same moment (row 10)', async () => {
  const world = await inChat();
  const outcomes = await Promise.all([world.deliver('one', { turn: 'x' }), world.deliver('one', { turn: 'x' })]);
  await world.settle();
  await world.says('one', { turn: 'x' });
  expect(outcomes.sort()).toEqual(['saved', 'seen']);
  expect(world.serviceNow.posted()).toEqual(['one']);
});

test('what the agent writes twice in one second is shown twice (row 13)', async () => {
  const world = await inChat();
  const at = world.serviceNow.now();
  world.serviceNow.say('Beth', 'one', { at });
  await world.tick();
  world.serviceNow.say('Beth', 'two', { at });
  await world.tick();
  expect(world.teams.seenBy()).toEqual(['one', 'two']);
});

test('a row that appears late with an older time is shown, once, although the list shows no change (row 14)', async () => {
  const world = await inChat();
  world.serviceNow.say('Beth', 'second');
  await world.tick();
  const { rows } = world.serviceNow.chat;
  const newest = rows.at(-1);
  const late = world.serviceNow.say('Beth', 'first', { at: (world.serviceNow.now() - 4_000) as never });
  rows.splice(rows.indexOf(late), 1);
  rows.splice(rows.indexOf(newest as never), 0, late);
  await world.passes(8_000);
  await world.passes(30_000);
  expect(world.teams.seenBy()).toEqual(['second', 'first']);
});

test('work notes and system noise never reach the employee (row 32)', async () => {
  const world = await inChat();
  world.serviceNow.say('Beth', 'she is a vip', { workNote: true });
  world.serviceNow.system('Beth has been assigned');
  world.serviceNow.say('Beth', 'hello');
  await world.tick();
  expect(world.teams.seenBy()).toEqual(['hello']);
});

test('words written while the assistant still answers the turn that hands off go to the agent, in order (row 49)', async () => {
  const world = new World();
  let answer = () => {};
  world.assistant.thinking = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  await world.deliver('talk to a live agent');
  await world.deliver('second');
  await world.deliver('third');
  await new Promise((resolve) => setImmediate(resolve));
  answer();
  await world.settle();
  expect(world.serviceNow.posted()).toEqual(['second', 'third']);
  expect(world.assistant.asked).toEqual(['talk to a live agent']);
  const { transcript } = world.serviceNow.chat.request.handoff;
  expect(transcript.map((line) => line.text)).toEqual(['talk to a live agent', 'I am connecting you.']);
});

test('the assistant is asked one turn at a time, in the order of arrival', async () => {
  const world = new World();
  await Promise.all(['one', 'two', 'three'].map((text) => world.deliver(text)));
  await world.settle();
  expect(world.assistant.asked).toEqual(['one', 'two', 'three']);
  expect(world.assistant.mostAtOnce).toBe(1);
});

test.each(['/end_chat', ' /END_CHAT ', '/Restart'])(
  '%s ends the chat: leave is called, the command is not posted',
  async (command) => {
    const world = await inChat();
    await world.says('last words');
    await world.says(command);
    await world.says('hello');
    expect(world.serviceNow.posted()).toEqual(['last words']);
    expect(world.serviceNow.chat.leaves).toBe(1);
    expect(world.teams.seenBy()).toEqual(['[ended_by_user]', 'you said hello']);
  },
);

test('what the agent wrote just before the employee left is shown before the goodbye', async () => {
  const world = await inChat();
  world.serviceNow.say('Beth', 'one more thing');
  await world.says('/end_chat');
  expect(world.teams.seenBy()).toEqual(['one more thing', '[ended_by_user]']);
});

test('the goodbye does not wait longer than five seconds for a leave that hangs, and is said once (rows 50, 58)', async () => {
  const world = await inChat();
  world.serviceNow.trouble = (call) => (call === 'leave' ? { how: 'lost_before' } : undefined);
  await world.says('/end_chat');
  await world.passes(5_000);
  expect(world.teams.seenBy()).toEqual(['[ended_by_user]']);
  world.serviceNow.trouble = () => undefined;
  await world.passes(3_600_000);
  expect(world.teams.seenBy()).toEqual(['[ended_by_user]']);
  expect(world.serviceNow.chat.leaves).toBe(1);
});

test('an employee who types the closing phrase does not end the chat (row 53)', async () => {
  const world = await inChat();
  await world.says('he has closed the support session');
  await world.tick(3);
  expect(await world.phase()).toBe('connected');
});

test('an employee who types the closing phrase does not end the chat where the queue cannot be asked either', async () => {
  const world = await inChat();
  world.serviceNow.knowsState = false;
  world.serviceNow.canList = false;
  await world.says('he has closed the support session');
  await world.tick(10);
  expect(await world.phase()).toBe('connected');
});

test('an agent who quotes the closing phrase does not end the chat while the queue says that it lives (row 53)', async () => {
  const world = await inChat();
  world.serviceNow.say('Beth', 'you will read: Beth has closed the support session');
  await world.tick();
  expect(await world.phase()).toBe('connected');
});

test("where the queue cannot be asked, the phrase in a person's row ends the chat, as the forum has it", async () => {
  const world = await inChat();
  world.serviceNow.knowsState = false;
  world.serviceNow.canList = false;
  world.serviceNow.say('Beth', 'Beth has closed the support session');
  await world.tick(2);
  expect(world.teams.seenBy()).toEqual(['Beth has closed the support session', '[ended_by_agent]']);
});

test('an agent who quotes the closing phrase while the queue does not answer does not end the chat', async () => {
  const world = await inChat();
  const read = world.serviceNow.read.bind(world.serviceNow);
  world.serviceNow.canList = false;
  world.serviceNow.read = async (chat, cursor) => ({ ...(await read(chat, cursor)), state: { state: 'unanswered' } });
  world.serviceNow.say('Beth', 'you will read: Beth has closed the support session');
  await world.tick(2);
  expect(await world.phase()).toBe('connected');
});

test('a chat that the queue calls ended is over although no closing line appears', async () => {
  const world = await inChat();
  world.serviceNow.chat.state = 'ended';
  await world.tick(2);
  expect(world.teams.seenBy()).toEqual(['[ended_by_agent]']);
});

test('an API error that lasts ends the chat: leave, the particulars, and the words that did not arrive (row 23)', async () => {
  const world = await inChat();
  world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'refused', kind: 'unreachable' } : undefined);
  await world.says('one');
  await world.says('two');
  await world.passes(61_000);
  expect(world.teams.seenBy()).toEqual(['[support_interrupted]', '[ended_by_error]', '[not_delivered]']);
  expect(world.teams.shown.at(-1)?.content).toEqual({
    kind: 'notice',
    notice: { key: 'not_delivered', texts: ['one', 'two'] },
  });
  expect(world.serviceNow.chat.leaves).toBe(1);
  expect(await world.phase()).toBe('assisted');
});

test('when leave fails too, the employee reads just the generic sentence, and the leave is repeated later (row 58)', async () => {
  const world = await inChat();
  world.serviceNow.trouble = (call) =>
    call === 'glance' || call === 'read' ? undefined : { how: 'refused', kind: 'unreachable' };
  await world.says('one');
  await world.passes(90_000);
  expect(world.teams.seenBy()).toEqual(['[support_interrupted]', '[ended_not_located]', '[not_delivered]']);
  world.serviceNow.trouble = () => undefined;
  await world.passes(3_600_000);
  expect(world.serviceNow.chat.leaves).toBe(1);
});

test('with no budget the first error ends the chat', async () => {
  const world = await inChat({ rules: { retryBudgetMs: 0 } });
  world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'refused', kind: 'unreachable' } : undefined);
  await world.says('one');
  expect(world.teams.seenBy()).toEqual(['[ended_by_error]', '[not_delivered]']);
});

test('a post whose answer was lost is looked up, not repeated, also when the same word was said before (row 25)', async () => {
  const world = await inChat();
  await world.says('yes');
  let lost = true;
  world.serviceNow.trouble = (call) => {
    if (call !== 'post' || !lost) return undefined;
    lost = false;
    return { how: 'lost_after' };
  };
  await world.says('yes');
  await world.passes(20_000);
  expect(world.serviceNow.posted()).toEqual(['yes', 'yes']);
});

test('an outage of reads does not end a chat (row 23)', async () => {
  const world = await inChat();
  world.serviceNow.trouble = (call) => (call === 'glance' || call === 'read' ? { how: 'lost_before' } : undefined);
  await world.passes(900_000);
  world.serviceNow.trouble = () => undefined;
  world.serviceNow.say('Beth', 'still there?');
  await world.passes(30_000);
  expect(world.teams.seenBy()).toEqual(['[support_interrupted]', '[support_goes_on]', 'still there?']);
});

test("a message to a chat that the agent has just closed is named as not delivered, and the agent's last words are shown (row 52)", async () => {
  const world = await inChat();
  world.serviceNow.say('Beth', 'bye');
  world.serviceNow.close('Beth');
  await world.says('wait');
  await world.tick(2);
  expect(world.teams.seenBy()).toEqual(['bye', '[ended_by_agent]', '[not_delivered]']);
});

test('a chat that was opened after the employee had left is left again (row 51)', async () => {
  const world = new World();
  let opened = 0;
  world.serviceNow.trouble = (call) => {
    opened += call === 'open' ? 1 : 0;
    return call === 'open' && opened === 1 ? { how: 'lost_after' } : undefined;
  };
  await world.says('/live_agent');
  await world.says('/end_chat');
  await world.says('hello');
  await world.passes(60_000);
  expect(world.serviceNow.chats.map((chat) => [chat.state, chat.leaves])).toEqual([['ended', 1]]);
  expect(world.teams.seenBy()).toEqual(['[connecting]', '[ended_by_user]', 'you said hello']);
});

test('nobody picks up: the employee is told, the queue is left, the assistant answers (row 54)', async () => {
  const world = new World();
  await world.says('/live_agent');
  await world.passes(901_000);
  await world.says('hello');
  expect(world.teams.seenBy()).toEqual(['[connecting]', '[queued]', '[ended_nobody_came]', 'you said hello']);
  expect(world.serviceNow.chat.leaves).toBe(1);
});

test('nobody writes: the chat ends after the idle time, and not before (row 55)', async () => {
  const world = await inChat();
  await world.passes(1_700_000);
  await world.says('still here');
  await world.passes(1_700_000);
  expect(await world.phase()).toBe('connected');
  await world.passes(120_000);
  expect(world.teams.seenBy()).toEqual(['[idle_warning]', '[idle_warning]', '[ended_nobody_wrote]']);
});

test('uninstalling the bot leaves the chat and sends nothing (row 42)', async () => {
  const world = await inChat();
  await world.happens({ type: 'app_uninstalled', from: sender(), at: world.clock.now() as Instant });
  await world.passes(10_000);
  expect(world.teams.seenBy()).toEqual([]);
  expect(world.serviceNow.chat.leaves).toBe(1);
});

test('an employee whom Teams cannot reach: the agent is told in the thread, then the chat is left (row 36)', async () => {
  const world = await inChat();
  world.teams.trouble = () => ({ how: 'refused', kind: 'refused' });
  world.serviceNow.say('Beth', 'are you there?');
  await world.tick(3);
  expect(world.serviceNow.posted()).toEqual(['<employee_unreachable>']);
  expect(world.serviceNow.chat.leaves).toBe(1);
});

test('a send to Teams whose answer was lost is repeated once, marked, and never a third time (row 41)', async () => {
  const world = await inChat();
  world.teams.trouble = () => ({ how: 'lost_after' });
  world.serviceNow.say('Beth', 'hello');
  await world.passes(120_000);
  expect(world.teams.seenBy()).toEqual(['hello', '(again) hello']);
});

test('the assistant is down: the employee is told, and offered an agent (row 34)', async () => {
  const world = new World();
  world.assistant.trouble = () => ({ how: 'refused', kind: 'unreachable' });
  await world.says('hello');
  await world.passes(10_000);
  expect(world.teams.seenBy()).toEqual(['[assistant_unavailable]']);
});

test('a turn whose outcome nobody knows is not asked again: the employee is asked to send it again', async () => {
  const world = new World();
  world.assistant.trouble = () => ({ how: 'lost_after' });
  await world.says('order a laptop');
  await world.passes(10_000);
  expect(world.assistant.asked).toEqual(['order a laptop']);
  expect(world.teams.seenBy()).toEqual(['[please_send_again]']);
});

test('with records to ask, an answer that was lost is shown all the same', async () => {
  const world = new World();
  world.assistant.hasRecords = true;
  let lost = true;
  world.assistant.trouble = () => {
    const trouble = lost ? ({ how: 'lost_after' } as const) : undefined;
    lost = false;
    return trouble;
  };
  await world.says('hello');
  await world.passes(10_000);
  expect(world.teams.seenBy()).toEqual(['you said hello']);
  expect(world.assistant.asked).toEqual(['hello']);
});

test('repeated silence of the assistant leads to the offer of an agent', async () => {
  const world = new World();
  await world.says('quiet');
  await world.says('quiet');
  expect(world.teams.seenBy()).toEqual(['[assistant_offer_agent]']);
});

test('a closed queue is said in its own words, and the assistant answers again', async () => {
  const world = new World();
  world.serviceNow.trouble = (call) =>
    call === 'open' ? { how: 'refused', kind: 'refused', words: 'We open at 8.' } : undefined;
  await world.says('/live_agent');
  await world.says('hello');
  expect(world.teams.seenBy()).toEqual(['[connecting]', '[no_agent_available]', 'you said hello']);
});

test("a long agent burst keeps Teams' limits and its order (row 39)", async () => {
  const world = await inChat();
  world.teams.messages = 0;
  for (let n = 0; n < 40; n += 1) world.serviceNow.say('Beth', `line ${n}`);
  await world.passes(1_000);
  expect(world.teams.messages).toBeLessThanOrEqual(8);
  await world.passes(30_000);
  expect(world.teams.seenBy()).toEqual(Array.from({ length: 40 }, (_, n) => `line ${n}`));
});

test('no call goes to ServiceNow while no chat lives', async () => {
  const world = await inChat();
  await world.says('/end_chat');
  await world.passes(10_000);
  world.serviceNow.calls.length = 0;
  await world.says('hello');
  await world.passes(3_600_000);
  expect(world.serviceNow.calls).toEqual([]);
});
