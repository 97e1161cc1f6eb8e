import { passOnNews } from '../../src/engine/nudge';
import { type Ownership, soleOwner } from '../../src/engine/ownership';
import { FakeClock } from '../support/world/fake-clock';

test('however many say that there is news, the reader is woken at once, then four times a second at most', () => {
  const clock = new FakeClock();
  const woken: number[] = [];
  const began = clock.now();
  const heard = passOnNews(soleOwner, clock, () => woken.push(clock.now() - began));
  for (let ms = 0; ms < 1_000; ms += 10) {
    heard();
    while (clock.step(began + ms + 10));
  }
  expect(woken).toEqual([0, 250, 500, 750, 1_000]);
});

test('a process that does not read tells the one that does, and wakes nobody itself', () => {
  let listener = () => {};
  let told = 0;
  let reads = false;
  const ownership: Ownership = {
    ...soleOwner,
    readsForAll: () => reads,
    tellReader: () => {
      told += 1;
    },
    onNews: (given) => {
      listener = given;
    },
  };
  let woken = 0;
  const heard = passOnNews(ownership, new FakeClock(), () => {
    woken += 1;
  });
  heard();
  listener();
  expect([told, woken]).toEqual([1, 0]);
  reads = true;
  listener();
  expect([told, woken]).toEqual([1, 1]);
});
