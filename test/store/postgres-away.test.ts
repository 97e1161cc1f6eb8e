import net, { type AddressInfo, type Socket } from 'node:net';
import type { Instant, TurnId } from '../../src/conversation/types';
import { type OpenedPostgres, openPostgres } from '../../src/store/postgres/open';
import { startPostgres, type TestPostgres } from '../support/postgres';
import { FakeClock } from '../support/world/fake-clock';
import { keyOf } from '../support/world/world';
import { change, effect, until } from './postgres-support/replicas';

/** The wire between the store and its database, which a test can stop. */
interface Wire {
  readonly url: string;
  /** From now on nothing comes through, and no connection breaks. */
  freeze(): void;
  /** All connections break, and new ones are refused until it is healed. */
  cut(): void;
  heal(): void;
  close(): Promise<void>;
}

async function makeWire(address: string): Promise<Wire> {
  const url = new URL(address);
  const far = { host: url.hostname, port: Number(url.port || 5432) };
  const sockets = new Set<Socket>();
  let state: 'good' | 'frozen' | 'cut' = 'good';
  const server = net.createServer((near) => {
    if (state === 'cut') return void near.resetAndDestroy();
    const onward = net.connect(far);
    for (const [from, to] of [[near, onward] as const, [onward, near] as const]) {
      sockets.add(from);
      from.on('error', () => {});
      from.on('data', (chunk: Buffer) => state === 'good' && to.write(chunk));
      from.on('close', () => {
        sockets.delete(from);
        if (state !== 'frozen') to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    freeze: () => {
      state = 'frozen';
    },
    cut: () => {
      state = 'cut';
      breakAll();
    },
    heal: () => {
      state = 'good';
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        breakAll();
      }),
  };
}

let postgres: TestPostgres;
let wire: Wire;
let opened: OpenedPostgres;
let machine: FakeClock;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.close(), 60_000);
beforeEach(async () => {
  wire = await makeWire(await postgres.database());
  machine = new FakeClock();
  opened = await openPostgres({ url: wire.url, machine, ttlMs: 60_000 });
});
afterEach(async () => {
  wire.heal();
  await opened.ownership.close();
  await opened.store.close();
  await wire.close();
});

async function times(work: Promise<unknown>): Promise<number> {
  const began = Date.now();
  await expect(work).rejects.toThrow();
  return Date.now() - began;
}

test('a database that freezes is not waited for: whatever is asked fails within seconds, and works again afterwards', async () => {
  const { store, ownership } = opened;
  await store.commit(change(0, { put: [effect(1)] }));
  wire.freeze();
  const asked = [
    store.load(keyOf()),
    store.commit(change(1, { turn: 't1' as TurnId })),
    store.due(0 as Instant, 10),
    store.check(),
    ownership.claim(keyOf('bob')),
    ...Array.from({ length: 20 }, () => store.load(keyOf())),
  ];
  const took = await Promise.all(asked.map(times));
  expect(Math.max(...took)).toBeLessThan(7_000);
  // What was on its way may or may not have arrived: taking the turn again is safe.
  wire.heal();
  await until(() =>
    store.load(keyOf()).then(
      () => true,
      () => false,
    ),
  );
  const version = (await store.load(keyOf()))?.version ?? 0;
  expect(['saved', 'seen']).toContain(await store.commit(change(version, { turn: 't1' as TurnId })));
}, 30_000);

test('a lost connection costs the questions under way, and nothing else', async () => {
  const { store } = opened;
  await store.commit(change(0, { put: [effect(1)] }));
  wire.cut();
  await expect(store.load(keyOf())).rejects.toThrow();
  await expect(store.commit(change(1))).rejects.toThrow();
  wire.heal();
  expect((await store.load(keyOf()))?.version).toBe(1);
  expect(await store.commit(change(1))).toBe('saved');
});

test('a replica whose beats do not arrive may not act, and is not ready; with the next one that does all is well', async () => {
  const { ownership, store } = opened;
  wire.cut();
  machine.step(machine.now() + 15_000);
  machine.step(machine.now() + 48_000);
  expect(ownership.mayAct()).toBe(false);
  wire.heal();
  await until(() => {
    machine.step(machine.now() + 15_000);
    return ownership.mayAct();
  });
  await store.check();
}, 20_000);

test('words that PostgreSQL cannot hold are kept as well as they can be', async () => {
  const { store } = opened;
  const text = 'a\0b\ud800c 😀';
  const conversation = { ...change(0).conversation, said: [{ at: 1 as Instant, text }] } as never;
  const line = { at: 1 as Instant, who: 'user' as const, text };
  expect(await store.commit(change(0, { conversation, lines: [line] }))).toBe('saved');
  const lines: string[] = [];
  for await (const { text: kept } of store.transcript(0 as Instant, 9 as Instant)) lines.push(kept);
  expect(lines).toEqual(['a\ufffdb\ufffdc 😀']);
  const other = await openPostgres({ url: wire.url, machine: new FakeClock() });
  expect((await other.store.load(keyOf()))?.conversation).toMatchObject({ said: [{ text }] });
  await other.ownership.close();
  await other.store.close();
});
