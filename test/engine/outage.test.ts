import { MemoryStore } from '../../src/store/memory';
import { World } from '../support/world/world';

const chats = 500;
const minute = 60_000;
const wide = {
  perConversation: [{ count: 7, perMs: 1_000 }],
  perTenant: { count: 10_000, perMs: 1_000 },
};

/** The help desk of a company on an ordinary day: so many live chats, and every second a few people write. */
class Day {
  readonly world = new World({ limits: wide, store: new MemoryStore() });
  /** When ServiceNow was called. */
  readonly calls: number[] = [];
  isAway = false;
  private said = 0;

  async begin(): Promise<void> {
    const { world } = this;
    for (let n = 0; n < chats; n += 1) await world.deliver('/live_agent', { user: `u${n}` });
    await world.settle();
    for (const chat of world.serviceNow.chats) {
      world.serviceNow.accept(chat);
      world.serviceNow.say('Beth', 'Hi', { chat });
    }
    await world.passes(minute);
    world.serviceNow.trouble = () => {
      if (this.isAway) return { how: 'refused', kind: 'unreachable' };
      this.calls.push(world.clock.now());
      return undefined;
    };
  }

  agentSays(): string {
    this.said += 1;
    const text = `agent ${this.said}`;
    this.world.serviceNow.say('Beth', text, { chat: this.world.serviceNow.chats[(this.said * 7) % chats] });
    return text;
  }

  async employeeSays(): Promise<string> {
    this.said += 1;
    const text = `employee ${this.said}`;
    await this.world.deliver(text, { user: `u${(this.said * 11) % chats}` });
    return text;
  }

  /** People on both sides write, and time passes. */
  async talk(seconds: number): Promise<string[]> {
    const said: string[] = [];
    for (let second = 0; second < seconds; second += 1) {
      said.push(this.agentSays(), await this.employeeSays(), await this.employeeSays());
      await this.world.passes(1_000);
    }
    return said;
  }

  /** The most calls per second, over any ten seconds of the time since then. */
  mostSince(since: number): number {
    const times = this.calls.filter((at) => at >= since);
    return Math.max(...times.map((at) => times.filter((other) => other >= at && other < at + 10_000).length)) / 10;
  }
}

test('ServiceNow away for a quarter of an hour with 500 live chats: all survive, all is delivered within a minute, and the return is no stampede (row 23)', async () => {
  const day = new Day();
  const { world } = day;
  await day.begin();
  await day.talk(90);
  const from = world.clock.now();
  await day.talk(60);
  const steady = day.mostSince(from);
  day.isAway = true;
  for (const second of Array.from({ length: 14 * 60 }, (_, n) => n)) if (second % 60 === 0) await world.passes(minute);
  const said = Array.from({ length: 100 }, () => day.agentSays());
  await world.passes(30_000);
  for (let n = 0; n < 60; n += 1) said.push(await day.employeeSays());
  await world.passes(30_000);
  const returned = world.clock.now();
  day.isAway = false;
  said.push(...(await day.talk(60)));
  const seen = new Set([
    ...world.teams.shown.map((one) => one.text),
    ...world.serviceNow.chats.flatMap((chat) => world.serviceNow.posted(chat)),
  ]);
  expect(said.slice(0, 160).filter((text) => !seen.has(text))).toEqual([]);
  await world.passes(5_000);
  const all = [
    ...world.teams.shown.map((one) => one.text),
    ...world.serviceNow.chats.flatMap((chat) => world.serviceNow.posted(chat)),
  ];
  expect(said.filter((text) => all.filter((other) => other === text).length !== 1)).toEqual([]);
  expect(world.serviceNow.chats.filter((chat) => chat.state !== 'in_progress')).toEqual([]);
  const load = day.mostSince(returned) / steady;
  process.stdout.write(`load on return: ${load.toFixed(2)} x steady (${steady} calls/s)\n`);
  expect(load).toBeLessThanOrEqual(1.2);
  const told = world.teams.shown.filter((one) => one.text === '[support_interrupted]').length;
  const again = world.teams.shown.filter((one) => one.text === '[support_goes_on]').length;
  expect([told, again]).toEqual([chats, chats]);
}, 120_000);
