import { eventually, type Product } from '../support/product';
import { type Fleet, startFleet } from './support/fleet';
import { beginTalks, holds, type Talk, wrongs } from './support/talk';

/** `REDELIVERIES=50000 npx jest test/replicas/words` delivers more. */
const redeliveries = Number(process.env.REDELIVERIES ?? 2_000);

let fleet: Fleet;
beforeAll(async () => {
  fleet = await startFleet(3);
}, 40_000);
afterAll(() => fleet.close(), 30_000);

test('whichever replica takes a turn, words arrive both ways, once and in order', async () => {
  const talks = await beginTalks(fleet, ['ana', 'bob', 'cleo']);
  const words = Array.from({ length: 12 }, (_, n) => n);
  const talk = async ({ user, say, answer }: Talk) => {
    for (const n of words) {
      await say(`${user}-says-${n}`);
      answer(`to-${user}-${n}`);
    }
  };
  await Promise.all(talks.map(talk));
  for (const { user, heard, read } of talks) {
    const said = words.map((n) => `${user}-says-${n}`);
    const answered = words.map((n) => `to-${user}-${n}`);
    await eventually(() => heard().length >= said.length, 'the words of the employee');
    await eventually(
      () => answered.every((text) => read().some((line) => holds(line, text))),
      'the words of the agent',
    );
    expect([heard(), wrongs(answered, read())]).toEqual([said, []]);
    expect(read().join()).not.toMatch(/repeat/);
  }
  const posts = ({ lines }: Product) =>
    lines.filter(({ event, effect }) => event === 'effect_settled' && effect === 'post');
  expect(fleet.replicas.filter((replica) => posts(replica).length > 0).length).toBeGreaterThan(1);
}, 60_000);

test(`${redeliveries} deliveries of turns that were taken already, to all replicas at once: no turn has an effect twice`, async () => {
  const users = Array.from({ length: 6 }, (_, n) => `again${n}`);
  const talks = await beginTalks(fleet, users);
  const activities = talks.flatMap(({ user }) => {
    const conversation = { id: `a:${user}`, conversationType: 'personal', tenantId: fleet.teams.tenantId };
    const from = { id: `29:${user}`, name: user };
    return Array.from({ length: 4 }, (_, n) => fleet.teams.activity({ text: `${user}-says-${n}`, conversation, from }));
  });
  const token = fleet.teams.token();
  const pick = <T>(list: readonly T[]) => list[Math.floor(fleet.random() * list.length)] as T;
  const statuses = new Set<number>();
  for (let n = 0; n < redeliveries; n += 50) {
    const sends = Array.from({ length: 50 }, () =>
      fleet.teams.sendTo(pick(fleet.replicas).url, pick(activities), token),
    );
    for (const { status } of await Promise.all(sends)) statuses.add(status);
  }
  for (const activity of activities) await fleet.deliver(activity);
  await eventually(() => talks.every(({ heard }) => heard().length >= 4), 'all words in the threads');
  for (const { user, heard } of talks) expect(heard().sort()).toEqual([0, 1, 2, 3].map((n) => `${user}-says-${n}`));
  expect([...statuses]).toEqual([200]);
}, 600_000);
