import type { FileRefusal } from '../../src/conversation/file-refusal';
import { namedIn } from '../support/world/fake-teams';
import { keyOf, World } from '../support/world/world';

let world: World;

beforeEach(() => {
  world = new World();
});

/** A live chat with an agent in it. */
async function inChat(): Promise<void> {
  await world.says('live agent please');
  world.serviceNow.accept();
  await world.tick(2);
}

/** What the employee was told of a file. */
interface Told {
  readonly key: string;
  readonly name: string;
  readonly reason?: FileRefusal;
}

function told(): Told[] {
  return world.teams.shown.flatMap(({ content }): Told[] => {
    if (content.kind !== 'notice') return [];
    const { notice } = content;
    if (notice.key === 'file_refused') return [{ key: notice.key, name: notice.name, reason: notice.reason }];
    return notice.key === 'file_by_link' ? [{ key: notice.key, name: notice.name }] : [];
  });
}

async function nothingIsLeft(): Promise<void> {
  await world.settle();
  expect(await world.blobs.size()).toEqual({ count: 0, bytes: 0 });
  expect((await world.store.load(keyOf()))?.outbox).toEqual([]);
}

test('words and files of one message reach the agent in their order, and nothing of them is kept', async () => {
  await inChat();
  const files = [world.files.has('one.txt', 'first'), world.files.has('two.txt', 'second')];
  await world.says('see these', { files });
  expect(world.serviceNow.posted()).toEqual(['see these', 'File: one.txt', 'File: two.txt']);
  expect(world.files.attached.map(({ bytes }) => bytes)).toEqual(['first', 'second']);
  await nothingIsLeft();
});

test('a message that is a file alone posts no empty words', async () => {
  await inChat();
  await world.says('', { files: [world.files.has('screenshot.png', 'pixels')] });
  expect(world.serviceNow.posted()).toEqual(['File: screenshot.png']);
  await nothingIsLeft();
});

test('a file is fetched while the chat is still being opened, and follows its words when there is one', async () => {
  const trouble = { how: 'refused', kind: 'unreachable' } as const;
  world.serviceNow.trouble = (call) => (call === 'open' ? trouble : undefined);
  await world.says('live agent please');
  await world.says('look', { files: [world.files.has('log.txt', 'lines')] });
  expect(await world.phase()).toBe('opening');
  expect(world.files.calls).toEqual(['fetch']);
  world.files.expire();
  world.serviceNow.trouble = () => undefined;
  await world.passes(30_000);
  expect(world.serviceNow.posted()).toEqual(['look', 'File: log.txt']);
  expect(world.files.attached[0]?.bytes).toBe('lines');
  await nothingIsLeft();
});

test('words do not wait for a file that is slow', async () => {
  await inChat();
  let arrive = () => {};
  world.files.sending = () => new Promise((resolve) => (arrive = resolve));
  await world.says('a film', { files: [world.files.has('film.mp4', 'frames')] });
  await world.says('and words');
  expect(world.serviceNow.posted()).toEqual(['a film', 'and words']);
  arrive();
  await world.settle();
  expect(world.serviceNow.posted()).toEqual(['a film', 'and words', 'File: film.mp4']);
  await nothingIsLeft();
});

test('the assistant is told the name of a file, and nothing is fetched', async () => {
  await world.says('what is this', { files: [world.files.has('odd.pdf', 'pages')] });
  expect(world.assistant.asked).toEqual(['what is this\n[odd.pdf]']);
  expect(world.files.calls).toEqual([]);
  await world.says('live agent please');
  expect(world.serviceNow.chat.request.handoff.transcript.map(({ text }) => text)).toContain('what is this\n[odd.pdf]');
});

test('a file that was sent while the assistant still thought goes to the agent with its words', async () => {
  let answer = () => {};
  world.assistant.thinking = () => new Promise((resolve) => (answer = resolve));
  void world.says('live agent please');
  await world.settle();
  await world.says('one more thing', { files: [world.files.has('a.txt', 'x')] });
  answer();
  world.assistant.thinking = async () => {};
  await world.settle();
  expect(world.serviceNow.posted()).toEqual(['one more thing', 'File: a.txt']);
  await nothingIsLeft();
});

const refusals: readonly FileRefusal[] = [
  'empty',
  'too_large',
  'dangerous',
  'not_what_it_says',
  'expired',
  'elsewhere',
];

test.each(refusals)(
  'a file that is refused as %s is named with the reason, and the agent hears of it',
  async (refused) => {
    await inChat();
    await world.says('here', { files: [world.files.has('bad.bin', { refused }), world.files.has('good.txt', 'good')] });
    expect(told()).toEqual([{ key: 'file_refused', name: 'bad.bin', reason: refused }]);
    expect(world.serviceNow.posted()).toEqual(['here', '<file_not_passed_on>', 'File: good.txt']);
    await nothingIsLeft();
  },
);

test('a file that is refused while the chat is being opened is named, and its words are posted all the same', async () => {
  world.serviceNow.trouble = (call) => (call === 'open' ? { how: 'refused', kind: 'unreachable' } : undefined);
  await world.says('live agent please');
  await world.says('here', { files: [world.files.has('bad.exe', { refused: 'dangerous' })] });
  await world.says('', { files: [world.files.has('worse.exe', { refused: 'dangerous' })] });
  expect(told().map(({ name }) => name)).toEqual(['bad.exe', 'worse.exe']);
  world.serviceNow.trouble = () => undefined;
  await world.passes(30_000);
  expect(world.serviceNow.posted()).toEqual(['here']);
  await nothingIsLeft();
});

test('Teams that does not give a file out is asked again, and at last the employee is told', async () => {
  await inChat();
  world.files.trouble = (call) => (call === 'fetch' ? { how: 'refused', kind: 'unreachable' } : undefined);
  await world.says('here', { files: [world.files.has('a.txt', 'x')] });
  await world.passes(180_000);
  expect(world.files.calls.length).toBeGreaterThan(3);
  expect(told()).toEqual([{ key: 'file_refused', name: 'a.txt', reason: 'unavailable' }]);
  await nothingIsLeft();
});

test('a file whose upload is answered by nobody is looked up, and is in the thread once (row 9)', async () => {
  await inChat();
  let lost = 2;
  world.files.trouble = (call) => {
    if (call !== 'attach' || lost === 0) return undefined;
    lost -= 1;
    return { how: lost === 1 ? 'lost_before' : 'lost_after' };
  };
  await world.says('here', { files: [world.files.has('a.txt', 'x')] });
  await world.passes(30_000);
  expect(world.serviceNow.posted()).toEqual(['here', 'File: a.txt']);
  expect(world.files.calls.filter((call) => call === 'fetch')).toHaveLength(1);
  await nothingIsLeft();
});

test('two files of the same name and content are in the thread twice', async () => {
  await inChat();
  let count = 0;
  world.files.trouble = (call) => {
    if (call === 'attach') count += 1;
    return call === 'attach' && count === 2 ? { how: 'lost_before' } : undefined;
  };
  await world.says('', { files: [world.files.has('image.png', 'x'), world.files.has('image.png', 'x')] });
  await world.passes(30_000);
  expect(world.serviceNow.posted()).toEqual(['File: image.png', 'File: image.png']);
  await nothingIsLeft();
});

test('of a file of which nobody knows whether the agent has it, the employee is told just that', async () => {
  await inChat();
  world.files.trouble = (call) => (call === 'attach' || call === 'find' ? { how: 'lost_before' } : undefined);
  await world.says('here', { files: [world.files.has('a.txt', 'x', 'https://contoso.sharepoint.com/page')] });
  await world.passes(120_000);
  const notices = world.teams.shown.flatMap(({ content }) => (content.kind === 'notice' ? [content.notice] : []));
  expect(notices.at(-1)).toEqual({ key: 'not_delivered', texts: [], unsure: ['[a.txt]'] });
  expect(await world.phase()).toBe('connected');
  await nothingIsLeft();
});

test('where ServiceNow does not take a file, the agent gets a link and the employee is told', async () => {
  await inChat();
  world.files.trouble = (call) => (call === 'attach' ? { how: 'refused', kind: 'rejected' } : undefined);
  await world.says('here', { files: [world.files.has('a.txt', 'x', 'https://contoso.sharepoint.com/page')] });
  const notices = (await linesOfAgent()).filter((line) => line.includes('file_by_link'));
  expect(notices).toEqual(['file_by_link [a.txt] https://contoso.sharepoint.com/page']);
  expect(told()).toEqual([{ key: 'file_by_link', name: 'a.txt' }]);
  await nothingIsLeft();
});

test('where there is no link either, both are told, and the chat goes on', async () => {
  await inChat();
  world.files.trouble = (call) => (call === 'attach' ? { how: 'refused', kind: 'refused' } : undefined);
  await world.says('here', { files: [world.files.has('a.txt', 'x')] });
  await world.says('and on');
  expect(world.serviceNow.posted()).toEqual(['here', '<file_not_passed_on>', 'and on']);
  expect(told()).toEqual([{ key: 'file_refused', name: 'a.txt', reason: 'not_taken' }]);
  await nothingIsLeft();
});

/** Words of the connector for the agent, as they were asked to be posted. */
async function linesOfAgent(): Promise<string[]> {
  return world.serviceNow.notices.map((notice) => `${notice.key} ${'text' in notice ? notice.text : ''}`);
}

test('a file that is still on its way when the chat ends is named, and nothing of it is kept', async () => {
  await inChat();
  let arrive = () => {};
  world.files.sending = () => new Promise((resolve) => (arrive = resolve));
  await world.says('a film', { files: [world.files.has('film.mp4', 'frames'), world.files.has('next.txt', 'x')] });
  await world.says('/end_chat');
  await world.tick(10);
  const lost = world.teams.shown.flatMap(({ content }) =>
    content.kind === 'notice' && content.notice.key === 'not_delivered' ? namedIn(content.notice) : [],
  );
  expect(lost).toEqual(['[film.mp4]', '[next.txt]']);
  arrive();
  await nothingIsLeft();
  expect(world.files.attached).toEqual([]);
});

test('a file that waits for its chat is in the thread before the chat is left', async () => {
  await inChat();
  world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'refused', kind: 'unreachable' } : undefined);
  await world.says('first', { files: [world.files.has('a.txt', 'x')] });
  await world.says('/end_chat');
  world.serviceNow.trouble = () => undefined;
  await world.passes(20_000);
  expect(world.serviceNow.posted()).toEqual(['first', 'File: a.txt']);
  await nothingIsLeft();
});

test('a chat that does not come about leaves no file behind, and its message is named whole', async () => {
  world.serviceNow.trouble = (call) => (call === 'open' ? { how: 'refused', kind: 'rejected' } : undefined);
  world.assistant.thinking = async () => {};
  const trouble = { how: 'refused', kind: 'unreachable' } as const;
  world.serviceNow.trouble = (call) => (call === 'open' ? trouble : undefined);
  await world.says('live agent please');
  await world.says('look', { files: [world.files.has('log.txt', 'lines')] });
  expect((await world.blobs.size()).count).toBe(1);
  await world.says('/end_chat');
  const lost = world.teams.shown.flatMap(({ content }) =>
    content.kind === 'notice' && content.notice.key === 'not_delivered' ? namedIn(content.notice) : [],
  );
  expect(lost).toEqual(['look\n[log.txt]']);
  world.serviceNow.trouble = () => undefined;
  await world.passes(120_000);
  await nothingIsLeft();
});

test('a file that the employee takes back before it is there never reaches the agent', async () => {
  await inChat();
  let arrive = () => {};
  world.files.sending = () => new Promise((resolve) => (arrive = resolve));
  await world.says('', { turn: 'oops', files: [world.files.has('secret.txt', 'x'), world.files.has('more.txt', 'y')] });
  const { reference, user } = (await world.store.load(keyOf()))?.conversation ?? never();
  await world.happens({
    type: 'user_withdrew',
    turn: 'oops' as never,
    from: { reference, user },
    at: world.clock.now(),
  });
  arrive();
  await nothingIsLeft();
  expect(world.files.attached).toEqual([]);
});

function never(): never {
  throw new Error('there is no conversation');
}

test('a hundred files in a row leave nothing behind', async () => {
  await inChat();
  for (let n = 0; n < 100; n += 1) {
    await world.says(`words ${n}`, { files: [world.files.has(`file ${n}.txt`, `content ${n}`)] });
  }
  await world.passes(10_000);
  const expected = Array.from({ length: 100 }, (_, n) => [`words ${n}`, `File: file ${n}.txt`]).flat();
  expect(world.serviceNow.posted()).toEqual(expected);
  expect(world.files.attached.map(({ bytes }) => bytes)).toEqual(Array.from({ length: 100 }, (_, n) => `content ${n}`));
  await nothingIsLeft();
});

test('a file for which there is no room waits for those before it, and no longer', async () => {
  await inChat();
  const size = world.blobs.size.bind(world.blobs);
  world.blobs.size = async () => {
    const { count } = await size();
    return { count, bytes: count * 500_000_000 };
  };
  await world.says('here', { files: [world.files.has('one.txt', 'first'), world.files.has('two.txt', 'second')] });
  await world.passes(10_000);
  expect(world.serviceNow.posted()).toEqual(['here', 'File: one.txt', 'File: two.txt']);
  expect(told()).toEqual([]);
  await nothingIsLeft();
});

test('a process that dies at any moment of a file brings it once, and leaves nothing behind (row 9)', async () => {
  let deaths = 0;
  for (const when of ['before', 'after'] as const) {
    for (let at = 1; at <= 40; at += 1) {
      world = new World({ seed: at });
      await inChat();
      const files = [world.files.has('one.txt', 'first'), world.files.has('two.txt', 'second')];
      await world.restart({ at, when });
      for (let answered = false; !answered; ) {
        const delivery = world.deliver('here', { turn: 'with-files', files }).then(() => true);
        answered = await Promise.race([delivery, world.life.died.then(() => false)]);
        if (!answered) {
          deaths += 1;
          await world.restart();
        }
      }
      await world.passes(60_000);
      if (world.life.isOver) {
        deaths += 1;
        await world.restart();
        await world.passes(60_000);
      }
      expect([when, at, world.serviceNow.posted()]).toEqual([when, at, ['here', 'File: one.txt', 'File: two.txt']]);
      expect(world.files.attached.map(({ bytes }) => bytes)).toEqual(['first', 'second']);
      await nothingIsLeft();
    }
  }
  expect(deaths).toBeGreaterThan(60);
});
