import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startRasa } from '../../src/simulator/rasa/server';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import { type ServiceNowSimulator, startServiceNow } from '../../src/simulator/servicenow/simulator';
import { environmentOf, eventually, makeFolder, type Product, startProduct } from '../support/product';
import { startTeamsChannel, type TeamsChannel } from '../support/teams-channel';

interface Told {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly traceId: string;
  readonly spanId: string;
  readonly parent?: string;
}

const listener = join(__dirname, '..', 'support', 'trace-listener.js');

let rasa: RasaSimulator;
let serviceNow: ServiceNowSimulator;
let teams: TeamsChannel;
let product: Product | undefined;
const folder = makeFolder();
const file = join(folder.path, 'spans');

beforeAll(async () => {
  [rasa, serviceNow, teams] = await Promise.all([
    startRasa({ preset: 'demo' }),
    startServiceNow(),
    startTeamsChannel(),
  ]);
}, 30_000);

afterAll(async () => {
  await product?.kill();
  await Promise.all([rasa.close(), serviceNow.close(), teams.close()]);
  folder.remove();
});

const start = (more: Readonly<Record<string, string>> = {}) =>
  startProduct({
    ...environmentOf(rasa, serviceNow, folder.path),
    ...teams.environment,
    SERVICENOW_OPTIONS: '{"lateEffectMs":200}',
    NODE_OPTIONS: `--require "${listener}"`,
    TRACE_FILE: file,
    ...more,
  });

function spans(): Told[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter(Boolean).map((line) => JSON.parse(line) as Told);
}

function way(span: Told, all: readonly Told[]): string[] {
  const parent = all.find(({ spanId }) => spanId === span.parent);
  return [...(parent ? way(parent, all) : []), span.name];
}

test('one trace leads from the activity to the row in ServiceNow, over the death of the process and to the last span', async () => {
  product = await start();
  await teams.sendTo(product.url, teams.activity({ text: '/live_agent' }));
  const chat = await eventually(() => serviceNow.chats()[0], 'a chat');
  serviceNow.addFault({ id: 'hang', match: { method: 'POST', path: '.' }, do: { hang: true } });
  const activity = teams.activity({ text: 'the-secret-word' });
  await teams.sendTo(product.url, activity);
  const isTold = ({ name, attributes }: Told) =>
    name === 'take user_spoke' && attributes['connector.correlation'] === activity.id;
  await eventually(() => spans().some(isTold), 'the turn in the traces');
  await product.kill();
  serviceNow.removeFault('hang');
  product = await start({ TRACE_LATE: '1' });
  const row = await eventually(
    () => serviceNow.pane(chat.id).find(({ text }) => text.includes('the-secret-word')),
    'the word',
  );
  const settled = { event: 'effect_settled', effect: 'post', correlation: activity.id };
  await eventually(() => product?.lines.find((line) => matches(line, settled)), 'its end');
  expect(spans().filter(({ name }) => name === 'carry post')).toEqual([]);
  expect(await product.stop()).toBe(0);
  const all = spans();
  const [carried] = all.filter(({ name }) => name === 'carry post').slice(-1);
  expect(carried && way(carried, all)).toEqual(['turn', 'take user_spoke', 'carry post']);
  expect(carried?.attributes).toMatchObject({ 'connector.outcome': 'done', 'connector.row': row.id });
  const told = JSON.stringify(all);
  const secrets = ['the-secret-word', 'svc-teams-password', teams.password, teams.token(), 'Ada'];
  expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
}, 40_000);

function matches(line: Readonly<Record<string, unknown>>, wanted: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(wanted).every(([name, value]) => line[name] === value);
}
