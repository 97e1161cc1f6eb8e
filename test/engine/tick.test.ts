import { Tick } from '../../src/engine/tick';
import { FakeClock } from '../support/world/fake-clock';

let clock: FakeClock;
let tick: Tick;
const pass = (ms: number) => clock.step(clock.now() + ms);

beforeEach(() => {
  clock = new FakeClock();
  tick = new Tick(clock, 1_000);
});

/** News of which an event told. */
function told(times: number): void {
  for (let time = 0; time < times; time += 1) {
    expect(tick.woken()).toBe(true);
    pass(300);
    tick.news();
    pass(10_000);
  }
}

test('looks get fewer while events tell of everything, and no fewer than late rows need', () => {
  told(4);
  expect(tick.next(false)).toBe(1_000);
  told(1);
  expect(tick.next(false)).toBe(3_000);
});

test('news of which no event told brings the looks back at once', () => {
  told(8);
  tick.news();
  expect(tick.next(false)).toBe(1_000);
  told(4);
  expect(tick.next(false)).toBe(1_000);
});

test('an event alone proves nothing: it is trusted by what it led to', () => {
  for (let time = 0; time < 20; time += 1) tick.woken();
  expect(tick.next(false)).toBe(1_000);
});

test('while ServiceNow throttles looks are half as often, and events are no reason to look; little by little that passes', () => {
  tick.throttled(2_000);
  expect([tick.woken(), tick.next(false), tick.next(true)]).toEqual([false, 2_000, 2_000]);
  pass(2_000);
  expect(tick.next(false)).toBe(2_000);
  for (let look = 0; look < 20; look += 1) tick.answered();
  expect([tick.woken(), tick.next(false)]).toEqual([true, 1_000]);
});

test('what an admin has set slower than that stays as it is set', () => {
  tick = new Tick(clock, 20_000);
  told(9);
  expect(tick.next(false)).toBe(20_000);
});
