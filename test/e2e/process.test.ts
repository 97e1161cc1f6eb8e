import net from 'node:net';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import type { ServiceNowSimulator } from '../../src/simulator/servicenow/simulator';
import { closeFarSides, startFarSides } from '../support/far-sides';
import { environmentOf, eventually, type makeFolder, type Product, runProduct, startProduct } from '../support/product';
import type { TeamsChannel } from '../support/teams-channel';

let rasa: RasaSimulator;
let serviceNow: ServiceNowSimulator;
let teams: TeamsChannel;
let product: Product | undefined;
let folder: ReturnType<typeof makeFolder>;

beforeEach(async () => {
  ({ rasa, serviceNow, teams, folder } = await startFarSides());
});

afterEach(async () => {
  await product?.kill();
  product = undefined;
  await closeFarSides({ rasa, serviceNow, teams, folder });
});

const environment = () => ({ ...environmentOf(rasa, serviceNow, folder.path), ...teams.environment });

test('everything that is wrong is said on stderr, one line each, with exit code 2, and nothing listens', async () => {
  const ended = await runProduct({ PORT: 'abc', SERVICENOW_URL: 'http://far.example', RASA_TIMEOUT_MS: '-1' });
  expect(ended.code).toBe(2);
  expect(ended.stdout).toBe('');
  const names = ended.stderr
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0]);
  expect(names.sort()).toEqual(
    [
      'MicrosoftAppId',
      'PORT',
      'RASA_TIMEOUT_MS',
      'RASA_URL',
      'SERVICENOW_PASSWORD',
      'SERVICENOW_QUEUE',
      'SERVICENOW_URL',
      'SERVICENOW_USERNAME',
    ].sort(),
  );
});

test('options that the ServiceNow profile does not know are a configuration problem', async () => {
  const ended = await runProduct({ ...environment(), SERVICENOW_OPTIONS: '{"pagesize":3}' });
  expect([ended.code, ended.stderr]).toEqual([2, expect.stringMatching(/^SERVICENOW_OPTIONS .*pagesize/)]);
});

test('SIGTERM ends it with exit code 0, and the port is free again', async () => {
  product = await startProduct(environment());
  expect(await product.stop()).toBe(0);
  const free = await new Promise<boolean>((resolve) => {
    net
      .connect(product?.port ?? 0, '127.0.0.1')
      .once('error', () => resolve(true))
      .once('connect', () => resolve(false));
  });
  expect(free).toBe(true);
});

test('SIGTERM ends it within seconds also while somebody holds a connection open', async () => {
  product = await startProduct(environment());
  const socket = net.connect(product.port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.on('error', () => {});
  socket.write('POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{');
  const started = Date.now();
  expect(await product.stop()).toBe(0);
  expect(Date.now() - started).toBeLessThan(8_000);
  socket.destroy();
});

test('a database that is in use is said with its name, and the second process ends', async () => {
  product = await startProduct(environment());
  const second = await runProduct(environment());
  expect([second.code, second.stderr]).toEqual([1, expect.stringMatching(/connector\.db is in use/)]);
}, 30_000);

test('while Rasa hangs, a turn is acknowledged within 100 ms (row 33)', async () => {
  rasa.faults([{ fault: { kind: 'hang' } }]);
  product = await startProduct(environment());
  await teams.sendTo(product.url, teams.activity({ text: 'warm up' }));
  const times: number[] = [];
  for (let n = 0; n < 40; n += 1) {
    const started = performance.now();
    const { status } = await teams.sendTo(product.url, teams.activity({ text: `hello ${n}` }));
    times.push(performance.now() - started);
    expect(status).toBe(200);
  }
  expect(times.sort((one, other) => one - other)[20]).toBeLessThan(100);
});

test('one correlation id leads from the activity to the row in ServiceNow, and no log line holds a word or a name', async () => {
  product = await startProduct(environment());
  const conversation = { id: 'a:corr', conversationType: 'personal', tenantId: teams.tenantId };
  await teams.sendTo(product.url, teams.activity({ text: '/live_agent', conversation }));
  const chat = await eventually(() => serviceNow.chats()[0], 'a chat');
  const activity = teams.activity({ text: 'the-secret-word', conversation });
  await teams.sendTo(product.url, activity);
  await eventually(() => serviceNow.pane(chat.id).some((row) => row.text.includes('the-secret-word')), 'the word');
  const line = await eventually(
    () => product?.lines.find((entry) => entry.effect === 'post' && entry.event === 'effect_settled'),
    'a log line',
  );
  expect(line.correlation).toBe(activity.id);
  const log = JSON.stringify(product.lines);
  for (const secret of ['the-secret-word', 'svc-teams-password', teams.password, teams.token(), 'Ana']) {
    expect(log).not.toContain(secret);
  }
});
