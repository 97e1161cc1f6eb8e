import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import type { ServiceNowSimulator } from '../../src/simulator/servicenow/simulator';
import { closeFarSides, quietQueues, startFarSides } from '../support/far-sides';
import { environmentOf, eventually, type makeFolder, type Product, startProduct } from '../support/product';
import type { TeamsChannel } from '../support/teams-channel';
import { keepRun, percentile, readFigures, tableOf } from './figures';

const { env } = process;
const sizes = (env.BENCH_CHATS ?? '5').split(',').map(Number);
const seconds = Number(env.BENCH_SECONDS ?? 3);
const profile = env.BENCH_PROFILE ?? 'connect-support';
/** What people in a chat write, both sides together, a minute. */
const messagesPerMinute = 1.9;
const tenants = 50;

let rasa: RasaSimulator;
let serviceNow: ServiceNowSimulator;
let teams: TeamsChannel;
let product: Product;
let folder: ReturnType<typeof makeFolder>;

beforeEach(async () => {
  ({ rasa, serviceNow, teams, folder } = await startFarSides({ requireToken: false }));
  quietQueues(serviceNow);
  const { SERVICENOW_POLL_MS: _, ...environment } = environmentOf(rasa, serviceNow, folder.path);
  product = await startProduct({ ...environment, SERVICENOW_PROFILE: profile, TEAMS_ALLOWED_TENANTS: '' });
});
afterEach(async () => {
  await product.kill();
  await closeFarSides({ rasa, serviceNow, teams, folder });
}, 60_000);

const tenantOf = (user: number) => `tenant-${user % tenants}`;

function say(user: number, text: string) {
  const conversation = { id: `a:${user}`, conversationType: 'personal', tenantId: tenantOf(user) };
  const from = { id: `29:${user}`, name: `Person ${user}` };
  const channelData = { tenant: { id: tenantOf(user) } };
  return teams.sendTo(product.url, teams.activity({ text, conversation, from, channelData }), null);
}

/** So many employees in a chat with an agent each. */
async function open(count: number): Promise<string[]> {
  const chats: string[] = [];
  for (let user = 0; user < count; user += 20) {
    const some = Array.from({ length: Math.min(20, count - user) }, (_, n) => user + n);
    await Promise.all(some.map((one) => say(one, '/live_agent')));
    await eventually(() => serviceNow.chats().length >= user + some.length, 'the chats');
    for (const { id } of serviceNow.chats().slice(chats.length)) {
      serviceNow.accept(id);
      chats.push(id);
    }
  }
  await eventually(() => teams.connector.texts().filter((text) => /has joined/.test(text)).length >= count, 'agents');
  return chats;
}

interface Exchange {
  readonly toAgent: number[];
  readonly toEmployee: number[];
}

/** People write at their pace, now here and now there; how long each word took is seen at the far side. */
async function talk(chats: readonly string[]): Promise<Exchange> {
  const toAgent = new Map<string, number>();
  const toEmployee = new Map<string, number>();
  const everyMs = 60_000 / (messagesPerMinute * chats.length);
  const end = Date.now() + seconds * 1_000;
  let next = Date.now();
  for (let n = 0; Date.now() < end || n < 4; n += 1) {
    const text = `word-${n}.`;
    if (n % 2 === 0) {
      toAgent.set(text, Date.now());
      void say((n * 7) % chats.length, text);
    } else {
      toEmployee.set(text, Date.now());
      serviceNow.say(chats[(n * 7) % chats.length] ?? '', { text });
    }
    next += Math.min(everyMs, 1_000);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - Date.now())));
  }
  const arrivals = () => serviceNow.chats().flatMap(({ id }) => serviceNow.pane(id));
  await eventually(() => arrivals().filter(({ text }) => toAgent.has(text)).length === toAgent.size, 'all words there');
  const shown = () => teams.connector.seen.filter(({ text }) => /word-\d+\./.test(text));
  await eventually(() => shown().length >= toEmployee.size, 'all words here');
  const seenAt = new Map(shown().map((one) => [/word-\d+\./.exec(one.text)?.[0] ?? '', one.at]));
  return {
    toAgent: arrivals().flatMap(({ text, at }) => (toAgent.has(text) ? [at - (toAgent.get(text) ?? 0)] : [])),
    toEmployee: [...toEmployee].map(([text, at]) => (seenAt.get(text) ?? Number.NaN) - at),
  };
}

interface Row {
  readonly chats: number;
  readonly memoryMb: number;
  readonly cpuPercent: number;
  readonly loopLagMs: number;
  readonly callsPerMinute: number;
  readonly toAgentMs: readonly [number, number];
  readonly toEmployeeMs: readonly [number, number];
  readonly databaseMb: number;
}

async function measure(count: number): Promise<Row> {
  const chats = await open(count);
  const before = await readFigures(product.port);
  const began = Date.now();
  const { toAgent, toEmployee } = await talk(chats);
  const after = await readFigures(product.port);
  const tookMs = Date.now() - began;
  const both = (times: readonly number[]) => [percentile(times, 0.5), percentile(times, 0.99)] as const;
  return {
    chats: count,
    memoryMb: after.memory / 1e6,
    cpuPercent: ((after.cpu - before.cpu) / tookMs) * 100_000,
    loopLagMs: after.loopLagMs,
    callsPerMinute: ((after.serviceNowCalls - before.serviceNowCalls) / tookMs) * 60_000,
    toAgentMs: both(toAgent),
    toEmployeeMs: both(toEmployee),
    databaseMb:
      ['', '-wal'].reduce((sum, part) => sum + statSync(join(folder.path, `connector.db${part}`)).size, 0) / 1e6,
  };
}

const rows: Row[] = [];

test.each(sizes)(
  'what %i live chats cost',
  async (count) => {
    rows.push(await measure(count));
    expect(rows.at(-1)?.toAgentMs[0]).toBeGreaterThanOrEqual(0);
  },
  600_000,
);

afterAll(() => {
  const head = [
    'chats',
    'memory MB',
    'CPU %',
    'loop lag p99 ms',
    'ServiceNow calls/min',
    'to agent p50/p99 ms',
    'to employee p50/p99 ms',
    'database MB',
  ];
  const shown = rows.map((row) => [
    String(row.chats),
    row.memoryMb.toFixed(0),
    row.cpuPercent.toFixed(1),
    row.loopLagMs.toFixed(0),
    row.callsPerMinute.toFixed(0),
    row.toAgentMs.join(' / '),
    row.toEmployeeMs.join(' / '),
    row.databaseMb.toFixed(1),
  ]);
  const words = `${messagesPerMinute} messages per chat-minute`;
  process.stdout.write(`${profile}, ${seconds} s each, ${words}\n${tableOf([head, ...shown])}\n`);
  keepRun(env.BENCH_KEEP, `live-chats-${profile}`, rows);
});
