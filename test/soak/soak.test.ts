import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Instant } from '../../src/conversation/types';
import { SqliteStore } from '../../src/store/sqlite/store';
import { chance } from '../support/world/mortality';
import { World } from '../support/world/world';

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;

/** Hours of help desk time that are played. `SOAK_HOURS=8 npx jest test/soak` is the long run. */
const hours = Number(process.env.SOAK_HOURS ?? 2);
const employees = 60;
const minutesPerHour = 60;
const limits = { perConversation: [{ count: 7, perMs: 1_000 }], perTenant: { count: 1_000, perMs: 1_000 } };

/** A help desk over hours: employees come, wait, talk, and end their chats in every way; now and then ServiceNow is away. */
class Desk {
  readonly random = chance(11);
  readonly world: World;
  said = 0;

  constructor(readonly store: SqliteStore) {
    this.world = new World({ store, limits, seed: 5 });
  }

  async minute(n: number): Promise<void> {
    const { world } = this;
    const isAway = n % 97 > 93;
    world.serviceNow.trouble = () => (isAway ? { how: 'refused', kind: 'unreachable' } : undefined);
    for (let event = 0; event < 12; event += 1) await this.somethingHappens();
    await world.passes(60_000);
  }

  private async somethingHappens(): Promise<void> {
    const { world } = this;
    const user = `u${Math.floor(this.random() * employees)}`;
    const chat = world.serviceNow.chats.find((one) => one.request.user.id === user && one.state !== 'ended');
    const dice = this.random();
    this.said += 1;
    if (!chat) await world.deliver(dice < 0.5 ? '/live_agent' : `question ${this.said}`, { user });
    else if (chat.state === 'waiting') world.serviceNow.accept(chat);
    else if (dice < 0.4) await world.deliver(`word ${this.said}`, { user });
    else if (dice < 0.8) world.serviceNow.say('Beth', `answer ${this.said}`, { chat });
    else if (dice < 0.9) await world.deliver('/end_chat', { user });
    else world.serviceNow.close('Beth', chat);
  }

  /** What the far sides remember is not the connector's; what is old is forgotten, as the sweeper does every hour. */
  async hourIsOver(): Promise<void> {
    const { world, store } = this;
    world.teams.shown.length = 0;
    world.teams.updates.length = 0;
    world.serviceNow.calls.length = 0;
    world.serviceNow.notices.length = 0;
    world.assistant.asked.length = 0;
    world.assistant.news.length = 0;
    world.assistant.forget();
    const { chats } = world.serviceNow;
    chats.splice(0, chats.length, ...chats.filter((chat) => chat.state !== 'ended'));
    const old = (world.clock.now() - 3_600_000) as Instant;
    await store.forget({ seen: old, ledger: old, sends: old });
  }
}

function heap(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

test(`${hours} hours at the help desk: no memory, handle or chat is left behind`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'soak-'));
  const store = await SqliteStore.open({ file: join(folder, 'soak.db') });
  const desk = new Desk(store);
  const memory: number[] = [];
  const handles: number[] = [];
  for (let hour = 0; hour < hours; hour += 1) {
    for (let minute = 0; minute < minutesPerHour; minute += 1) await desk.minute(hour * minutesPerHour + minute);
    await desk.hourIsOver();
    memory.push(heap());
    handles.push(process.getActiveResourcesInfo().length);
  }
  const { world } = desk;
  world.serviceNow.trouble = () => undefined;
  for (let n = 0; n < employees; n += 1) await world.deliver('/end_chat', { user: `u${n}` });
  await world.passes(120_000);
  const stuck = world.serviceNow.chats.filter((chat) => chat.state !== 'ended' || chat.leaves === 0);
  const first = memory[Math.min(1, memory.length - 1)] ?? 1;
  const drift = ((memory.at(-1) ?? 0) - first) / first;
  process.stdout.write(
    `${desk.said} events; heap after each hour ${memory.map((bytes) => (bytes / 1e6).toFixed(1)).join(' ')} MB; drift after the first two ${(drift * 100).toFixed(2)} %; handles ${handles.join(' ')}\n`,
  );
  await store.close();
  rmSync(folder, { recursive: true, force: true });
  expect(stuck.filter((chat) => chat.state !== 'ended')).toEqual([]);
  expect(world.reader.watching).toBe(0);
  expect(handles.at(-1)).toBeLessThanOrEqual((handles[0] ?? 0) + 1);
  if (hours > 2) expect(drift).toBeLessThan(0.02);
}, 1_200_000);
