import { createHash } from 'node:crypto';
import type { AgentFile, FileId, LiveChat, RowId } from '../../../src/conversation/types';
import type { AttachRequest, FileDesk } from '../../../src/engine/ports';
import { asked, closeAll, context, failureOf, oauth, started } from '../servicenow-side';

afterEach(closeAll);

type Started = Awaited<ReturnType<typeof started>>;

async function inChat(
  settings: Parameters<typeof started>[0] = {},
): Promise<Started & { chat: LiveChat; files: FileDesk }> {
  const side = await started(settings);
  const { chat } = await side.desk.open(asked(), context);
  side.sim.accept(chat.id);
  return { ...side, chat, files: side.desk as unknown as FileDesk };
}

function request(
  chat: LiveChat,
  bytes: Buffer,
  more: { name?: string; type?: string; isRepeat?: boolean } = {},
): AttachRequest {
  const { name = 'reset.png', type = 'image/png', isRepeat = false } = more;
  const hash = createHash('sha256').update(bytes).digest('hex');
  const source = { at: 'download', url: 'https://contoso.sharepoint.com/x' } as const;
  return {
    chat,
    file: { id: 'f' as FileId, name, source, stored: { name, type, size: bytes.byteLength, hash } },
    isRepeat,
  };
}

const filesIn = ({ sim, chat }: { sim: Started['sim']; chat: LiveChat }) =>
  sim.pane(chat.id).flatMap((row) => row.files.map(({ name }) => name));
const uploadsIn = ({ sim }: { sim: Started['sim'] }) => Object.values(sim.state().uploads);

test('a file is attached to the chat and named by a row of ours, byte for byte', async () => {
  const side = await inChat();
  const bytes = Buffer.from([0, 255, 128, 13, 10, 0, 1]);
  const row = await side.files.attach(request(side.chat, bytes, { name: 'Prüfung & mehr.png' }), bytes, context);
  expect(side.sim.pane(side.chat.id).at(-1)).toMatchObject({
    id: row,
    author: 'requester',
    text: 'File: Prüfung & mehr.png',
    files: [{ name: 'Prüfung & mehr.png' }],
  });
  const [upload] = uploadsIn(side);
  expect(upload).toMatchObject({ table: 'live_group_profile', record: side.chat.id, contentType: 'image/png' });
  expect(Buffer.from(upload?.content ?? '', 'base64')).toEqual(bytes);
});

test('a file of 25 MB arrives whole', async () => {
  const side = await inChat();
  const bytes = Buffer.alloc(25_000_000, 'seven..');
  await side.files.attach(request(side.chat, bytes), bytes, context);
  expect(uploadsIn(side)[0]?.hash).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('our own file does not come back as the words of the agent', async () => {
  const side = await inChat();
  const bytes = Buffer.from('x');
  const row = await side.files.attach(request(side.chat, bytes), bytes, context);
  const { rows } = await side.desk.read(side.chat, { time: 0, seen: [] } as never, context);
  expect(rows.find(({ id }) => id === row)).toMatchObject({ author: 'self' });
});

describe('after a lost answer', () => {
  const bytes = Buffer.from('the same bytes');

  test('of the row, the row is found, and belongs to this file only', async () => {
    const side = await inChat();
    const fault = side.sim.addFault({ match: { method: 'POST', path: '/messages$' }, do: { resetAfter: true } });
    const first = await failureOf(side.files.attach(request(side.chat, bytes), bytes, context));
    expect(first.certain).toBe(false);
    side.sim.removeFault(fault);
    const found = await side.files.findAttached(request(side.chat, bytes), [], context);
    expect(found).toBe(side.sim.pane(side.chat.id).at(-1)?.id);
    expect(await side.files.findAttached(request(side.chat, bytes), [found as RowId], context)).toBeUndefined();
    expect(
      await side.files.findAttached(request(side.chat, bytes, { name: 'other.png' }), [], context),
    ).toBeUndefined();
    expect(await side.files.findAttached(request(side.chat, Buffer.from('others')), [], context)).toBeUndefined();
  });

  test('of the upload, the file is not attached again but named', async () => {
    const side = await inChat();
    const fault = side.sim.addFault({ match: { path: '/attachment/file$' }, do: { resetAfter: true } });
    await failureOf(side.files.attach(request(side.chat, bytes), bytes, context));
    side.sim.removeFault(fault);
    expect(await side.files.findAttached(request(side.chat, bytes), [], context)).toBeUndefined();
    await side.files.attach(request(side.chat, bytes, { isRepeat: true }), bytes, context);
    expect(uploadsIn(side)).toHaveLength(1);
    expect(filesIn(side)).toEqual(['reset.png']);
  });

  test('the same file sent twice is attached twice all the same', async () => {
    const side = await inChat();
    await side.files.attach(request(side.chat, bytes), bytes, context);
    await side.files.attach(request(side.chat, bytes, { isRepeat: true }), bytes, context);
    expect(uploadsIn(side)).toHaveLength(2);
    expect(filesIn(side)).toEqual(['reset.png', 'reset.png']);
  });

  test('a refused row after a good upload is tried again without another upload', async () => {
    const side = await inChat();
    const fault = side.sim.addFault({
      match: { method: 'POST', path: '/messages$' },
      do: { status: { preset: 'rate429' } },
    });
    expect((await failureOf(side.files.attach(request(side.chat, bytes), bytes, context))).kind).toBe('throttled');
    side.sim.removeFault(fault);
    await side.files.attach(request(side.chat, bytes, { isRepeat: true }), bytes, context);
    expect(uploadsIn(side)).toHaveLength(1);
    expect(filesIn(side)).toEqual(['reset.png']);
  });
});

test.each([
  ['acl403', 'refused', true],
  ['missing404', 'not_found', true],
  ['err500', 'unreachable', false],
  ['rate429', 'throttled', true],
] as const)('an upload that is answered %s fails as %s', async (preset, kind, certain) => {
  const side = await inChat();
  side.sim.addFault({ match: { path: '/attachment/file$' }, do: { status: { preset } } });
  const bytes = Buffer.from('x');
  expect(await failureOf(side.files.attach(request(side.chat, bytes), bytes, context))).toMatchObject({
    kind,
    certain,
  });
  expect(filesIn(side)).toEqual([]);
});

test('an instance that takes no files is not asked', async () => {
  const side = await inChat({ options: { files: 'off' } });
  const bytes = Buffer.from('x');
  const failure = await failureOf(side.files.attach(request(side.chat, bytes), bytes, context));
  expect(failure).toMatchObject({ kind: 'rejected', certain: true });
  expect(side.sim.journal().filter(({ path }) => path.includes('attachment'))).toEqual([]);
});

test('what is no id never gets into a query', async () => {
  const side = await inChat();
  const bytes = Buffer.from('x');
  const chat = { ...side.chat, id: 'x^ORsys_idISNOTEMPTY' } as LiveChat;
  const failure = await failureOf(side.files.attach(request(chat, bytes, { isRepeat: true }), bytes, context));
  expect(failure).toMatchObject({ kind: 'rejected', certain: true });
});

describe("an agent's file", () => {
  async function sent(side: Awaited<ReturnType<typeof inChat>>, content: Buffer): Promise<AgentFile> {
    const file = {
      name: 'a.png',
      contentType: 'image/png',
      sizeBytes: content.length,
      content: content.toString('base64'),
    };
    side.sim.say(side.chat.id, { text: '', files: [file] });
    const { rows } = await side.desk.read(side.chat, { time: 0, seen: [] } as never, context);
    const [found] = rows.at(-1)?.files ?? [];
    if (!found) throw new Error('no file came with the row');
    return found;
  }

  test.each([0, 1, 2_000_000])('of %d bytes is fetched with our credentials, byte for byte', async (size) => {
    const side = await inChat();
    const bytes = Buffer.alloc(size, '\xff\0\r\n', 'latin1');
    const file = await sent(side, bytes);
    const back = await side.files.download(file, 25_000_000, context);
    expect(Buffer.compare(Buffer.from(back), bytes)).toBe(0);
  });

  test('that is larger than is wanted is not fetched', async () => {
    const side = await inChat();
    const file = await sent(side, Buffer.alloc(1_001, 'x'));
    expect(await failureOf(side.files.download(file, 1_000, context))).toMatchObject({
      kind: 'too_large',
      certain: true,
    });
  });

  test('is fetched with a fresh token when the old one has run out', async () => {
    const side = await inChat({ auth: oauth });
    const file = await sent(side, Buffer.from('x'));
    side.sim.addFault({ match: { path: '/file$' }, when: { times: 1 }, do: { 'token.expireNow': true } });
    expect(Buffer.from(await side.files.download(file, 1_000, context)).toString()).toBe('x');
  });

  test.each([
    ['missing404', 'not_found'],
    ['acl403', 'refused'],
    ['err500', 'unreachable'],
  ] as const)('that is answered %s fails as %s', async (preset, kind) => {
    const side = await inChat();
    const file = await sent(side, Buffer.from('x'));
    side.sim.addFault({ match: { path: '/file$' }, do: { status: { preset } } });
    expect(await failureOf(side.files.download(file, 1_000, context))).toMatchObject({ kind });
  });

  test('comes from the instance only: a redirect is not followed, and what is no id is not asked for', async () => {
    const side = await inChat();
    const file = await sent(side, Buffer.from('x'));
    side.sim.addFault({ match: { path: '/file$' }, do: { redirect: { location: `${side.sim.url}/elsewhere` } } });
    expect(await failureOf(side.files.download(file, 1_000, context))).toMatchObject({ kind: 'unauthorized' });
    expect(side.sim.journal().some(({ path }) => path === '/elsewhere')).toBe(false);
    const odd = { id: '../../../elsewhere', name: 'a' };
    expect(await failureOf(side.files.download(odd, 1_000, context))).toMatchObject({
      kind: 'rejected',
      certain: true,
    });
  });
});
