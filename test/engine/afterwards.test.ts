import type { Notice } from '../../src/conversation/content';
import type { FileTarget } from '../../src/conversation/file-target';
import { sender, World } from '../support/world/world';

/** A chat with Beth that she has closed after three minutes. */
async function afterChat(options?: ConstructorParameters<typeof World>[0]): Promise<World> {
  const world = new World(options);
  await world.says('talk to a live agent');
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hi, I am Beth');
  await world.tick(2);
  await world.says('my badge is broken');
  await world.passes(176_000);
  world.serviceNow.close('Beth');
  await world.tick(4);
  return world;
}

const chatOf = (world: World, index = 0) => world.serviceNow.chats[index]?.live.id as string;
const clicks = (world: World, command: string, chat = chatOf(world)) => world.says(command, { chat });

function ends(world: World): Notice[] {
  return world.teams.shown.flatMap(({ content }) =>
    content.kind === 'notice' && content.notice.key.startsWith('ended_') ? [content.notice] : [],
  );
}

test('the goodbye says how long the chat was, who helped and how to quote it', async () => {
  const world = await afterChat();
  const { number } = world.serviceNow.chats[0]?.live ?? {};
  const end = { chat: chatOf(world), number, agent: 'Beth', minutes: 3, rateable: true };
  expect(ends(world)).toEqual([{ key: 'ended_by_agent', end }]);
});

test('a chat that nobody has taken cannot be rated', async () => {
  const world = new World();
  await world.says('/live_agent');
  await world.says('/end_chat');
  expect(ends(world)).toMatchObject([{ key: 'ended_by_user', end: { rateable: false, minutes: 1 } }]);
});

test('one click tells ServiceNow how content the employee was, and a second one nothing', async () => {
  const world = await afterChat();
  await clicks(world, '/rate 4');
  await clicks(world, '/rate 4');
  expect(world.serviceNow.ratings).toEqual([[chatOf(world), 4]]);
  expect(world.teams.seenBy().slice(-2)).toEqual(['[ended_by_agent]', '[rating_taken]']);
});

test('the rating is kept with the chat for those who export it', async () => {
  const world = await afterChat();
  await clicks(world, '/rate 2');
  const lines = [];
  for await (const line of world.store.transcript(0 as never, (world.clock.now() + 1_000_000) as never))
    lines.push(line);
  expect(lines.at(-1)).toMatchObject({ who: 'system', text: 'rating 2', chat: chatOf(world) });
});

test('who changes her mind while ServiceNow is away is heard once, with her last word', async () => {
  const world = await afterChat();
  world.serviceNow.trouble = (call) => (call === 'rate' ? { how: 'lost_before' } : undefined);
  await clicks(world, '/rate 1');
  await clicks(world, '/rate 5');
  world.serviceNow.trouble = () => undefined;
  await world.passes(120_000);
  expect(new Set(world.serviceNow.ratings.map(([, rating]) => rating))).toEqual(new Set([5]));
});

test('a rating survives a crash', async () => {
  const world = await afterChat();
  world.serviceNow.trouble = (call) => (call === 'rate' ? { how: 'refused', kind: 'unreachable' } : undefined);
  await clicks(world, '/rate 3');
  await world.restart();
  world.serviceNow.trouble = () => undefined;
  await world.passes(120_000);
  expect(world.serviceNow.ratings).toEqual([[chatOf(world), 3]]);
});

test('nobody rates a chat that is not theirs', async () => {
  const world = await afterChat();
  await world.says('/rate 1', { user: 'eve', chat: chatOf(world) });
  await world.says('/rate 1', { user: 'eve' });
  expect([world.serviceNow.ratings, world.teams.seenBy('eve')]).toEqual([[], ['[old_button]', '[no_chat_known]']]);
});

describe('the transcript', () => {
  const target: FileTarget = { uploadUrl: 'https://contoso.example/up', contentUrl: 'https://contoso.example/file' };

  async function accepts(world: World): Promise<void> {
    const file = `transcript:${chatOf(world)}`;
    await world.happens({ type: 'file_accepted', file, target, from: sender(), at: world.clock.now() });
    await world.settle();
  }

  test('is a file that the employee accepts, with what both have said', async () => {
    const world = await afterChat();
    await world.says('what is for lunch?', { user: 'bob' });
    await clicks(world, '/transcript');
    await accepts(world);
    const { number } = world.serviceNow.chats[0]?.live ?? {};
    expect(world.teams.seenBy().slice(-2)).toEqual([
      `[offer chat-${number ?? chatOf(world)}.txt]`,
      `[file chat-${number ?? chatOf(world)}.txt]`,
    ]);
    const text = world.files.handed.get(target.uploadUrl) ?? '';
    expect(text).toMatch(/^Live chat \S+ \(times in UTC\)\n\n/);
    expect(text).toMatch(/ Beth: Hi, I am Beth\n.* ANA: my badge is broken\n/);
    expect(text).not.toContain('lunch');
  });

  test('is put there after a crash in the middle, too', async () => {
    const world = await afterChat();
    await clicks(world, '/transcript');
    world.files.trouble = (call) => (call === 'put' ? { how: 'lost_before' } : undefined);
    await accepts(world);
    await world.restart();
    world.files.trouble = () => undefined;
    await world.passes(60_000);
    expect(world.files.handed.get(target.uploadUrl)).toContain('my badge is broken');
  });

  test('that is declined is nobody’s business, and one that cannot be saved is told of', async () => {
    const world = await afterChat();
    await clicks(world, '/transcript');
    const file = `transcript:${chatOf(world)}`;
    await world.happens({ type: 'file_declined', file, from: sender(), at: world.clock.now() });
    await clicks(world, '/transcript');
    world.files.closed.add(target.uploadUrl);
    await accepts(world);
    const name = world.teams.seenBy().at(-2);
    expect(world.teams.seenBy().slice(-3)).toEqual([name, name, '[transcript_failed]']);
  });
});

describe('who still needs help', () => {
  test('gets a chat whose agent knows of the last one', async () => {
    const world = await afterChat();
    await world.passes(60_000);
    await clicks(world, '/still_need_help');
    const [first, second] = world.serviceNow.chats;
    expect(second?.request.handoff).toMatchObject({
      request: { reason: 'still_needs_help', summary: first?.live.summary },
      follows: { id: chatOf(world), agent: 'Beth' },
    });
    expect(world.teams.seenBy().slice(-2)).toEqual(['[connecting]', '[queued]']);
  });

  test('long after gets a chat like any other', async () => {
    const world = await afterChat({ rules: { reopenWithinMs: 60_000 } });
    await world.passes(120_000);
    await clicks(world, '/still_need_help');
    expect(world.serviceNow.chats[1]?.request.handoff.follows).toBeUndefined();
  });

  test('and says so twice gets one chat', async () => {
    const world = await afterChat();
    await clicks(world, '/still_need_help');
    await clicks(world, '/still_need_help');
    expect([world.serviceNow.chats.length, world.teams.seenBy().at(-1)]).toEqual([2, '[already_queued]']);
  });
});

describe('an assistant that has words for the end', () => {
  const greets = { rules: { assistantGreets: true } };

  async function withGreeting(): Promise<World> {
    const world = new World(greets);
    world.assistant.greeting = [{ text: 'Did Beth help?' }];
    await world.says('/live_agent');
    world.serviceNow.accept();
    await world.tick(2);
    return world;
  }

  test('says them after the goodbye, and knows them in the next chat', async () => {
    const world = await withGreeting();
    await world.says('/end_chat');
    expect(world.teams.seenBy().slice(-2)).toEqual(['[ended_by_user]', 'Did Beth help?']);
    expect(world.assistant.news.at(-1)?.news).toMatchObject({ event: 'goodbye_said', reason: 'user', answered: true });
    await world.says('/live_agent');
    expect(world.serviceNow.chats[1]?.request.handoff.transcript.map(({ text }) => text)).toEqual(['Did Beth help?']);
  });

  test('says nothing when the employee talks about something else already', async () => {
    const world = await withGreeting();
    let answer = () => {};
    world.assistant.thinking = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    world.serviceNow.trouble = (call) => (call === 'leave' ? { how: 'refused', kind: 'unreachable' } : undefined);
    await world.deliver('/end_chat');
    await world.settle();
    await world.says('something else');
    await world.passes(6_000);
    answer();
    await world.settle();
    expect(world.teams.seenBy().slice(-2)).toEqual(['[ended_by_user]', 'you said something else']);
  });
});
