import { ApiFailure } from '../../src/conversation/failures';
import { World } from '../support/world/world';

const day = 24 * 3_600_000;

async function closed(options?: ConstructorParameters<typeof World>[0]): Promise<World> {
  const world = new World(options);
  world.serviceNow.closed = { words: 'We are there from 8 to 17' };
  await world.says('/live_agent');
  return world;
}

const takesMessages = { rules: { takesMessages: true } };
const last = (world: World) => world.teams.shown.at(-1)?.content;

test('a closed queue is told of before a chat is opened', async () => {
  const world = await closed();
  expect(world.serviceNow.calls).toEqual([]);
  expect(last(world)).toEqual({
    kind: 'notice',
    notice: { key: 'no_agent_available', reason: 'We are there from 8 to 17' },
  });
  await world.says('hello');
  expect(world.teams.seenBy().at(-1)).toBe('you said hello');
});

test('where nobody can tell whether somebody is there the chat is opened', async () => {
  const world = new World();
  world.serviceNow.unavailable = async () => {
    throw new ApiFailure({ upstream: 'servicenow', kind: 'unreachable', certain: true, message: 'fake' });
  };
  await world.says('/live_agent');
  expect(world.serviceNow.chats).toHaveLength(1);
});

describe('where messages can be left', () => {
  async function left(): Promise<World> {
    const world = await closed(takesMessages);
    await world.says('/leave_message');
    await world.says('my badge is broken', { turn: 'm1' });
    return world;
  }

  test('the employee is asked, the message is kept, and the assistant has the floor again', async () => {
    const world = await left();
    await world.says('hello');
    expect(world.teams.seenBy()).toEqual([
      '[connecting]',
      '[no_agent_available]',
      '[message_wanted]',
      '[message_kept]',
      'you said hello',
    ]);
    expect(world.assistant.asked).toEqual(['hello']);
  });

  test('it is brought, once, as soon as somebody is there, also after a restart', async () => {
    const world = await left();
    await world.passes(3_600_000);
    expect(world.serviceNow.chats).toEqual([]);
    await world.restart();
    world.serviceNow.closed = undefined;
    await world.passes(3_600_000);
    expect(world.serviceNow.chats).toHaveLength(1);
    expect(world.serviceNow.posted()).toEqual(['my badge is broken']);
    expect(
      world.teams
        .seenBy()
        .filter((text) => text !== '[ended_nobody_came]')
        .slice(-2),
    ).toEqual(['[message_passed_on]', '[queued]']);
  });

  test('it waits until the help desk opens, when that is known', async () => {
    const world = new World(takesMessages);
    const at = world.clock.now() + day / 2;
    world.serviceNow.closed = { opens: { at, zone: 'Europe/Berlin' } };
    await world.says('/live_agent');
    await world.says('/leave_message');
    await world.says('my badge is broken');
    world.serviceNow.closed = undefined;
    await world.passes(day / 2 - 60_000);
    expect(world.serviceNow.chats).toEqual([]);
    await world.passes(120_000);
    expect(world.serviceNow.posted()).toEqual(['my badge is broken']);
  });

  test('it goes with the chat that she asks for herself', async () => {
    const world = await left();
    world.serviceNow.closed = undefined;
    await world.says('/live_agent');
    await world.passes(3_600_000);
    expect([world.serviceNow.chats.length, world.serviceNow.posted()]).toEqual([1, ['my badge is broken']]);
  });

  test('she can drop it', async () => {
    const world = await left();
    await world.says('/end_chat');
    world.serviceNow.closed = undefined;
    await world.passes(3_600_000);
    expect([world.serviceNow.chats, world.teams.seenBy().at(-1)]).toEqual([[], '[message_dropped]']);
  });

  test('when nobody comes for days, most of which the connector was down, she is told that it did not arrive', async () => {
    const world = await left();
    await world.passes(6 * 3_600_000);
    world.clock.clear();
    world.clock.step(world.clock.now() + 4 * day);
    await world.restart();
    await world.passes(6 * 3_600_000);
    expect(world.teams.seenBy().slice(-2)).toEqual(['[no_agent_available]', '[not_delivered]']);
    expect(last(world)).toMatchObject({ notice: { texts: ['my badge is broken'] }, replyTo: 'm1' });
  });

  test('what is said long after the question is for the assistant', async () => {
    const world = await closed(takesMessages);
    await world.says('/leave_message');
    await world.passes(3_600_000);
    await world.says('hello');
    expect(world.teams.seenBy().at(-1)).toBe('you said hello');
  });

  test('a button of a message that is left already changes nothing', async () => {
    const world = await left();
    await world.says('/leave_message');
    expect(world.teams.seenBy().at(-1)).toBe('[old_button]');
  });

  describe('with a file', () => {
    async function leftWithFile(): Promise<World> {
      const world = await closed(takesMessages);
      await world.says('/leave_message');
      await world.says('it looks like this', { files: [world.files.has('badge.png', 'pixels')] });
      return world;
    }

    test('the file is fetched at once, and brought with the words, also when its address is dead by then', async () => {
      const world = await leftWithFile();
      expect(world.files.calls).toEqual(['fetch']);
      world.files.expire();
      await world.passes(3_600_000);
      await world.restart();
      world.serviceNow.closed = undefined;
      await world.passes(3_600_000);
      expect(world.serviceNow.posted()).toEqual(['it looks like this', 'File: badge.png']);
      expect(world.files.attached.map(({ bytes }) => bytes)).toEqual(['pixels']);
      expect(await world.blobs.size()).toEqual({ count: 0, bytes: 0 });
    });

    test('the file that is still on its way goes with the chat that she asks for herself, once', async () => {
      const world = await closed(takesMessages);
      let arrive = () => {};
      world.files.sending = () => new Promise((resolve) => (arrive = resolve));
      await world.says('/leave_message');
      await world.says('it looks like this', { files: [world.files.has('badge.png', 'pixels')] });
      world.serviceNow.closed = undefined;
      await world.says('/live_agent');
      await world.passes(1_000);
      world.files.sending = async () => {};
      arrive();
      await world.passes(60_000);
      expect(world.serviceNow.posted()).toEqual(['it looks like this', 'File: badge.png']);
      expect(world.files.attached.map(({ bytes }) => bytes)).toEqual(['pixels']);
      expect(await world.blobs.size()).toEqual({ count: 0, bytes: 0 });
    });

    test('nothing of it is kept when she drops the message', async () => {
      const world = await leftWithFile();
      await world.says('/end_chat');
      await world.passes(1_000);
      expect(await world.blobs.size()).toEqual({ count: 0, bytes: 0 });
    });

    test('a file that is not taken is told of at once, and the words wait on', async () => {
      const world = await closed(takesMessages);
      await world.says('/leave_message');
      await world.says('see', { files: [world.files.has('setup.exe', { refused: 'dangerous' })] });
      expect(world.teams.seenBy().slice(-2).sort()).toEqual(['[file_refused]', '[message_kept]']);
      world.serviceNow.closed = undefined;
      await world.passes(3_600_000);
      expect(world.serviceNow.posted()).toEqual(['see']);
    });
  });
});
