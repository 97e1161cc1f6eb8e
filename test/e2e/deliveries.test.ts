import { startRasa } from '../../src/simulator/rasa/server';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import { type ServiceNowSimulator, startServiceNow } from '../../src/simulator/servicenow/simulator';
import { environmentOf, eventually, makeFolder, type Product, startProduct } from '../support/product';
import { startTeamsChannel, type TeamsChannel } from '../support/teams-channel';
import { chance } from '../support/world/mortality';

/** `REDELIVERIES=50000 npx jest test/e2e/deliveries` delivers more; `TURNS=2000` asks for more acknowledgements. */
const redeliveries = Number(process.env.REDELIVERIES ?? 2_000);
const turns = Number(process.env.TURNS ?? 300);
const employees = 10;

let rasa: RasaSimulator;
let serviceNow: ServiceNowSimulator;
let teams: TeamsChannel;
let product: Product;
const folder = makeFolder();

beforeAll(async () => {
  [rasa, serviceNow, teams] = await Promise.all([
    startRasa({ preset: 'demo' }),
    startServiceNow(),
    startTeamsChannel(),
  ]);
  product = await startProduct({ ...environmentOf(rasa, serviceNow, folder.path), ...teams.environment });
}, 40_000);

afterAll(async () => {
  await product.kill();
  await Promise.all([rasa.close(), serviceNow.close(), teams.close()]);
  folder.remove();
});

function activityOf(user: string, text: string) {
  const conversation = { id: `a:${user}`, conversationType: 'personal', tenantId: teams.tenantId };
  return teams.activity({ text, conversation, from: { id: `29:${user}`, name: user } });
}

async function send(activity: unknown): Promise<number> {
  return (await teams.sendTo(product.url, activity)).status;
}

function said(): string[] {
  return serviceNow.chats().flatMap((chat) => serviceNow.pane(chat.id).map((row) => row.text));
}

test(`${redeliveries} deliveries of turns that were taken already, many at once: no turn has an effect twice`, async () => {
  const users = Array.from({ length: employees }, (_, n) => `u${n}`);
  for (const user of users) expect(await send(activityOf(user, '/live_agent'))).toBe(200);
  await eventually(() => serviceNow.chats().length === employees, 'a chat for each');
  const activities = users.flatMap((user) =>
    Array.from({ length: 4 }, (_, n) => activityOf(user, `${user} says ${n}`)),
  );
  const random = chance(3);
  const pick = () => activities[Math.floor(random() * activities.length)];
  for (let n = 0; n < redeliveries; n += 50) {
    const statuses = await Promise.all(Array.from({ length: 50 }, () => send(pick())));
    expect(new Set(statuses)).toEqual(new Set([200]));
  }
  for (const activity of activities) expect(await send(activity)).toBe(200);
  const texts = activities.map(({ text }) => String(text));
  await eventually(() => texts.every((text) => said().includes(text)), 'all words in the threads');
  expect(
    said()
      .filter((text) => texts.includes(text))
      .sort(),
  ).toEqual(texts.sort());
}, 600_000);

test('while Rasa and ServiceNow hang, turns are acknowledged', async () => {
  rasa.faults([{ fault: { kind: 'hang' } }]);
  serviceNow.addFault({ id: 'hang', match: { path: '.' }, do: { hang: true } });
  const times: number[] = [];
  for (let n = 0; n < turns; n += 1) {
    const activity = activityOf(n % 2 === 0 ? `u${n % employees}` : `asks${n % 25}`, `while it hangs ${n}`);
    const started = performance.now();
    expect(await send(activity)).toBe(200);
    times.push(performance.now() - started);
  }
  serviceNow.removeFault('hang');
  times.sort((one, other) => one - other);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  process.stdout.write(
    `${turns} acknowledgements: p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms, longest ${at(1).toFixed(1)} ms\n`,
  );
  expect(at(0.5)).toBeLessThan(100);
}, 120_000);
