import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, makeFolder } from '../support/product';
import { aWhile, type Stage, setStage } from './support/stage';

/** A disk of so many megabytes in memory; nothing where this machine does not let us have one. */
function makeSmallDisk(megabytes: number): { readonly path: string; remove(): void } | undefined {
  const folder = makeFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder.path], { stdio: 'ignore' });
  } catch {
    folder.remove();
    return undefined;
  }
  const remove = () => {
    execFileSync('umount', ['-l', folder.path]);
    folder.remove();
  };
  return { path: folder.path, remove };
}

const disk = makeSmallDisk(8);
const onSmallDisk = disk ? describe : describe.skip;
if (!disk)
  process.stdout.write('disk-full: a small disk can be had by root on Linux only; this test is skipped here\n');

let stage: Stage;
let chat: string;

/** Takes all the room that is left, to the last page; what comes back makes room again. */
function fill(): () => void {
  const ballast = join(disk?.path ?? '', 'ballast');
  for (const size of [65_536, 4_096]) {
    try {
      for (;;) appendFileSync(ballast, Buffer.alloc(size));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
  return () => rmSync(ballast);
}

const ask = async (path: string) => (await fetch(`http://127.0.0.1:${stage.product.port}${path}`)).status;
const long = 'x'.repeat(3_000);

onSmallDisk('on a small disk', () => {
  beforeAll(async () => {
    stage = await setStage(async () => ({ DATABASE_URL: `file:${join(disk?.path ?? '', 'connector.db')}` }));
    chat = await stage.toAgent();
  }, 40_000);

  afterAll(async () => {
    await stage.close();
    disk?.remove();
  }, 30_000);

  test('the disk is full: nothing is acknowledged that is not kept, the log says so, and when there is room again all goes on without a restart (row 45)', async () => {
    const { say, posted, read, serviceNow, product } = stage;
    const words = Array.from({ length: 40 }, (_, n) => ({ text: `word ${n} ${long}`, id: `full ${n}` }));
    const makeRoom = fill();
    const statuses: unknown[] = [];
    for (const { text, id } of words) statuses.push(await say(text, id));
    expect(new Set(statuses).has(503)).toBe(true);
    serviceNow.say(chat, { agent: 'beth.anglin', text: 'said while the disk was full' });
    await aWhile(1_500);
    expect(product.lines).toContainEqual(expect.objectContaining({ event: 'turn_refused', reason: 'not_stored' }));
    expect(await ask('/healthz')).toBe(200);
    makeRoom();
    for (const { text, id } of words) await eventually(async () => (await say(text, id)) === 200, 'a 200');
    await eventually(() => posted().length >= 40, 'all words');
    await eventually(() => read().some((text) => /while the disk was full/.test(text)), 'the words of the agent');
    await aWhile(1_500);
    expect([...posted()].sort()).toEqual(words.map(({ text }) => text).sort());
    expect(read().filter((text) => /while the disk was full/.test(text))).toHaveLength(1);
    expect(await ask('/readyz')).toBe(200);
  }, 90_000);

  test('while the disk is full the process says that it is not ready (row 45)', async () => {
    const makeRoom = fill();
    try {
      for (let n = 0; n < 40; n += 1) await stage.say(`more ${n} ${long}`, `more ${n}`);
      expect(await ask('/readyz')).toBe(503);
    } finally {
      makeRoom();
    }
  }, 60_000);
});
