import { eventually } from '../support/product';
import { type Fleet, startFleet } from './support/fleet';
import { beginTalks, figures, holds, type Talk, wrongs } from './support/talk';

/** `KILLS=100 FREEZES=200 npx jest test/replicas/takeover` tries more often. */
const kills = Number(process.env.KILLS ?? 10);
const freezes = Number(process.env.FREEZES ?? 10);

let fleet: Fleet;
let talks: Talk[];
beforeAll(async () => {
  fleet = await startFleet(2);
  talks = await beginTalks(fleet, ['ana', 'bob', 'cleo', 'dan']);
}, 60_000);
afterAll(() => fleet.close(), 30_000);

/** What was said and answered in a talk so far. */
interface Record {
  readonly talk: Talk;
  readonly said: string[];
  readonly answered: string[];
}

/** All of these are there; what is missing is named, with what the employee read last. */
async function arrived({ user, read }: Talk, texts: readonly string[], lines: () => string[]): Promise<void> {
  const missing = () => texts.filter((text) => !lines().some((line) => holds(line, text)));
  await eventually(() => missing().length === 0, 'the words of all').catch(() => {
    throw new Error(`${user}: ${missing().join(', ')} did not arrive; she read last: ${read().slice(-5).join(' | ')}`);
  });
}

async function allArrived(records: readonly Record[]): Promise<void> {
  for (const { talk, said, answered } of records) {
    await arrived(talk, said, talk.heard);
    await arrived(talk, answered, talk.read);
  }
}

const aWhile = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test(`the one who reads and owns is killed ${kills} times: the other one goes on within seconds, each way (row 46)`, async () => {
  const [talk] = talks as [Talk];
  const record: Record = { talk, said: [], answered: [] };
  const times = { owned: [] as number[], heard: [] as number[], read: [] as number[], start: [] as number[] };
  for (let n = 0; n < kills; n += 1) {
    const victim = fleet.reader();
    const [owned, said, answered] = [`kill-owned-${n}`, `kill-says-${n}`, `kill-answers-${n}`];
    record.said.push(owned, said);
    record.answered.push(answered);
    await talk.say(owned, victim);
    fleet.drop(victim);
    const killed = Date.now();
    await victim.kill();
    talk.answer(answered);
    await talk.say(said);
    const arrives = async (text: string, lines: () => string[], to: number[]) => {
      await eventually(() => lines().some((line) => holds(line, text)), text);
      to.push(Date.now() - killed);
    };
    await Promise.all([
      arrives(owned, talk.heard, times.owned),
      arrives(said, talk.heard, times.heard),
      arrives(answered, talk.read, times.read),
    ]);
    const before = Date.now();
    await fleet.grow();
    times.start.push(Date.now() - before);
  }
  const figuresOf = (list: readonly number[]) => {
    const { p50, p99 } = figures(list);
    return `p50 ${p50} ms, p99 ${p99} ms`;
  };
  process.stdout.write(
    `${kills} kills, from the kill to the next delivery: a turn that the dead one had taken ${figuresOf(times.owned)}; ` +
      `employee to agent ${figuresOf(times.heard)}; agent to employee ${figuresOf(times.read)}; a start ${figuresOf(times.start)}\n`,
  );
  expect([wrongs(record.said, talk.heard()), wrongs(record.answered, talk.read())]).toEqual([[], []]);
  expect(Math.max(...times.owned, ...times.heard, ...times.read)).toBeLessThan(8_000);
  expect(Math.max(...times.start)).toBeLessThan(15_000);
}, 1_200_000);

test(`frozen ${freezes} times in traffic for longer than its lease, a replica doubles nothing unmarked, and nothing is lost (row 47)`, async () => {
  const records: Record[] = talks.map((talk) => ({ talk, said: [], answered: [] }));
  let isOver = false;
  const converse = async ({ talk, said, answered }: Record) => {
    const known = talk.heard().length;
    for (let n = 0; !isOver; n += 1) {
      const text = `${talk.user}-says-${known + n}`;
      said.push(text);
      await talk.say(text);
      answered.push(`${talk.user}-reads-${known + n}`);
      talk.answer(`${talk.user}-reads-${known + n}`);
      await aWhile(150 + fleet.random() * 500);
    }
  };
  const traffic = Promise.all(records.map(converse));
  for (let n = 0; n < freezes; n += 1) {
    await aWhile(200 + fleet.random() * 800);
    const victim = fleet.random() < 0.7 ? fleet.reader() : fleet.replicas[n % fleet.replicas.length];
    victim?.child.kill('SIGSTOP');
    await aWhile(2_200 + fleet.random() * 800);
    victim?.child.kill('SIGCONT');
  }
  isOver = true;
  await traffic;
  await allArrived(records);
  await aWhile(3_000);
  const wrong = records.flatMap(({ talk, said, answered }) => [
    ...wrongs(said, talk.heard()),
    ...wrongs(answered, talk.read()),
  ]);
  const marked = talks.flatMap(({ read }) => read().filter((line) => /may be a repeat/.test(line))).length;
  const words = records.reduce((sum, { said, answered }) => sum + said.length + answered.length, 0);
  process.stdout.write(
    `${freezes} freezes, ${words} words: ${wrong.length} wrong, ${marked} shown again with a mark\n`,
  );
  expect(wrong).toEqual([]);
}, 3_600_000);
