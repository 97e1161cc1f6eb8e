import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clientOf } from './bot-api/support';
import { as, closeAll, control, request, started, texts } from './support';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'simulator-'));
});

afterEach(async () => {
  await closeAll();
  rmSync(folder, { recursive: true, force: true });
});

test('what happened before a restart is there after it, and ids go on', async () => {
  const stateFile = path.join(folder, 'state.json');
  const before = await started({ stateFile });
  const { group } = await as(before).open('hello');
  before.accept(group);
  before.configure({ order: 'asc' });
  before.addFault({ id: 'later', match: { path: '/leave$' }, do: { emptyBody: true } });
  const pane = before.pane(group);
  await before.close();
  const after = await started({ stateFile, seed: 'ignored' });
  expect(after.pane(group)).toEqual(pane);
  expect(after.clock.now()).toBe(before.clock.now());
  expect(texts(await as(after).thread(group))[0]).toBe('hello');
  expect((await as(after).leave(group)).text).toBe('');
  expect((await as(after).open()).group).not.toBe(group);
});

test('a conversation of the bot api goes on after a restart, and its requests are still known', async () => {
  const stateFile = path.join(folder, 'state.json');
  const before = await started({ stateFile });
  const words = { requestId: 'r-1', userId: 'u', message: { text: 'agent' } };
  await clientOf(before).send(words);
  const [chat] = before.chats();
  before.accept(chat?.id ?? '', 'beth.anglin');
  await before.close();
  const after = await started({ stateFile });
  await clientOf(after).send(words);
  await clientOf(after).send({ ...words, requestId: 'r-2', message: { text: 'still there?' } });
  expect(texts(after.pane(chat?.id ?? '')).slice(-1)).toEqual(['still there?']);
  expect(after.botRequests().map(({ outcome }) => outcome)).toEqual(['taken', 'repeated', 'taken']);
});

test('every change is stored before its call is answered', async () => {
  const stateFile = path.join(folder, 'state.json');
  const one = await started({ stateFile, config: { joinDelayMs: 5_000 } });
  const { group } = await as(one).open('hello');
  one.accept(group);
  await as(one).post1(group, 'stored');
  const two = await started({ stateFile });
  expect(texts(two.pane(group))).toEqual(['hello', 'stored']);
  two.clock.advance(5_000);
  expect(two.pane(group)).toHaveLength(3);
});

test('a file of something else is not taken for a state', async () => {
  const stateFile = path.join(folder, 'state.json');
  writeFileSync(stateFile, '{"version":99}');
  await expect(started({ stateFile })).rejects.toThrow('no state file');
});

test('the program prints its port, and a kill loses nothing', async () => {
  const program = path.join(__dirname, '../../../dist/simulator/servicenow/main.js');
  const first = await launched(program);
  const { group } = await as(first.sim).open('hello');
  await control(first.sim, 'POST', `/chats/${group}/accept`, {});
  await as(first.sim).post1(group, 'last words');
  await ended(first.process, 'SIGKILL');
  const second = await launched(program);
  const rows = (await control(second.sim, 'GET', `/chats/${group}/pane`)).json.rows;
  expect(texts(rows)).toEqual(['hello', expect.any(String), 'last words']);
  expect((await request(second.sim, { path: '/__sim/state' })).json.seed).toBe('kill');
  expect(await ended(second.process, 'SIGTERM')).toBe(0);
});

async function launched(program: string) {
  const env = {
    ...process.env,
    SIM_PORT: '0',
    SIM_SEED: 'kill',
    SIM_STATE_FILE: path.join(folder, 'state.json'),
  };
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve) => child.stdout.once('data', (text) => resolve(String(text))));
  const { listening } = JSON.parse(line) as { listening: number };
  const sim = { url: `http://127.0.0.1:${listening}` } as Parameters<typeof as>[0];
  return { process: child, sim };
}

function ended(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.kill(signal);
  });
}
