import { createHash } from 'node:crypto';
import { readSince, startOfThread } from '../../src/conversation/cursor';
import type { ThreadRow } from '../../src/conversation/events';
import { ApiFailure } from '../../src/conversation/failures';
import { plainOf } from '../../src/conversation/marks';
import { defaultRules } from '../../src/conversation/rules';
import type { Cursor, FileId, LiveChat } from '../../src/conversation/types';
import { asked, closeAll, context, failureOf, words } from '../servicenow/servicenow-side';
import { closeEverything } from '../simulator/servicenow/bot-api/support';
import { type AnyDesk, chatAt, type Instance, profiles, startInstance } from './instances';

afterEach(async () => {
  await closeAll();
  await closeEverything();
});

/** The platform's switches that decide how agents' words come: what nobody could verify is tried in each way. */
const switches: Record<(typeof profiles)[number], readonly object[]> = {
  'connect-support': [
    {},
    { order: 'asc' },
    { order: 'shuffled' },
    { beforeInclusive: true },
    { messageText: 'message' },
    { messageText: 'formatted_message' },
    { messageId: 'number' },
  ],
  'va-bot': [
    {},
    { callbackGrouping: 'perItem' },
    { callbackGrouping: 'random' },
    { idsInCallbacks: 'off' },
    { requestIdMode: 'fresh' },
    { agentTyping: 'on' },
    { agentTyping: 'suffixed' },
    { agentChatWhileWaiting: false },
  ],
  scripted: [{}],
};
const beth = { agent: 'beth.anglin' };
const lost = { resetAfter: true } as const;

/** Opens as the product does: what may have happened is looked for before it is tried again. */
async function opened({ desk }: Instance): Promise<LiveChat> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const found = attempt > 0 ? await desk.findOpened(asked(), context) : undefined;
      return (found ?? (await desk.open(asked(), context))).chat;
    } catch (error) {
      if (!(error instanceof ApiFailure) || attempt > 3) throw error;
    }
  }
}

/** Posts in the same way. */
async function posted(desk: AnyDesk, chat: LiveChat, text: string, id: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const request = { ...words(chat, text), id };
      if (attempt > 0 && (await desk.findPosted(request, [], context)) !== undefined) return;
      await desk.post(request, context);
      return;
    } catch (error) {
      if (!(error instanceof ApiFailure) || attempt > 3) throw error;
    }
  }
}

async function inChat(name: (typeof profiles)[number], config = {}) {
  const instance = await startInstance(name, config);
  const chat = await opened(instance);
  const id = chatAt(instance);
  instance.sim.accept(id, 'beth.anglin');
  await until(async () => (await instance.desk.state(chat, context))?.state === 'in_progress');
  return { ...instance, chat, id };
}

/** Reads until it is as expected, and goes on from there: rows, each once. */
function follow(desk: AnyDesk, chat: LiveChat, from: Cursor = startOfThread) {
  const follower = { cursor: from, rows: [] as ThreadRow[], state: 'unknown' };
  const look = async () => {
    const { rows, state } = await desk.read(chat, follower.cursor, context);
    const { fresh, cursor } = readSince(follower.cursor, rows, defaultRules);
    follower.rows.push(...fresh);
    Object.assign(follower, { cursor, state: state.state });
  };
  const said = () =>
    follower.rows.filter((row) => row.author === 'agent' && !row.workNote).map((row) => plainOf(row.text));
  return {
    follower,
    look,
    said,
    untilSaid: (count: number) =>
      until(async () => {
        await look();
        return said().length >= count;
      }),
  };
}

async function until(ask: () => Promise<boolean>): Promise<void> {
  for (let times = 0; times < 2_000; times += 1) {
    if (await ask()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it did not come about');
}

const own = ({ sim }: Instance, id: string) =>
  sim
    .pane(id)
    .filter((row) => row.author === 'requester' && !row.text.includes('[Teams TC-'))
    .map((row) => row.text);

describe.each(profiles)('%s', (name) => {
  test.each([
    ['comes', undefined],
    ['is lost', lost],
    ['is an error all the same', { commitThen: { code: 500 } }],
  ])('a chat is opened once when the answer %s', async (_title, fault) => {
    const instance = await startInstance(name);
    if (fault)
      instance.sim.addFault({ match: { path: instance.paths.open, method: 'POST' }, when: { times: 1 }, do: fault });
    await opened(instance);
    expect(instance.sim.chats()).toHaveLength(1);
    const brief = instance.sim.pane(chatAt(instance))[0]?.text ?? '';
    expect(brief).toContain('Ana Roja');
  });

  test.each([
    ['come', undefined],
    ['are lost', lost],
    ['are errors all the same', { commitThen: { code: 500 } }],
  ])('words are in the chat once and in order when their answers %s', async (_title, fault) => {
    const at = await inChat(name);
    if (fault) at.sim.addFault({ match: { path: at.paths.post, method: 'POST' }, when: { every: 3 }, do: fault });
    const texts = ['one', 'two', 'two', 'three', '<b>four</b> [code]x[/code] @L[https://evil.example|ok]'];
    for (const [index, text] of texts.entries()) await posted(at.desk, at.chat, text, String(index));
    expect(own(at, at.id).map((text) => text.replaceAll('\u200b', ''))).toEqual(texts);
    expect(own(at, at.id).join()).not.toMatch(/\[code\]|@L\[/);
  });

  test.each(switches[name])(
    'what agents write comes in order, each once, also when hundreds of it come (%j)',
    async (config) => {
      const at = await inChat(name, config);
      const texts = Array.from({ length: 300 }, (_, n) => `answer ${n}`);
      const reading = follow(at.desk, at.chat);
      for (const [index, text] of texts.entries()) {
        at.sim.say(at.id, { ...beth, text });
        if (index % 20 === 19) at.sim.clock.advance(2_000);
        if (index % 60 === 59) await reading.untilSaid(index + 1);
      }
      await reading.untilSaid(300);
      expect(reading.said()).toEqual(texts);
      expect(new Set(reading.follower.rows.flatMap(({ name: who }) => who ?? []))).toContain('Beth Anglin');
    },
    60_000,
  );

  test('another process goes on where the first one stopped', async () => {
    const at = await inChat(name);
    const first = follow(at.desk, at.chat);
    at.sim.say(at.id, { ...beth, text: 'before' });
    await first.untilSaid(1);
    at.sim.say(at.id, { ...beth, text: 'meanwhile' });
    const second = follow(at.again(), at.chat, first.follower.cursor);
    await second.untilSaid(1);
    expect(second.said()).toEqual(['meanwhile']);
  });

  test('work notes are for agents alone', async () => {
    const at = await inChat(name);
    at.sim.say(at.id, { ...beth, text: 'she is impatient', workNote: true });
    at.sim.say(at.id, { ...beth, text: 'one moment' });
    const reading = follow(at.desk, at.chat);
    await reading.untilSaid(1);
    expect(reading.said()).toEqual(['one moment']);
  });

  test('a chat that is handed on goes on, with the name of who writes', async () => {
    const at = await inChat(name);
    at.sim.transfer(at.id, { agent: 'noor.haddad' });
    at.sim.say(at.id, { agent: 'noor.haddad', text: 'I take over' });
    const reading = follow(at.desk, at.chat);
    await reading.untilSaid(1);
    expect(reading.follower.rows.at(-1)?.name).toBe('Noor Haddad');
  });

  test.each([
    ['comes', undefined],
    ['is lost', lost],
  ])('a file of the employee is there, once, when the answer %s', async (_title, fault) => {
    const at = await inChat(name);
    const bytes = Buffer.from('a screenshot');
    const hash = createHash('sha256').update(bytes).digest('hex');
    const stored = { name: 'screen.png', type: 'image/png', size: bytes.byteLength, hash };
    const source = { at: 'download' as const, url: '' };
    const request = {
      chat: at.chat,
      file: { id: 'file-1' as FileId, name: stored.name, source, stored },
      isRepeat: false,
    };
    if (fault) at.sim.addFault({ match: { path: at.paths.post, method: 'POST' }, when: { times: 1 }, do: fault });
    const first = await at.desk.attach(request, bytes, context).catch((error: unknown) => error);
    expect(first instanceof ApiFailure).toBe(fault !== undefined);
    const again = { ...request, isRepeat: true };
    if (fault && (await at.desk.findAttached(again, [], context)) === undefined)
      await at.desk.attach(again, bytes, context);
    await until(async () => at.sim.pane(at.id).some((row) => row.files.length > 0));
    expect(at.sim.pane(at.id).flatMap((row) => row.files)).toHaveLength(1);
  });

  test('a chat that the agent closes is over, and the end is known', async () => {
    const at = await inChat(name);
    at.sim.say(at.id, { ...beth, text: 'bye' });
    at.sim.closeChat(at.id, beth);
    const reading = follow(at.desk, at.chat);
    await reading.untilSaid(1);
    await until(async () => (await at.desk.state(at.chat, context))?.state === 'ended');
    expect(reading.said()).toEqual(['bye']);
  });

  test('a chat can be left, and left again', async () => {
    const at = await inChat(name);
    expect(await at.desk.leave(at.chat, context)).toBe('left');
    expect(['left', 'gone']).toContain(await at.desk.leave(at.chat, context));
    expect(at.sim.chats()[0]?.state).toMatch(/closed/);
  });

  test('an instance that is away is told from one that refuses, and works again afterwards', async () => {
    const at = await inChat(name);
    at.sim.addFault({
      id: 'down',
      match: { path: at.paths.post, method: 'POST' },
      do: { status: { preset: 'down503' } },
    });
    expect(await failureOf(at.desk.post(words(at.chat, 'one'), context))).toMatchObject({ kind: 'unreachable' });
    at.sim.removeFault('down');
    at.sim.addFault({
      id: 'slow',
      match: { path: at.paths.post, method: 'POST' },
      do: { status: { preset: 'rate429', retryAfter: 7 } },
    });
    expect(await failureOf(at.desk.post(words(at.chat, 'one'), context))).toMatchObject({
      kind: 'throttled',
      retryAfterMs: 7_000,
    });
    at.sim.removeFault('slow');
    await posted(at.desk, at.chat, 'one', '1');
    expect(own(at, at.id)).toEqual(['one']);
  });

  test('nobody is there: that is known before anybody waits', async () => {
    const instance = await startInstance(name);
    for (const { id } of Object.values(instance.sim.state().queues)) instance.sim.setQueue({ id, open: false });
    const told = await instance.desk.unavailable(asked(), context);
    if (name === 'va-bot') {
      expect(told).toBeUndefined();
      expect(await failureOf(instance.desk.open(asked(), context))).toMatchObject({ kind: 'refused', certain: true });
    } else {
      expect(told).toBeDefined();
      expect(told?.words ?? '').not.toMatch(/[<>]/);
    }
  });
});
