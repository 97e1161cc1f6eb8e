import { as, closeAll, itDesk, morning, started, texts } from './support';

afterEach(closeAll);

async function chatInProgress() {
  const sim = await started();
  sim.setQueue({ id: itDesk, initialAgentResponse: '' });
  const { group } = await as(sim).open('hello');
  sim.accept(group, 'beth.anglin');
  return { sim, group: group as string };
}

test('doubleEffect stores a message twice, under two ids', async () => {
  const { sim, group } = await chatInProgress();
  sim.addFault({ match: { method: 'POST', path: '/messages$' }, when: { times: 1 }, do: { doubleEffect: true } });
  await as(sim).post1(group, 'twice');
  await as(sim).post1(group, 'once');
  const rows = sim.pane(group);
  expect(texts(rows)).toEqual(['hello', 'twice', 'twice', 'once']);
  expect(new Set(rows.map((row) => row.id)).size).toBe(4);
});

test('doubleEffect on an opening writes its first message twice into one chat', async () => {
  const { sim } = await chatInProgress();
  sim.addFault({ match: { path: '/sessions$' }, do: { doubleEffect: true } });
  const { group } = await as(sim).open('twice');
  expect(texts(sim.pane(group))).toEqual(['twice', 'twice']);
});

test('staleRead hides rows from reads until they are old enough', async () => {
  const { sim, group } = await chatInProgress();
  sim.addFault({ match: { method: 'GET' }, do: { staleRead: { ms: 5_000 } } });
  sim.clock.advance(10_000);
  sim.say(group, { text: 'new' });
  const lastInList = async () =>
    (await as(sim).get(`/connect/support/queues/${itDesk}/sessions`)).json.result[0].last_message.message;
  expect([texts(await as(sim).thread(group)), await lastInList()]).toEqual([['hello'], 'hello']);
  expect(texts(sim.pane(group))).toEqual(['hello', 'new']);
  sim.clock.advance(5_000);
  expect([texts(await as(sim).thread(group)), await lastInList()]).toEqual([['new', 'hello'], 'new']);
});

test('lateRow lets a row appear later, with its original time, behind rows that came after it', async () => {
  const { sim, group } = await chatInProgress();
  sim.addFault({ match: { user: 'beth.anglin' }, when: { times: 1 }, do: { lateRow: { ms: 8_000 } } });
  sim.clock.advance(1_000);
  sim.say(group, { text: 'late' });
  sim.clock.advance(1_000);
  sim.say(group, { text: 'prompt' });
  expect(texts(await as(sim).thread(group))).toEqual(['prompt', 'hello']);
  sim.clock.advance(7_000);
  const rows = await as(sim).thread(group);
  expect(texts(rows)).toEqual(['prompt', 'late', 'hello']);
  expect(rows[1]?.timestamp).toBe(morning + 1_000);
});

test('sameSecond lets the next rows share one second, once', async () => {
  const { sim, group } = await chatInProgress();
  sim.addFault({ match: { chat: group }, do: { sameSecond: { n: 3 } } });
  for (let n = 0; n < 4; n += 1) {
    sim.clock.advance(1_000);
    sim.say(group, { text: `row ${n}` });
  }
  const times = sim.pane(group).map((row) => row.at - morning);
  expect(times).toEqual([0, 1_000, 1_000, 1_000, 4_000]);
});

test('sameSecond leaves rows alone that its match does not mean', async () => {
  const { sim, group } = await chatInProgress();
  sim.addFault({ match: { body: '^agent' }, do: { sameSecond: { n: 5 } } });
  sim.say(group, { text: 'agent 1' });
  sim.clock.advance(2_000);
  await as(sim).post1(group, 'mine');
  sim.say(group, { text: 'agent 2' });
  expect(
    sim
      .pane(group)
      .slice(1)
      .map((row) => row.at - morning),
  ).toEqual([0, 2_000, 0]);
});

test('reorder shuffles rows and lists', async () => {
  const { sim, group } = await chatInProgress();
  sim.say(group, { text: 'row', count: 12 });
  const plain = texts(await as(sim).thread(group));
  sim.addFault({ match: { path: '/messages$' }, do: { reorder: true } });
  const shuffled = texts(await as(sim).thread(group));
  expect(shuffled).not.toEqual(plain);
  expect([...shuffled].sort()).toEqual([...plain].sort());
});

test('shortPage drops the oldest rows of a page, and the next page has them', async () => {
  const { sim, group } = await chatInProgress();
  for (let n = 1; n <= 3; n += 1) {
    sim.clock.advance(1_000);
    sim.say(group, { text: `row ${n}` });
  }
  sim.addFault({ match: { path: '/messages$' }, when: { times: 1 }, do: { shortPage: { drop: 2 } } });
  const page = await as(sim).thread(group);
  expect(texts(page)).toEqual(['row 3', 'row 2']);
  expect(texts(await as(sim).thread(group, `?before=${page[1]?.timestamp}`))).toEqual(['row 1', 'hello']);
});

test('shortPage drops the last entries of a list', async () => {
  const { sim } = await chatInProgress();
  await as(sim).open('second');
  sim.addFault({ do: { shortPage: { drop: 1 } } });
  expect((await as(sim).get(`/connect/support/queues/${itDesk}/sessions`)).json.result).toHaveLength(1);
  expect((await as(sim).get('/connect/support/sessions')).json.result).toHaveLength(1);
});

test("skew shifts the platform's clock while the rule is there, without standing in the way of other rules", async () => {
  const { sim, group } = await chatInProgress();
  const skew = sim.addFault({ do: { skew: { ms: -90_000 } } });
  sim.addFault({ id: 'broken', match: { path: '/leave$' }, do: { status: { preset: 'err500' } } });
  sim.say(group, { text: 'early' });
  expect(sim.pane(group).at(-1)?.at).toBe(morning - 90_000);
  expect((await as(sim).get('/connect/support/queues')).headers.date).toBe('Wed, 18 Nov 2026 08:58:30 GMT');
  expect((await as(sim).leave(group)).status).toBe(500);
  sim.removeFault(skew);
  sim.say(group, { text: 'right' });
  expect(sim.pane(group).at(-1)?.at).toBe(morning);
});
