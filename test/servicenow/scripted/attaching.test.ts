import { createHash } from 'node:crypto';
import type { FileId, LiveChat } from '../../../src/conversation/types';
import type { AttachRequest } from '../../../src/engine/ports';
import { closeAll, context, failureOf, opened, startedScripted } from '../servicenow-side';

afterEach(closeAll);

const bytes = Buffer.from('a screenshot');
const hash = createHash('sha256').update(bytes).digest('hex');

function fileFor(chat: LiveChat, id = 'file-1', isRepeat = false): AttachRequest {
  const stored = { name: 'screen & co.png', type: 'image/png', size: bytes.byteLength, hash };
  const file = { id: id as FileId, name: stored.name, source: { at: 'download' as const, url: '' }, stored };
  return { chat, file, isRepeat };
}

test('a file of the employee is in the chat, and its bytes are what they were', async () => {
  const { desk, files, sim } = await startedScripted();
  const chat = await opened(desk);
  await files.attach(fileFor(chat), bytes, context);
  const row = sim.pane(chat.id).at(-1);
  expect(row).toMatchObject({ text: 'File: screen & co.png', files: [{ name: 'screen & co.png', sizeBytes: 12 }] });
  const [upload] = Object.values(sim.state().uploads);
  expect([upload?.hash, upload?.contentType]).toEqual([hash, 'image/png']);
});

test('whatever gets lost on the way, the file is there once', async () => {
  const { desk, files, sim } = await startedScripted();
  const chat = await opened(desk);
  const faults = [
    { match: { path: 'files$' }, do: { resetAfter: true } },
    { match: { path: 'messages$', method: 'POST' }, do: { commitThen: { code: 500 } } },
  ] as const;
  for (const fault of faults) {
    sim.addFault({ ...fault, when: { times: 1 } });
    expect(await failureOf(files.attach(fileFor(chat), bytes, context))).toMatchObject({ certain: false });
  }
  const found = await files.findAttached(fileFor(chat, 'file-1', true), [], context);
  expect(await files.attach(fileFor(chat, 'file-1', true), bytes, context)).toBe(found);
  expect(sim.pane(chat.id).filter((row) => row.files.length > 0)).toHaveLength(1);
  expect(Object.values(sim.state().uploads)).toHaveLength(1);
});

test('the same picture sent twice is there twice', async () => {
  const { desk, files, sim } = await startedScripted();
  const chat = await opened(desk);
  for (const id of ['file-1', 'file-2']) await files.attach(fileFor(chat, id), bytes, context);
  expect(sim.pane(chat.id).filter((row) => row.files.length > 0)).toHaveLength(2);
});

test('switched off, files are not taken; and a chat that is over takes none', async () => {
  const { desk, files, sim } = await startedScripted();
  const chat = await opened(desk);
  sim.accept(chat.id);
  sim.closeChat(chat.id);
  expect(await failureOf(files.attach(fileFor(chat), bytes, context))).toMatchObject({ kind: 'refused' });
  const off = await startedScripted({ options: { files: 'off' } });
  expect(await failureOf(off.files.attach(fileFor(chat), bytes, context))).toMatchObject({ kind: 'rejected' });
});
