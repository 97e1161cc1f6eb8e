import { choose, chooseProfile, NoProfile } from '../../src/servicenow/auto';
import { startServiceNow } from '../../src/simulator/servicenow/simulator';
import { basic, closeAll, closing, itDesk, MovableClock, morning } from './servicenow-side';

afterEach(closeAll);

async function instance(...without: string[]) {
  const sim = closing(await startServiceNow({ clock: { mode: 'manual', now: morning } }));
  for (const path of without) sim.addFault({ match: { path }, do: { status: { preset: 'missing404' } } });
  const logged: string[] = [];
  const note = (event: string) => void logged.push(event);
  const log = { info: note, warn: note, error: note };
  const clock = new MovableClock();
  const settings = { url: sim.url, auth: basic, timeoutMs: 5_000, queue: itDesk, takesCallbacks: true, clock, log };
  return { sim, settings, logged };
}

const app = '/api/x_tlc/';
const bot = '/api/sn_va_as_service/';

test('an instance with our application is talked to through it', async () => {
  const { settings, sim } = await instance();
  expect(await choose(settings)).toMatchObject({ name: 'scripted' });
  expect(sim.journal().filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('one with the queue of Connect Support alone is talked to through that', async () => {
  const { settings } = await instance(app, bot);
  expect(await choose(settings)).toMatchObject({ name: 'connect-support' });
});

test('one that has none of them is named, with what can be done about it', async () => {
  const { settings } = await instance('/api/');
  await expect(choose(settings)).rejects.toThrow(NoProfile);
  await expect(choose(settings)).rejects.toThrow('SERVICENOW_PROFILE');
});

test('without a queue there is no Connect Support', async () => {
  const { settings } = await instance(app, bot);
  await expect(choose({ ...settings, queue: '' })).rejects.toThrow(NoProfile);
});

test.each([
  ['is down', { status: { preset: 'down503' } }],
  ['sleeps', { html: { code: 200, kind: 'hibernating' } }],
  ['throttles', { status: { preset: 'rate429', retryAfter: 1 } }],
  ['drops the connection', { resetBefore: true }],
] as const)(
  'one that %s is asked again until it answers, and it is said',
  async (_title, trouble) => {
    const { settings, sim, logged } = await instance();
    sim.addFault({ match: { path: '/api/' }, when: { times: 1 }, do: trouble });
    expect(await chooseProfile(settings)).toMatchObject({ name: 'scripted' });
    expect(logged).toEqual(['profile_undecided']);
  },
  15_000,
);
