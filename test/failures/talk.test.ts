import fc from 'fast-check';
import { namedIn } from '../support/world/fake-teams';
import { World } from '../support/world/world';
import { aMoment, gate, inChat, passesWhileHanging } from './support/live';

test('what is typed while the chat is being created is promised to be passed on, and follows the transcript in order (row 49)', async () => {
  const world = new World();
  const opening = gate();
  const open = world.serviceNow.open.bind(world.serviceNow);
  world.serviceNow.open = (request) => opening.wait().then(() => open(request));
  await world.says('my vpn drops');
  await world.deliver('/live_agent');
  await aMoment();
  for (const text of ['it is urgent', 'please hurry', 'hello?']) await world.deliver(text);
  await aMoment();
  expect(world.teams.seenBy()).toEqual(['you said my vpn drops', '[connecting]', '[held_for_agent]']);
  opening.open();
  await world.settle();
  const { transcript } = world.serviceNow.chat.request.handoff;
  expect(transcript.map(({ text }) => text)).toEqual(['my vpn drops', 'you said my vpn drops']);
  expect(world.serviceNow.posted()).toEqual(['it is urgent', 'please hurry', 'hello?']);
  expect(world.assistant.asked).toEqual(['my vpn drops']);
});

/** What ServiceNow was asked to do, in the order in which it was done. */
function deeds(world: World): string[] {
  const done: string[] = [];
  const { post, leave } = world.serviceNow;
  world.serviceNow.post = async (request) => {
    const row = await post.call(world.serviceNow, request);
    done.push(request.words.from === 'employee' ? request.words.part : 'notice');
    return row;
  };
  world.serviceNow.leave = async (chat) => {
    done.push('leave');
    return leave.call(world.serviceNow, chat);
  };
  return done;
}

test('/end_chat at any moment of a post that is under way: the post settles, then the chat is left, then the end is said, last (row 50)', async () => {
  const times = fc.record({
    postMs: fc.integer({ min: 1, max: 4_000 }),
    endAfterMs: fc.nat(4_500),
    isLost: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(times, async ({ postMs, endAfterMs, isLost }) => {
      const world = await inChat();
      const done = deeds(world);
      const post = world.serviceNow.post.bind(world.serviceNow);
      let first = true;
      world.serviceNow.post = async (request) => {
        const isFirst = first;
        first = false;
        if (isFirst) await new Promise<void>((resolve) => world.clock.after(postMs, resolve));
        world.serviceNow.trouble = (call) => (call === 'post' && isFirst && isLost ? { how: 'lost_after' } : undefined);
        return post(request);
      };
      await world.deliver('one');
      await world.deliver('two');
      await passesWhileHanging(world, endAfterMs);
      await world.deliver('/end_chat');
      await world.deliver('for the assistant');
      await passesWhileHanging(world, 30_000);
      await world.passes(60_000);
      expect(world.serviceNow.posted()).toEqual(['one', 'two']);
      expect(done.at(-1)).toBe('leave');
      expect(done.filter((deed) => deed === 'leave')).toHaveLength(1);
      expect(world.assistant.asked.at(-1)).toBe('for the assistant');
      const notices = world.teams.seenBy().filter((text) => text.startsWith('['));
      expect(notices.filter((text) => text === '[ended_by_user]')).toHaveLength(1);
      expect(notices.at(-1)).toBe('[ended_by_user]');
    }),
    { numRuns: 20, seed: 50 },
  );
});

test('/end_chat at any moment of a chat that is being created: nothing stays in the queue, and the end is said once (row 51)', async () => {
  const times = fc.record({
    openMs: fc.integer({ min: 1, max: 6_000 }),
    endAfterMs: fc.nat(7_000),
    isLost: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(times, async ({ openMs, endAfterMs, isLost }) => {
      const world = new World();
      const open = world.serviceNow.open.bind(world.serviceNow);
      let calls = 0;
      world.serviceNow.trouble = (call) =>
        call === 'open' && calls === 1 && isLost ? { how: 'lost_after' } : undefined;
      world.serviceNow.open = async (request) => {
        calls += 1;
        await new Promise<void>((resolve) => world.clock.after(openMs, resolve));
        return open(request);
      };
      await world.deliver('/live_agent');
      await passesWhileHanging(world, endAfterMs);
      await world.deliver('/end_chat');
      await world.deliver('hello');
      await passesWhileHanging(world, 20_000);
      await world.passes(3_600_000);
      expect(world.serviceNow.chats.map((chat) => chat.state)).toEqual(world.serviceNow.chats.map(() => 'ended'));
      expect(world.serviceNow.chats.length).toBeLessThanOrEqual(1);
      expect(world.teams.seenBy().filter((text) => text === '[ended_by_user]')).toHaveLength(1);
      expect(world.assistant.asked).toEqual(['hello']);
    }),
    { numRuns: 20, seed: 51 },
  );
});

test('a message that is on its way when the agent closes is named as not delivered, or it is in the thread: never neither, never both (row 52)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5_000 }), fc.nat(6_000), async (postMs, closeAfterMs) => {
      const world = await inChat();
      const post = world.serviceNow.post.bind(world.serviceNow);
      world.serviceNow.post = async (request) => {
        await new Promise<void>((resolve) => world.clock.after(postMs, resolve));
        return post(request);
      };
      await world.deliver('wait, one more thing');
      await passesWhileHanging(world, closeAfterMs);
      world.serviceNow.close('Beth');
      await passesWhileHanging(world, 30_000);
      await world.passes(60_000);
      const named = world.teams.shown.flatMap(({ content }) =>
        content.kind === 'notice' && content.notice.key === 'not_delivered' ? namedIn(content.notice) : [],
      );
      expect([...world.serviceNow.posted(), ...named]).toEqual(['wait, one more thing']);
      expect(world.teams.seenBy().filter((text) => text === '[ended_by_agent]')).toHaveLength(1);
    }),
    { numRuns: 20, seed: 52 },
  );
});

test('a second wish for an agent changes nothing: one chat, and the employee is told where she stands (row 57)', async () => {
  const world = new World();
  await world.says('/live_agent');
  await world.says('/live_agent');
  world.serviceNow.accept();
  await world.tick(3);
  await world.says('/live_agent');
  await world.says('talk to a live agent');
  expect(world.serviceNow.chats).toHaveLength(1);
  expect(world.teams.seenBy()).toEqual([
    '[connecting]',
    '[queued]',
    '[already_queued]',
    '[agent_joined]',
    '[already_connected]',
  ]);
  expect(world.serviceNow.posted()).toEqual(['talk to a live agent']);
  expect(world.assistant.asked).toEqual([]);
});

test('who waits in the queue sees after half a minute, and then every two minutes, that the wait goes on (row 54)', async () => {
  const world = new World();
  await world.says('/live_agent');
  await world.passes(35_000);
  const first = world.teams.updates.length;
  await world.passes(4 * 60_000);
  expect([first, world.teams.updates.map(({ status }) => status.waitedMinutes)]).toEqual([1, [1, 3, 5]]);
});

test('an employee is warned before a chat is closed in which nobody writes (row 55)', async () => {
  const world = await inChat();
  await world.passes(1_790_000);
  expect(world.teams.shown.length).toBe(1);
  expect(await world.phase()).toBe('connected');
});
