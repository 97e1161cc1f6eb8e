import { ApiFailure, type FailureKind } from '../../src/conversation/failures';
import { Breaker } from '../../src/engine/breaker';
import { underMandate } from '../../src/engine/mandate';
import { FakeClock } from '../support/world/fake-clock';
import { silentLog } from '../support/world/world';

/** A far side that answers, or fails as the test says, and remembers who called it and when. */
class FarSide {
  readonly clock = new FakeClock();
  readonly calls: string[] = [];
  readonly times: number[] = [];
  trouble: FailureKind | undefined;
  readonly breaker: Breaker;

  constructor(throttlesAll = true) {
    this.breaker = new Breaker({
      upstream: 'servicenow',
      clock: this.clock,
      log: silentLog,
      random: () => 0.99,
      throttlesAll,
    });
  }

  /** What the caller learns: `ok`, the kind of failure, or that the far side was not called. */
  call(name: string, urgency: 'words' | 'reads' = 'words'): Promise<string> {
    const work = async () => {
      this.calls.push(name);
      this.times.push(this.clock.now());
      if (this.trouble) throw failure(this.trouble);
    };
    return this.breaker.call(urgency, work).then(
      () => 'ok',
      (error: ApiFailure) => (error.heldBack ? `not called, ${error.kind}` : error.kind),
    );
  }

  async passes(milliseconds: number): Promise<void> {
    const until = this.clock.now() + milliseconds;
    do for (let n = 0; n < 5; n += 1) await new Promise((resolve) => setImmediate(resolve));
    while (this.clock.step(until));
  }

  async breakDown(): Promise<void> {
    this.trouble = 'unreachable';
    for (let n = 0; n < 5; n += 1) await this.call('failing');
    this.calls.length = 0;
    this.times.length = 0;
  }
}

function failure(kind: FailureKind): ApiFailure {
  const retryAfterMs = kind === 'throttled' ? 20_000 : undefined;
  return new ApiFailure({ upstream: 'servicenow', kind, certain: true, message: 'fake', retryAfterMs });
}

test('after five failures in a row the far side is left alone, and callers learn at once that nothing happened', async () => {
  const far = new FarSide();
  far.trouble = 'unreachable';
  const told = [];
  for (let n = 0; n < 7; n += 1) told.push(await far.call('x'));
  const [failed, held] = ['unreachable', 'not called, unreachable'];
  expect(told).toEqual([failed, failed, failed, failed, failed, held, held]);
  expect(far.calls).toHaveLength(5);
});

test('a success in between, or an answer that says no, starts the count anew', async () => {
  const far = new FarSide();
  for (const kind of ['refused', 'not_found', 'rejected', undefined] as const) {
    far.trouble = 'unreachable';
    for (let n = 0; n < 4; n += 1) await far.call('x');
    far.trouble = kind;
    await far.call('x');
  }
  expect(far.breaker.state).toBe('closed');
});

test('while it is left alone one call at a time tries, with growing pauses of at most eight seconds', async () => {
  const far = new FarSide();
  await far.breakDown();
  for (let second = 0; second < 60; second += 1) {
    await Promise.all([far.call('x'), far.call('x'), far.call('x')]);
    await far.passes(1_000);
  }
  const pauses = far.times.slice(1).map((time, index) => time - (far.times[index] ?? 0));
  expect(pauses.slice(0, 2)).toEqual([2_000, 4_000]);
  expect(new Set(pauses.slice(2))).toEqual(new Set([8_000]));
});

test('when it answers again, words go before reads, and no faster than was usual', async () => {
  const far = new FarSide();
  for (let second = 0; second < 60; second += 1) {
    for (let n = 0; n < 20; n += 1) void far.call('usual');
    await far.passes(1_000);
  }
  await far.breakDown();
  await far.passes(9_000);
  far.trouble = undefined;
  expect(await far.call('trial')).toBe('ok');
  for (let n = 0; n < 50; n += 1) void far.call(`read ${n}`, 'reads');
  for (let n = 0; n < 50; n += 1) void far.call(`word ${n}`, 'words');
  await far.passes(1_000);
  expect(far.calls.length).toBeGreaterThan(15);
  expect(far.calls.length).toBeLessThanOrEqual(24);
  await far.passes(9_000);
  const words = far.calls.filter((name) => name.startsWith('word'));
  expect(far.calls.slice(1, 51)).toEqual(words);
  expect(far.calls).toHaveLength(101);
});

test('when what piled up is through, nobody waits any more', async () => {
  const far = new FarSide();
  await far.breakDown();
  await far.passes(9_000);
  far.trouble = undefined;
  await far.call('trial');
  await far.passes(30_000);
  const told = Array.from({ length: 100 }, () => far.call('x'));
  expect(await Promise.all(told)).toEqual(Array.from({ length: 100 }, () => 'ok'));
});

test('a Retry-After of the instance is obeyed by all calls (row 21)', async () => {
  const far = new FarSide();
  far.trouble = 'throttled';
  await far.call('x');
  far.trouble = undefined;
  expect(await far.call('y')).toBe('not called, throttled');
  await far.passes(20_000);
  expect(await far.call('z')).toBe('ok');
  expect(far.calls).toEqual(['x', 'z']);
});

test('a Retry-After that is meant for one conversation holds back no other', async () => {
  const far = new FarSide(false);
  far.trouble = 'throttled';
  await far.call('x');
  far.trouble = undefined;
  expect(await far.call('y')).toBe('ok');
});

test('what a process missed while it slept over its lease says nothing about the far side', async () => {
  const side = new FarSide();
  side.trouble = 'unreachable';
  let isOurs = true;
  const missed = Array.from({ length: 8 }, () =>
    underMandate(
      () => isOurs,
      () => side.call('word'),
    ),
  );
  isOurs = false;
  await Promise.all(missed);
  side.trouble = undefined;
  expect(await side.call('next')).toBe('ok');
  expect(side.breaker.state).toBe('closed');
});
