import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { PendingEffect } from '../../src/conversation/effects';
import type { TurnId } from '../../src/conversation/types';
import type { Change, Stored } from '../../src/engine/store';
import { SqliteStore } from '../../src/store/sqlite/store';
import { keyOf, sender } from '../support/world/world';

const folder = mkdtempSync(join(tmpdir(), 'recent-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function entry(seq: number, attempts: number): PendingEffect {
  return { seq, effect: { type: 'identify' }, state: 'waiting', attempts, doubts: 0, correlation: 'c' };
}

function change(step: Step, stored: Stored | undefined): Change {
  const version = stored?.version ?? 0;
  const from = step.behind ? Math.max(0, version - 1) : version;
  const effects = stored?.effects ?? 0;
  const outbox = stored?.outbox ?? [];
  const { reference, user } = sender(step.user);
  const conversation = {
    key: keyOf(step.user),
    phase: { name: 'assisted', silences: step.n },
    reference,
    user,
    said: [],
    reachable: true,
    greeted: false,
  } as const;
  const added = Array.from({ length: step.added }, (_, index) => entry(effects + index + 1, 0));
  const tried = outbox.filter(({ seq }) => seq % 3 === step.n % 3).map(({ seq }) => entry(seq, step.n));
  const put = [...added, ...tried];
  const settle = outbox
    .filter(({ seq }) => seq % 4 === step.n % 4)
    .map(({ seq }) => ({ seq, outcome: 'done' }) as const);
  const turn = `t${step.turn}` as TurnId;
  return {
    key: keyOf(step.user),
    from,
    conversation,
    effects: effects + step.added,
    put,
    settle,
    turn,
    lines: [],
    at: 1 as never,
  };
}

interface Step {
  readonly user: string;
  readonly n: number;
  readonly added: number;
  readonly turn: number;
  readonly behind: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  user: fc.constantFrom('ana', 'bob'),
  n: fc.nat(1_000),
  added: fc.nat(4),
  turn: fc.nat(30),
  behind: fc.boolean(),
});

test('what is remembered beside the file is always what the file holds', async () => {
  let files = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      files += 1;
      const file = join(folder, `${files}.db`);
      const store = await SqliteStore.open({ file });
      for (const one of steps) {
        await store.commit(change(one, await store.load(keyOf(one.user))));
      }
      const remembered = [await store.load(keyOf('ana')), await store.load(keyOf('bob'))];
      await store.close();
      const again = await SqliteStore.open({ file });
      expect(remembered).toEqual([await again.load(keyOf('ana')), await again.load(keyOf('bob'))]);
      await again.close();
    }),
    { numRuns: 40 },
  );
});
