import { as, closeAll, morning, started, texts } from './support';

afterEach(closeAll);

test('a manual clock stands still until it is moved', async () => {
  const sim = await started();
  expect(sim.clock.now()).toBe(morning);
  sim.clock.advance(1_500);
  expect(sim.clock.now()).toBe(morning + 1_500);
  sim.clock.set(morning);
  expect(sim.clock.now()).toBe(morning);
});

test('a clock changes its mode and goes on from where it stands', async () => {
  const sim = await started();
  sim.clock.real();
  expect(sim.clock.now() - morning).toBeLessThan(5_000);
  sim.clock.advance(3_600_000);
  expect(sim.clock.now() - morning).toBeGreaterThanOrEqual(3_600_000);
  sim.clock.manual();
  const then = sim.clock.now();
  expect(sim.clock.now()).toBe(then);
  sim.clock.manual(morning);
  expect(sim.clock.now()).toBe(morning);
});

test('what falls due while the clock moves happens in order, each at its own time', async () => {
  const sim = await started({ config: { idleReminderMs: 120_000, idleCloseMs: 180_000 } });
  const { group } = await as(sim).open();
  sim.accept(group);
  sim.clock.advance(600_000);
  const rows = sim.pane(group).slice(-2);
  expect(rows.map((row) => [row.text, row.at - morning])).toEqual([
    ['The conversation is timing out, are you still there?', 120_000],
    ['The support session was closed.', 180_000],
  ]);
  expect((await as(sim).entry(group)).state).toBe(7);
});

test('words break the silence, the reminder does not', async () => {
  const sim = await started({ config: { idleReminderMs: 100, idleCloseMs: 150 } });
  const { group } = await as(sim).open();
  sim.accept(group);
  sim.clock.advance(90);
  await as(sim).post1(group, 'still here');
  sim.clock.advance(90);
  expect(texts(sim.pane(group)).at(-1)).toBe('still here');
  sim.clock.advance(60);
  expect((await as(sim).entry(group)).state).toBe(7);
});

test('a chat that waits is abandoned by silence, and silence can end a chat on demand', async () => {
  const sim = await started({ config: { idleCloseMs: 100 } });
  const waiting = await as(sim).open();
  sim.clock.advance(100);
  expect((await as(sim).entry(waiting.group)).state).toBe(8);
  const other = await as(sim).open();
  sim.accept(other.group);
  sim.idle(other.group);
  expect((await as(sim).entry(other.group)).state).toBe(7);
  expect(() => sim.idle(other.group)).toThrow('ended');
});

test('a time of silence that is set later holds for chats that already go on', async () => {
  const sim = await started();
  const { group } = await as(sim).open();
  sim.configure({ idleCloseMs: 100, idleCloseWording: null });
  sim.clock.advance(100);
  expect((await as(sim).entry(group)).state).toBe(8);
  expect(sim.pane(group)).toHaveLength(1);
});

test("the platform's clock can be ahead of the simulator's, in rows and in the Date header", async () => {
  const sim = await started({ config: { skewMs: 60_000 } });
  const { group } = await as(sim).open();
  expect((await as(sim).thread(group))[0]?.created_on).toBe('2026-11-18 09:01:00');
  const { headers } = await as(sim).get(`/connect/conversations/${group}`);
  expect(headers.date).toBe('Wed, 18 Nov 2026 09:01:00 GMT');
});
