import { calledBack, closeEverything, kinds } from './support';

afterEach(closeEverything);

const minute = 60_000;

test('a silent employee is reminded, and then the chat ends, whenever the job looks', async () => {
  const { sim, receiver, taken, withAgent } = await calledBack();
  const chat = await withAgent();
  sim.clock.advance(10 * minute + 1_000);
  expect(receiver.got).toEqual([]);
  sim.say(chat, { text: 'which client?' });
  await taken(1);
  // 09:10:01; the job runs at even minutes.
  sim.clock.advance(3 * minute);
  expect(receiver.got).toEqual([]);
  sim.clock.advance(minute);
  const [reminder] = await taken(1);
  expect(reminder.body).toMatchObject([
    { actionType: 'System', message: 'The conversation is timing out, are you still there?' },
  ]);
  // A second is missing when the job looks at 09:16.
  sim.clock.advance(3 * minute);
  expect(receiver.got).toEqual([]);
  sim.clock.advance(minute);
  const [end] = await taken(1);
  expect(kinds([end])).toEqual([['System', 'SwitchToVirtualAgent']]);
  expect(end).toMatchObject({ completed: true, body: [{ message: 'It seems you have left the conversation' }, {}] });
  expect(sim.chats()[0]?.state).toBe('closed_by_client');
});

test('words of the employee begin the silence again', async () => {
  const { sim, receiver, say, taken, withAgent } = await calledBack();
  const chat = await withAgent();
  sim.say(chat, { text: 'which client?' });
  await taken(1);
  sim.clock.advance(4 * minute);
  expect(kinds(await taken(1))).toEqual([['System']]);
  await say('wait');
  sim.clock.advance(2 * minute);
  expect(receiver.got).toEqual([]);
  sim.clock.advance(2 * minute);
  expect(kinds(await taken(1))).toEqual([['System']]);
});

test('silence has no consequences where that is switched off, and the desk can end a chat for it at once', async () => {
  const { sim, receiver, taken, withAgent } = await calledBack({
    config: { idleChatReminderMs: 0, idleChatCancelMs: 0 },
  });
  const chat = await withAgent();
  sim.say(chat, { text: 'hello' });
  await taken(1);
  sim.clock.advance(60 * minute);
  expect(receiver.got).toEqual([]);
  sim.idle(chat);
  expect((await taken(1))[0].body[0].message).toBe('It seems you have left the conversation');
});
