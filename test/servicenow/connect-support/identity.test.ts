import type { LiveChat } from '../../../src/conversation/types';
import {
  closeAll,
  context,
  deskAt,
  failureOf,
  fromStart,
  heard,
  liveChat,
  oauth,
  opened,
  requests,
  started,
  startInstance,
  words,
} from '../servicenow-side';

afterEach(closeAll);

type Started = Awaited<ReturnType<typeof started>>;

/** A chat in which both sides wrote. */
async function talk({ sim, desk }: Started): Promise<LiveChat> {
  const chat = await opened(desk);
  sim.accept(chat.id, 'beth.anglin');
  await desk.post(words(chat, 'our words'), context);
  sim.say(chat.id, { text: 'her words' });
  return chat;
}

/** Who wrote the rows of the chat, as a desk sees it that knows nothing yet. */
async function authors({ sim }: Started, chat: LiveChat, settings: Parameters<typeof deskAt>[1]) {
  const side = deskAt(sim.url, settings);
  const { rows } = await side.desk.read(chat, fromStart, context);
  return { ...side, authors: rows.map((row) => row.author) };
}

const profiles = (sim: Started['sim']) => requests(sim).filter((line) => line.includes('/live/profiles/')).length;
/** The queue's own greeting comes in the agent's name. */
const both = ['self', 'agent', 'self', 'agent'];

test('with a user name nobody needs to be asked who we are', async () => {
  const world = await started();
  const chat = await talk(world);
  expect((await authors(world, chat, {})).authors).toEqual(both);
  expect(profiles(world.sim)).toBe(0);
});

test('a user name in other letters is the same user', async () => {
  const world = await started();
  const chat = await talk(world);
  expect((await authors(world, chat, { options: { ownUser: 'SVC_Teams' } })).authors).toEqual(both);
});

test('with client credentials our profile is asked for once, for all chats', async () => {
  const world = await started({ auth: oauth });
  const chat = await talk(world);
  const side = await authors(world, chat, { auth: oauth });
  expect(side.authors).toEqual(both);
  expect(await heard(side.desk, await talk(world))).toHaveLength(2);
  expect(profiles(world.sim)).toBe(1);
});

test('a configured user name is enough with client credentials too', async () => {
  const world = await started({ auth: oauth });
  const chat = await talk(world);
  const side = await authors(world, chat, { auth: oauth, options: { ownUser: 'svc_teams' } });
  expect(side.authors).toEqual(both);
  expect(profiles(world.sim)).toBe(0);
});

test.each(['missing404', 'acl403', 'bad405'] as const)(
  'where profiles are answered %s the row that opened the chat shows who we are',
  async (preset) => {
    const world = await started({ auth: oauth });
    const chat = await talk(world);
    world.sim.addFault({ match: { path: '/live/profiles/' }, do: { status: { preset } } });
    const side = await authors(world, chat, { auth: oauth });
    expect(side.authors).toEqual(both);
    await side.desk.read(chat, fromStart, context);
    expect(profiles(world.sim)).toBe(1);
    expect(side.logged).toEqual([]);
  },
);

test('the row that opened the chat is looked up however long the thread is', async () => {
  const world = await started({ auth: oauth });
  const chat = await talk(world);
  for (let n = 0; n < 100; n += 1) {
    world.sim.clock.advance(1_000);
    world.sim.say(chat.id, { text: `row ${n}` });
  }
  world.sim.addFault({ match: { path: '/live/profiles/' }, do: { status: { preset: 'missing404' } } });
  expect((await authors(world, chat, { auth: oauth })).authors.slice(0, 3)).toEqual(['self', 'agent', 'self']);
});

test('an agent who quotes our opening words is not taken for us', async () => {
  const world = await started({ auth: oauth });
  const chat = await opened(world.desk);
  world.sim.accept(chat.id, 'beth.anglin');
  world.sim.say(chat.id, { text: '[Teams TC-0123456789AB] is what you wrote?' });
  world.sim.addFault({ match: { path: '/live/profiles/' }, do: { status: { preset: 'missing404' } } });
  expect(await heard((await authors(world, chat, { auth: oauth })).desk, chat)).toContain(
    '[Teams TC-0123456789AB] is what you wrote?',
  );
});

test.each(['down503', 'rate429'] as const)(
  'a profile that is answered %s fails the read rather than echo our words, and is asked for again',
  async (preset) => {
    const world = await started({ auth: oauth });
    const chat = await talk(world);
    world.sim.addFault({ match: { path: '/live/profiles/' }, when: { times: 1 }, do: { status: { preset } } });
    const { desk } = deskAt(world.sim.url, { auth: oauth });
    await failureOf(desk.read(chat, fromStart, context));
    expect(await heard(desk, chat)).not.toContain('our words');
  },
);

test('what a post is answered with shows who we are', async () => {
  const world = await started({ auth: oauth });
  const chat = await talk(world);
  world.sim.addFault({ match: { path: '/live/profiles/' }, do: { status: { preset: 'missing404' } } });
  const { desk } = deskAt(world.sim.url, { auth: oauth });
  await desk.post(words(chat, 'more words'), context);
  expect(await heard(desk, chat)).not.toContain('our words');
  expect(profiles(world.sim)).toBe(0);
});

test('where nothing shows who we are, the log says so once', async () => {
  const row = { sys_id: 'r1', created_by: 'somebody', timestamp: 1_795_183_407_000, message: 'hello' };
  const server = await startInstance(({ path }) => {
    if (path.includes('/live/profiles/')) return { status: 404, json: {} };
    if (path === '/oauth_token.do') return { json: { access_token: 'token' } };
    return { json: { result: path.endsWith('/messages') ? [row] : [] } };
  });
  const { desk, logged } = deskAt(server.url, { auth: oauth });
  const reading = await desk.read(liveChat(), fromStart, context);
  await desk.read(liveChat(), fromStart, context);
  expect(reading.rows.map(({ author }) => author)).toEqual(['agent']);
  expect(logged).toEqual([['servicenow_own_user_unknown', { live_chat_id: liveChat().id }]]);
});

test('a configured user name that is not ours does not show the employee the first message', async () => {
  const world = await started({ options: { ownUser: 'somebody.else' } });
  const chat = await opened(world.desk);
  expect(await heard(world.desk, chat)).toEqual([]);
  world.sim.accept(chat.id, 'beth.anglin');
  world.sim.say(chat.id, { text: 'hello' });
  expect((await heard(world.desk, chat)).at(-1)).toBe('hello');
});
