import type { FileTarget } from '../../src/conversation/file-target';
import { keyOf, sender, World } from '../support/world/world';

let world: World;

beforeEach(async () => {
  world = new World();
  await world.says('live agent please');
  world.serviceNow.accept();
  await world.tick(2);
  world.teams.shown.length = 0;
});

const png = Buffer.from('\x89PNG\r\n\x1a\n pixels', 'latin1');
const target = (n = 1): FileTarget => ({
  uploadUrl: `https://contoso-my.sharepoint.com/upload/${n}`,
  contentUrl: `https://contoso-my.sharepoint.com/file/${n}`,
  name: 'guide.pdf',
  uniqueId: 'u1',
  fileType: 'pdf',
});

async function accepts(file: string, where = target()): Promise<void> {
  await world.happens({ type: 'file_accepted', file, target: where, from: sender(), at: world.clock.now() });
  await world.settle();
}

async function declines(file: string): Promise<void> {
  await world.happens({ type: 'file_declined', file, from: sender(), at: world.clock.now() });
  await world.settle();
}

function guide() {
  return world.files.ofAgent('guide.pdf', '%PDF-1.7 pages', 'application/pdf');
}

async function beth(text: string, ...files: ReturnType<typeof guide>[]): Promise<void> {
  world.serviceNow.say('Beth', text, { files });
  await world.tick(2);
}

test('a small picture of an agent is shown as it is, after her words', async () => {
  await beth('look here', world.files.ofAgent('menu.png', png, 'image/png'));
  expect(world.teams.seenBy()).toEqual(['look here', '[picture menu.png]']);
  const [, picture] = world.teams.shown;
  expect(picture?.content).toMatchObject({ picture: `data:image/png;base64,${png.toString('base64')}`, name: 'Beth' });
});

test('a file of an agent is offered, and nothing is fetched before it is accepted', async () => {
  await beth('', guide());
  expect(world.teams.seenBy()).toEqual(['[offer guide.pdf]']);
  expect(world.files.calls).toEqual([]);
});

test.each([
  ['too large a picture', Buffer.concat([png, Buffer.alloc(1_000_001)]), 'image/png'],
  ['a picture that is none', Buffer.from('<html>'), 'image/png'],
  ['a drawing that a browser would run', Buffer.from('<svg/>'), 'image/svg+xml'],
])('%s is offered', async (_, content, type) => {
  await beth('', world.files.ofAgent('a.png', content, type));
  expect(world.teams.seenBy()).toEqual(['[offer a.png]']);
});

test('a picture that cannot be had just now is offered, and keeps no words waiting', async () => {
  world.files.trouble = (call) => (call === 'download' ? { how: 'lost_before' } : undefined);
  await beth('look', world.files.ofAgent('menu.png', png, 'image/png'));
  await beth('and?');
  expect(world.teams.seenBy()).toEqual(['look', '[offer menu.png]', 'and?']);
});

test("an accepted file lies among the employee's own, and is shown there", async () => {
  const file = guide();
  await beth('', file);
  await accepts(file.id);
  expect([...world.files.handed]).toEqual([[target().uploadUrl, '%PDF-1.7 pages']]);
  expect(world.teams.seenBy()).toEqual(['[offer guide.pdf]', '[file guide.pdf]']);
  expect((await world.store.load(keyOf()))?.conversation.offers).toEqual([]);
});

test('a second click brings nothing a second time', async () => {
  const file = guide();
  await beth('', file);
  let put = () => {};
  const download = world.files.download.bind(world.files);
  world.files.download = async (...args) => {
    await new Promise<void>((resolve) => (put = resolve));
    return download(...args);
  };
  void accepts(file.id);
  await world.settle();
  await accepts(file.id);
  put();
  await world.settle();
  expect(world.files.calls.filter((call) => call === 'put')).toHaveLength(1);
  expect(world.teams.seenBy()).toEqual(['[offer guide.pdf]', '[file guide.pdf]']);
});

test('a file that nobody offered cannot be had', async () => {
  const file = guide();
  await accepts(file.id);
  expect(world.files.calls).toEqual([]);
  expect(world.teams.seenBy()).toEqual(['[file_offer_gone]']);
});

test("another's file cannot be had", async () => {
  const file = guide();
  await beth('', file);
  await world.happens(
    { type: 'file_accepted', file: file.id, target: target(), from: sender('bob'), at: world.clock.now() },
    { user: 'bob' },
  );
  await world.settle();
  expect(world.files.calls).toEqual([]);
  expect(world.teams.seenBy('bob')).toEqual(['[file_offer_gone]']);
});

test('a declined file is told to both, and is no longer to be had', async () => {
  const file = guide();
  await beth('', file);
  await declines(file.id);
  await declines(file.id);
  expect(world.serviceNow.notices).toEqual([{ key: 'file_declined', text: '[guide.pdf]' }]);
  await accepts(file.id);
  expect(world.teams.seenBy()).toEqual(['[offer guide.pdf]', '[file_declined]', '[file_offer_gone]']);
});

test('a place that is gone is told to both', async () => {
  const file = guide();
  await beth('', file);
  world.files.closed.add(target().uploadUrl);
  await accepts(file.id);
  expect(world.serviceNow.notices).toEqual([{ key: 'file_not_handed_over', text: '[guide.pdf]' }]);
  expect(world.teams.seenBy()).toEqual(['[offer guide.pdf]', '[agent_file_failed]']);
});

test('a file that ServiceNow does not give out is told to both', async () => {
  const file = guide();
  await beth('', file);
  world.files.trouble = (call) => (call === 'download' ? { how: 'refused', kind: 'refused' } : undefined);
  await accepts(file.id);
  expect(world.serviceNow.notices).toEqual([{ key: 'file_not_handed_over', text: '[guide.pdf]' }]);
});

test('a lost answer to the bytes is made good, once', async () => {
  const file = guide();
  await beth('', file);
  let lost = true;
  world.files.trouble = (call) => {
    if (call !== 'put' || !lost) return undefined;
    lost = false;
    return { how: 'lost_after' };
  };
  await accepts(file.id);
  await world.passes(30_000);
  expect(world.teams.seenBy()).toEqual(['[offer guide.pdf]', '[file guide.pdf]']);
});

test('a file can still be accepted when the chat is over', async () => {
  const file = guide();
  await beth('bye', file);
  world.serviceNow.close('Beth');
  await world.passes(10_000);
  await accepts(file.id);
  expect(world.teams.seenBy().at(-1)).toBe('[file guide.pdf]');
});

test('what is too large is named', async () => {
  await beth('', { ...guide(), size: 25_000_001 });
  expect(world.teams.seenBy()).toEqual(['[agent_file_too_large]']);
});

test('files in work notes are for agents only', async () => {
  world.serviceNow.say('Beth', '', { files: [guide()], workNote: true });
  await world.tick(2);
  expect(world.teams.seenBy()).toEqual([]);
  expect((await world.store.load(keyOf()))?.conversation.offers).toBeUndefined();
});

test('a process that dies at any moment brings an accepted file all the same', async () => {
  let deaths = 0;
  for (const when of ['before', 'after'] as const) {
    for (let at = 1; at <= 12; at += 1) {
      world = new World({ seed: at });
      await world.says('live agent please');
      world.serviceNow.accept();
      await world.tick(2);
      const file = guide();
      await beth('', file);
      await world.restart({ at, when });
      const accepted = {
        type: 'file_accepted',
        file: file.id,
        target: target(),
        from: sender(),
        at: world.clock.now(),
      } as const;
      for (let answered = false; !answered; ) {
        const taken = world.happens(accepted, { turn: 'click' as never }).then(() => true);
        answered = await Promise.race([taken, world.life.died.then(() => false)]);
        if (!answered) await world.restart();
      }
      await world.passes(60_000);
      if (world.life.isOver) {
        deaths += 1;
        await world.restart();
        await world.passes(60_000);
      }
      expect([...world.files.handed.values()]).toEqual(['%PDF-1.7 pages']);
      expect(world.teams.seenBy().filter((text) => text === '[file guide.pdf]')).toHaveLength(1);
      expect(world.teams.seenBy().filter((text) => text === '[agent_file_failed]')).toEqual([]);
    }
  }
  expect(deaths).toBeGreaterThan(5);
});
