import { readSince, startOfThread } from '../../../src/conversation/cursor';
import { defaultRules } from '../../../src/conversation/rules';
import type { LiveChat } from '../../../src/conversation/types';
import type { Desk } from '../../../src/engine/ports';
import { asked, closeAll, context, failureOf, morning, opened, startedScripted, words } from '../servicenow-side';

afterEach(closeAll);

const glanced = { correlation: 'reader', glanced: true } as const;

/** Reads as the reader does: one look over the chats, then those chats of which it tells something. */
function follower(desk: Desk, chats: readonly LiveChat[]) {
  const cursors = new Map(chats.map((chat) => [chat.id, startOfThread]));
  const heard: string[] = [];
  const states = new Map<string, string>();
  const look = async () => {
    const glances = await desk.glance(chats, context);
    for (const chat of chats) {
      const glance = glances?.get(chat.id);
      const cursor = cursors.get(chat.id) ?? startOfThread;
      const { rows, state } = await desk.read(chat, cursor, glance ? glanced : { correlation: 'reader' });
      const { fresh, cursor: next } = readSince(cursor, rows, defaultRules);
      cursors.set(chat.id, next);
      states.set(chat.id, state.state);
      heard.push(...fresh.map((row) => row.text));
    }
  };
  return { look, heard, states, cursors };
}

const reads = (sim: Awaited<ReturnType<typeof startedScripted>>['sim']) =>
  sim.journal().filter((entry) => entry.method === 'GET' && entry.path.includes('live_chat'));

test('one call reads what is new in all chats, in order, and once', async () => {
  const { desk, sim } = await startedScripted();
  const chats = [];
  for (let index = 0; index < 20; index += 1) chats.push(await opened(desk, asked({ token: `TC-${index}` })));
  const { look, heard } = follower(desk, chats);
  await look();
  const before = reads(sim).length;
  const said: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    for (const [index, { id }] of chats.entries()) {
      said.push(`${round}-${index}`);
      sim.say(id, { text: `${round}-${index}` });
    }
    await look();
  }
  expect(heard).toEqual(said);
  expect(reads(sim).length - before).toBe(3);
});

test('an agent who writes more than a page is read to the end', async () => {
  const { desk, sim } = await startedScripted({ options: { pageSize: 7 } });
  const chat = await opened(desk);
  const { look, heard } = follower(desk, [chat]);
  sim.say(chat.id, { text: 'early', count: 30, sameSecond: true });
  await look();
  sim.say(chat.id, { text: 'later', count: 30, sameSecond: true });
  await look();
  const numbered = (text: string) => Array.from({ length: 30 }, (_, index) => `${text} ${index + 1}`);
  expect(heard).toEqual([...numbered('early'), ...numbered('later')]);
});

test('another process goes on where the cursor stands', async () => {
  const { desk, sim } = await startedScripted();
  const chat = await opened(desk);
  const first = follower(desk, [chat]);
  sim.say(chat.id, { text: 'one' });
  await first.look();
  sim.say(chat.id, { text: 'two' });
  const cursor = first.cursors.get(chat.id) ?? startOfThread;
  const { rows } = await desk.read(chat, cursor, context);
  expect(rows.map((row) => row.text)).toEqual(['two']);
});

test('a read that follows no glance asks the instance: the last words before a goodbye are not those of the last look', async () => {
  const { desk, sim } = await startedScripted();
  const chat = await opened(desk);
  const { look, cursors } = follower(desk, [chat]);
  await look();
  sim.say(chat.id, { text: 'last words' });
  const cursor = cursors.get(chat.id) ?? startOfThread;
  expect((await desk.read(chat, cursor, glanced)).rows).toEqual([]);
  expect((await desk.read(chat, cursor, context)).rows.map((row) => row.text)).toEqual(['last words']);
});

test('who has the chat, and where it stands in the queue, comes with the look over all chats', async () => {
  const { desk, sim, clock } = await startedScripted();
  const chats = [await opened(desk, asked({ token: 'TC-1' })), await opened(desk, asked({ token: 'TC-2' }))];
  const [first, second] = chats as [LiveChat, LiveChat];
  const { look, states } = follower(desk, chats);
  await look();
  const at = async (chat: LiveChat) => (await desk.glance(chats, context))?.get(chat.id)?.state;
  expect(await at(second)).toEqual({ state: 'waiting', position: 2, wait: '2 Minutes 10 Seconds' });
  sim.accept(first.id, 'beth.anglin');
  clock.move(5_000);
  expect(await at(second)).toMatchObject({ position: 1 });
  expect(await at(first)).toEqual({ state: 'in_progress' });
  sim.agentDrop(first.id);
  expect(await at(first)).toMatchObject({ state: 'waiting' });
  sim.accept(first.id, 'noor.haddad');
  sim.closeChat(first.id);
  await look();
  expect(states.get(first.id)).toBe('ended');
});

test('rows are told apart: the agent by name, the platform, and nobody of what is not for the employee', async () => {
  const { desk, sim } = await startedScripted();
  const chat = await opened(desk);
  sim.accept(chat.id, 'beth.anglin');
  await desk.post({ ...words(chat, 'mine'), id: '1' }, context);
  sim.say(chat.id, { text: 'between us', workNote: true });
  sim.say(chat.id, { text: 'see this', files: [{ name: 'a.pdf', contentType: 'application/pdf', sizeBytes: 3 }] });
  sim.closeChat(chat.id);
  const { rows, state } = await desk.read(chat, startOfThread, context);
  expect(state.state).toBe('ended');
  expect(rows.map(({ author, name, text }) => [author, name, text])).toEqual([
    ['agent', 'Beth Anglin', expect.stringMatching(/^Hello/)],
    ['agent', 'Beth Anglin', 'see this'],
    ['system', undefined, 'Beth Anglin has closed the support session'],
  ]);
  expect(rows[1]?.files).toMatchObject([{ name: 'a.pdf', type: 'application/pdf', size: 3 }]);
});

test("an agent's file can be fetched", async () => {
  const { desk, files, sim } = await startedScripted();
  const chat = await opened(desk);
  const content = Buffer.from('abc').toString('base64');
  sim.say(chat.id, { text: '', files: [{ name: 'a.txt', contentType: 'text/plain', sizeBytes: 3, content }] });
  const file = (await desk.read(chat, startOfThread, context)).rows[0]?.files?.[0];
  if (!file) throw new Error('the row has no file');
  expect(Buffer.from(await files.download(file, 100, context)).toString()).toBe('abc');
});

test("what hides in an agent's words does not reach the employee", async () => {
  const { desk, sim } = await startedScripted();
  const chat = await opened(desk);
  sim.say(chat.id, { text: 'a\u0001b\u202ec' });
  expect((await desk.read(chat, startOfThread, context)).rows[0]?.text).toBe('abc');
});

test('a look that fails loses nothing: the next one brings it', async () => {
  const { desk, sim } = await startedScripted();
  const chat = await opened(desk);
  const { look, heard } = follower(desk, [chat]);
  await look();
  sim.say(chat.id, { text: 'hello' });
  const faults = [
    ['unreachable', { resetAfter: true }],
    ['malformed', { truncated: { bytes: 30 } }],
    ['unreachable', { status: { preset: 'down503' } }],
  ] as const;
  for (const [kind, fault] of faults) {
    sim.addFault({ match: { path: 'changes' }, when: { times: 1 }, do: fault });
    expect(await failureOf(look())).toMatchObject({ kind });
    sim.clearFaults();
  }
  await look();
  expect(heard).toEqual(['hello']);
});

test('rows that appear late are read by their number, though their time is old', async () => {
  const { desk, sim } = await startedScripted();
  const chat = await opened(desk);
  const { look, heard } = follower(desk, [chat]);
  await look();
  sim.addFault({ when: { times: 1 }, do: { lateRow: { ms: 1_800_000 } } });
  sim.say(chat.id, { text: 'half an hour late' });
  sim.say(chat.id, { text: 'in time' });
  await look();
  sim.clock.advance(1_800_000);
  sim.say(chat.id, { text: 'after it' });
  await look();
  expect(heard).toEqual(['in time', 'half an hour late', 'after it']);
});

test('an application that was installed anew counts from its beginning: chats are read by themselves again', async () => {
  const { desk, sim, logged } = await startedScripted();
  const chat = await opened(desk);
  sim.say(chat.id, { text: 'x', count: 5 });
  await desk.glance([chat], context);
  sim.reset({ clock: { mode: 'manual', now: morning } });
  await desk.glance([chat], context);
  expect(logged.map(([event]) => event)).toContain('servicenow_log_began_again');
  expect(await failureOf(desk.read(chat, startOfThread, context))).toMatchObject({ kind: 'not_found' });
});
