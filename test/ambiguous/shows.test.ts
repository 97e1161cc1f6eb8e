import { chance } from '../support/world/mortality';
import { World } from '../support/world/world';

/** `AMBIGUOUS_TRIALS=10000 npx jest test/ambiguous` tries more. */
const trials = Number(process.env.AMBIGUOUS_TRIALS ?? 1_000);
const perLook = 10;
const limits = {
  perConversation: [{ count: 1_000, perMs: 1_000 }],
  perTenant: { count: 1_000, perMs: 1_000 },
};

test(`${trials} messages of an agent of which many answers are lost: each is seen, a repeat is marked, and there is at most one`, async () => {
  const random = chance(23);
  const world = new World({ limits, rules: { idleTimeoutMs: 0 } });
  await world.says('/live_agent');
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hi');
  await world.tick(4);
  world.teams.shown.length = 0;
  const arrived = new Map<string, number>();
  world.teams.trouble = () => {
    const dice = random();
    return dice < 0.2 ? { how: 'lost_before' } : dice < 0.4 ? { how: 'lost_after' } : undefined;
  };
  for (let n = 0; n < trials; n += 1) {
    world.serviceNow.say('Beth', `answer ${n}`);
    if (n % perLook === perLook - 1) await world.passes(20_000);
  }
  world.teams.trouble = () => undefined;
  await world.passes(600_000);
  for (const { text, repeat } of world.teams.shown) {
    if (!text.startsWith('answer')) continue;
    const before = arrived.get(text) ?? 0;
    arrived.set(text, before + 1);
    expect([text, before > 0 && !repeat, before > 1]).toEqual([text, false, false]);
  }
  // Both sends may have been lost: then the agent is told which words that concerns.
  const told = new Set(
    world.serviceNow.chat.rows.filter((row) => row.text === '<words_in_doubt>').map((row) => row.id),
  );
  const unseen = Array.from({ length: trials }, (_, n) => `answer ${n}`).filter((text) => !arrived.has(text));
  const order = world.teams.shown
    .filter((one) => !one.repeat && one.text.startsWith('answer'))
    .map((one) => Number(one.text.split(' ')[1]));
  process.stdout.write(
    `${arrived.size} of ${trials} seen, ${world.teams.shown.filter((one) => one.repeat).length} marked repeats, ${unseen.length} lost twice, the agent told ${told.size} times\n`,
  );
  expect(unseen.length).toBeLessThanOrEqual(told.size);
  expect(order).toEqual([...order].sort((one, other) => one - other));
}, 600_000);
