import { as, beth, closeAll, started } from './support';

afterEach(closeAll);

const broken = { status: { code: 500 } };
const queues = '/connect/support/queues';

async function statuses(count: number, call: () => Promise<{ status: number }>): Promise<number[]> {
  const seen = [];
  for (let n = 0; n < count; n += 1) seen.push((await call()).status);
  return seen;
}

test('a rule means a method, a path, a user, a chat or a body', async () => {
  const sim = await started();
  const one = await as(sim).open('one');
  const two = await as(sim).open('two');
  const messages = (chat: string) => as(sim).get(`/connect/conversations/${chat}/messages`);
  const only = async (
    match: object,
    hit: () => Promise<{ status: number }>,
    miss: () => Promise<{ status: number }>,
  ) => {
    sim.clearFaults();
    sim.addFault({ match, do: broken });
    expect((await hit()).status).toBe(500);
    expect((await miss()).status).toBeLessThan(300);
  };
  await only(
    { method: 'post' },
    () => as(sim).post1(one.group, 'x'),
    () => messages(one.group),
  );
  await only(
    { path: 'messages$' },
    () => messages(one.group),
    () => as(sim).get(queues),
  );
  await only(
    { user: 'beth.anglin' },
    () => as(sim, beth).get(queues),
    () => as(sim).get(queues),
  );
  await only(
    { chat: one.group },
    () => messages(one.group),
    () => messages(two.group),
  );
  await only(
    { body: 'secret' },
    () => as(sim).post1(one.group, 'a secret'),
    () => as(sim).post1(one.group, 'nothing'),
  );
});

test('the first rule that matches and is due wins', async () => {
  const sim = await started();
  sim.addFault({ match: { path: 'nowhere' }, do: { status: { code: 501 } } });
  sim.addFault({ when: { nth: 2 }, do: { status: { code: 502 } } });
  sim.addFault({ do: { status: { code: 503 } } });
  sim.addFault({ do: { status: { code: 504 } } });
  expect(await statuses(3, () => as(sim).get(queues))).toEqual([503, 502, 503]);
});

test('nth, every and times choose among the matching calls', async () => {
  const sim = await started();
  const calls = (when: object) => {
    sim.clearFaults();
    sim.addFault({ when, do: broken });
    return statuses(6, () => as(sim).get(queues));
  };
  expect(await calls({ nth: 3 })).toEqual([200, 200, 500, 200, 200, 200]);
  expect(await calls({ every: 2 })).toEqual([200, 500, 200, 500, 200, 500]);
  expect(await calls({ times: 2 })).toEqual([500, 500, 200, 200, 200, 200]);
  expect(await calls({ every: 2, times: 1 })).toEqual([200, 500, 200, 200, 200, 200]);
});

test('a probability is met about as often as it says, and the same calls are hit again for the same seed', async () => {
  const run = async (seed: number) => {
    const sim = await started({ seed });
    sim.addFault({ id: 'sometimes', when: { probability: 0.3 }, do: broken });
    return statuses(100, () => as(sim).get(queues));
  };
  const [one, two, other] = [await run(1), await run(1), await run(2)];
  expect(two).toEqual(one);
  expect(other).not.toEqual(one);
  const hits = one.filter((status) => status === 500).length;
  expect(hits).toBeGreaterThan(15);
  expect(hits).toBeLessThan(45);
});

test('a window opens and closes so long after the rule was added', async () => {
  const sim = await started();
  sim.addFault({ when: { fromMs: 1_000, toMs: 2_000 }, do: broken });
  const status = async () => (await as(sim).get(queues)).status;
  expect(await status()).toBe(200);
  sim.clock.advance(1_000);
  expect(await status()).toBe(500);
  sim.clock.advance(1_000);
  expect(await status()).toBe(200);
});

test('a rule goes by its id, or all of them at once; the same id replaces a rule', async () => {
  const sim = await started();
  const first = sim.addFault({ do: { status: { code: 501 } } });
  sim.addFault({ id: 'mine', do: { status: { code: 502 } } });
  sim.removeFault(first);
  expect((await as(sim).get(queues)).status).toBe(502);
  sim.addFault({ id: 'mine', do: { status: { code: 503 } } });
  expect((await as(sim).get(queues)).status).toBe(503);
  sim.clearFaults();
  expect((await as(sim).get(queues)).status).toBe(200);
});

test('a rule that says nothing, or something unknown, is refused', async () => {
  const sim = await started();
  expect(() => sim.addFault({ do: {} })).toThrow('needs an action');
  expect(() => sim.addFault({ match: { path: '(' }, do: broken })).toThrow('regular expression');
  expect(() => sim.addFault({ do: { status: {} } })).toThrow('preset or a code');
  expect(() => sim.addFault(JSON.parse('{"do":{"explode":true}}'))).toThrow();
  expect(sim.state().faults).toEqual([]);
});
