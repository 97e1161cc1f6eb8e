import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { connectControl } from '../../src/control/client';
import { controlPath } from '../../src/control/path';
import { type Control, startControl } from '../../src/control/server';
import type { Instant } from '../../src/conversation/types';
import type { Log } from '../../src/engine/ports';
import { keyOf, World } from '../support/world/world';

let folder: string;
let world: World;
let control: Control | undefined;
let logged: Record<string, unknown>[];
const note = (event: string, fields?: object) => void logged.push({ event, ...fields });
const log: Log = { info: note, warn: note, error: note };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ctl-'));
  logged = [];
  world = new World();
  await world.says('where is the secret printer');
});

afterEach(async () => {
  await control?.close();
  control = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const file = () => join(folder, 'c.db');

async function start(path = controlPath(file())): Promise<void> {
  const offer = world.engine.offer.bind(world.engine);
  control = await startControl({ path, store: world.store, offer, log });
}

async function connected() {
  const client = await connectControl(file());
  if (!client) throw new Error('nobody is listening');
  return client;
}

/** One request as it goes over the socket. */
function call(route: string, body: string, method = 'POST'): Promise<[number | undefined, unknown]> {
  return new Promise((resolve, reject) => {
    const one = request({ socketPath: controlPath(file()), path: `/${route}`, method, agent: false }, (response) => {
      let text = '';
      response.on('data', (data: Buffer) => {
        text += data.toString();
      });
      response.on('end', () => resolve([response.statusCode, JSON.parse(text)]));
    });
    one.on('error', reject);
    one.end(body);
  });
}

test('the running connector tells the trail, without words', async () => {
  await start();
  const trail = await (await connected()).trail('t1');
  expect(trail).toEqual(await world.store.trail('t1', 99));
  expect(trail.effects.map(({ type, state }) => [type, state])).toEqual([
    ['ask', 'done'],
    ['show', 'done'],
  ]);
  expect(JSON.stringify(trail)).not.toMatch(/printer|ANA/);
});

test('the running connector lists what was given up and puts it back to work', async () => {
  world.teams.trouble = () => ({ how: 'refused', kind: 'rejected' });
  await world.says('hello');
  world.teams.trouble = () => undefined;
  await start();
  const client = await connected();
  const [entry, ...more] = await client.givenUp(0 as Instant);
  expect([entry?.type, more]).toEqual(['show', []]);
  const { settledAt = 0 as Instant, key = keyOf(), seq = 0 } = entry ?? {};
  expect(await client.givenUp(0 as Instant, { settledAt, key, seq })).toEqual([]);
  expect(await client.redrive(key, seq)).toEqual({ outcome: 'redriven' });
  await world.settle();
  expect(world.teams.seenBy().at(-1)).toBe('you said hello');
  expect(await client.redrive(key, seq)).toEqual({ outcome: 'refused', reason: 'redriven_before' });
  expect(JSON.stringify(logged)).not.toMatch(/hello/);
});

test('the running connector gives out what was said', async () => {
  await start();
  const lines: string[] = [];
  for await (const line of (await connected()).transcript(0 as Instant, 9e15 as Instant)) lines.push(line.text);
  expect(lines).toEqual(['where is the secret printer', 'you said where is the secret printer']);
});

test('a transcript that ends in the middle is not taken for a whole one', async () => {
  world.store.transcript = async function* () {
    yield { key: keyOf(), at: 1 as Instant, who: 'user', text: 'one' };
    throw new Error('disk gone');
  };
  await start();
  const read = async () => {
    for await (const _line of (await connected()).transcript(0 as Instant, 9 as Instant));
  };
  await expect(read()).rejects.toThrow();
  expect(logged).toEqual([{ event: 'control_failed', route: '/transcript', error: 'Error' }]);
});

test('the socket belongs to the user of the connector alone, and is gone when the connector is', async () => {
  await start();
  expect(statSync(`${file()}.sock`).mode & 0o777).toBe(0o600);
  await control?.close();
  expect(readdirSync(folder)).toEqual([]);
  expect(await connectControl(file())).toBeUndefined();
});

test('what is not asked as agreed is refused, and says what is wrong with it', async () => {
  await start();
  expect(await call('trail', '{"id":7}')).toEqual([400, { error: 'id' }]);
  expect(await call('trail', 'no json')).toEqual([400, { error: 'invalid_type' }]);
  expect(await call('redrive', '{"key":"k","seq":0}')).toEqual([400, { error: 'seq' }]);
  expect(await call('given_up', '{"since":1,"more":2}')).toEqual([400, { error: 'unrecognized_keys' }]);
  expect(await call('nothing', '{}')).toEqual([404, { error: 'unknown route' }]);
  expect(await call('toString', '{}')).toEqual([404, { error: 'unknown route' }]);
  expect(await call('trail', '', 'GET')).toEqual([404, { error: 'unknown route' }]);
  expect(await call('trail', `{"id":"${'x'.repeat(100_000)}"}`)).toEqual([413, { error: 'too large' }]);
});

test('a fault is logged by its kind and answered as one, and the next question is answered', async () => {
  await start();
  const { trail } = world.store;
  world.store.trail = async () => Promise.reject(new RangeError('secret printer'));
  expect(await call('trail', '{"id":"t1"}')).toEqual([500, { error: 'fault' }]);
  await expect((await connected()).trail('t1')).rejects.toThrow(/does not answer trail \(500\)/);
  expect(logged[0]).toEqual({ event: 'control_failed', route: '/trail', error: 'RangeError' });
  world.store.trail = trail;
  expect((await (await connected()).trail('t1')).received).toHaveLength(1);
});

test('a socket that a killed process left behind is replaced', async () => {
  const path = controlPath(file());
  const listen = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', listen]);
  expect(statSync(path).isSocket()).toBe(true);
  expect(await connectControl(file())).toBeUndefined();
  await start();
  expect(await connectControl(file())).toBeDefined();
});

test('a connector whose socket cannot be made works all the same, and the log says why', async () => {
  const path = controlPath(file());
  writeFileSync(path, 'a file of somebody');
  await start();
  expect(logged).toEqual([{ event: 'control_unavailable', code: 'EADDRINUSE' }]);
  expect(statSync(path).isFile()).toBe(true);
  expect(await connectControl(file())).toBeUndefined();
});

test('a name that is too long for a socket is replaced by a short one, the same for both sides', async () => {
  const deep = join(folder, 'd'.repeat(90), 'c.db');
  mkdirSync(dirname(deep));
  writeFileSync(deep, '');
  const path = controlPath(deep);
  expect(dirname(path)).toBe(tmpdir());
  await start(path);
  expect(await (await connectControl(deep))?.trail('nobody')).toEqual({ received: [], effects: [] });
});
