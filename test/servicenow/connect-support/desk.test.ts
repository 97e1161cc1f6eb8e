import fc from 'fast-check';
import { readSince, startOfThread } from '../../../src/conversation/cursor';
import { ApiFailure } from '../../../src/conversation/failures';
import { defaultRules } from '../../../src/conversation/rules';
import type { LiveChat, RowId } from '../../../src/conversation/types';
import type { Desk } from '../../../src/engine/ports';
import type { FaultRule } from '../../../src/simulator/servicenow/faults/rule';
import type { Config } from '../../../src/simulator/servicenow/model/config';
import type { ServiceNowSimulator } from '../../../src/simulator/servicenow/simulator';
import { asked, basic, closeAll, context, failureOf, oauth, requests, started, words } from '../servicenow-side';

afterEach(closeAll);

/** What may happen to any call, mostly to the harm of who is not careful. */
const troubles: readonly FaultRule['do'][] = [
  { resetBefore: true },
  { resetAfter: true },
  { commitThen: { code: 500 } },
  { truncated: { bytes: 20 } },
  { malformed: true },
  { emptyBody: true },
  { html: { kind: 'hibernating' } },
  { status: { preset: 'down503' } },
  { status: { preset: 'rate429', retryAfter: 0 } },
  { status: { code: 202 } },
];

const configs: fc.Arbitrary<Partial<Config>> = fc.record({
  order: fc.constantFrom('desc', 'asc', 'shuffled'),
  beforeInclusive: fc.boolean(),
  timestampMode: fc.constantFrom('second', 'ms'),
  messageId: fc.constantFrom('string', 'number'),
  messageText: fc.constantFrom('both', 'message', 'formatted_message'),
  listCall: fc.constantFrom('on', 'off', 'withoutLastMessage'),
  stateCall: fc.constantFrom('on', 'off'),
  postStatus: fc.constantFrom(200, 201),
});

type Act =
  | { readonly does: 'employee'; readonly text: string }
  | { readonly does: 'agent'; readonly text: string; readonly count: number; readonly sameSecond: boolean }
  | { readonly does: 'pause'; readonly ms: number };

const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    does: fc.constant('employee' as const),
    text: fc.constantFrom('yes', 'no', ' yes ', 'a\r\nb', '@[x:y]'),
  }),
  fc.record({
    does: fc.constant('agent' as const),
    text: fc.constantFrom('yes', 'late one', 'see below'),
    count: fc.integer({ min: 1, max: 12 }),
    sameSecond: fc.boolean(),
  }),
  fc.record({ does: fc.constant('pause' as const), ms: fc.integer({ min: 1, max: 1_300 }) }),
);

/** Keeps fewer rows in one second than fit into a page: more than that nobody can read. */
const leastPauseMs = 600;

/** Tries as the couriers do: after a failure that leaves its outcome open, what may be there is looked for first. */
async function insist<T>(carry: () => Promise<T>, find: () => Promise<T | undefined>): Promise<T> {
  let inDoubt = false;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    try {
      return (inDoubt ? await find() : undefined) ?? (await carry());
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      inDoubt ||= !error.certain;
    }
  }
  throw new Error('two hundred attempts were not enough');
}

/** An employee and a reader at one desk, as the engine would use it. */
function teamsSide(desk: Desk, chat: LiveChat) {
  const bound: RowId[] = [];
  const heard: string[] = [];
  let cursor = startOfThread;
  return {
    heard,
    say: async (part: string) => {
      const request = words(chat, part);
      const row = await insist(
        async () => ({ id: await desk.post(request, context) }),
        async () => {
          const id = await desk.findPosted(request, bound, context);
          return id && { id };
        },
      );
      if (row.id !== undefined) bound.push(row.id);
    },
    read: async () => {
      const { rows } = await insist(
        () => desk.read(chat, cursor, context),
        async () => undefined,
      );
      const news = readSince(cursor, rows, defaultRules);
      cursor = news.cursor;
      heard.push(...news.fresh.filter((row) => row.author === 'agent').map((row) => row.text));
    },
  };
}

function disturb(sim: ServiceNowSimulator): void {
  sim.addFault({ match: { body: '^late' }, do: { lateRow: { ms: 5_000 } } });
  for (const [n, trouble] of troubles.entries())
    sim.addFault({ id: `trouble-${n}`, match: { path: '^/api' }, when: { probability: 0.04 }, do: trouble });
}

test('whatever the instance is like and goes through, both sides read each word once', async () => {
  const runs = fc.record({
    seed: fc.nat(),
    config: configs,
    withName: fc.boolean(),
    story: fc.array(acts, { minLength: 5, maxLength: 14 }),
  });
  await fc.assert(
    fc.asyncProperty(runs, async ({ seed, config, withName, story }) => {
      const { sim, desk } = await started({ auth: withName ? basic : oauth }, { seed, config });
      for (const { id } of Object.values(sim.state().queues)) sim.setQueue({ id, initialAgentResponse: '' });
      if (config.listCall !== 'off' || config.stateCall !== 'off') disturb(sim);
      const { chat } = await insist(
        () => desk.open(asked(), context),
        () => desk.findOpened(asked(), context),
      );
      expect(Object.keys(sim.state().chats)).toEqual([chat.id]);
      sim.accept(chat.id);
      const side = teamsSide(desk, chat);
      const said: string[] = [];
      for (const act of story) {
        sim.clock.advance(leastPauseMs);
        if (act.does === 'pause') sim.clock.advance(act.ms);
        if (act.does === 'agent') sim.say(chat.id, act);
        if (act.does === 'employee') {
          said.push(act.text.trim().replaceAll('\r\n', ' '));
          await side.say(act.text);
        }
        await side.read();
      }
      sim.clock.advance(6_000);
      await side.read();
      const pane = sim.pane(chat.id);
      const bare = (text: string) => text.replaceAll('\u200b', '').replace(/\s+/g, ' ').trim();
      const byEmployee = pane.filter((row) => row.author === 'requester').slice(1);
      expect(byEmployee.map((row) => bare(row.text))).toEqual(said);
      const byAgent = pane.filter((row) => row.author === 'agent').map((row) => row.text);
      expect([...side.heard].sort()).toEqual([...byAgent].sort());
      expect(side.heard.filter((text) => !text.startsWith('late'))).toEqual(
        byAgent.filter((text) => !text.startsWith('late')),
      );
      await closeAll();
    }),
    { numRuns: 40, seed: 20_261_118 },
  );
});

test('the clock of the instance may be an hour off (row 15)', async () => {
  for (const skewMs of [-3_600_000, 3_600_000]) {
    const { sim, desk } = await started({}, { config: { skewMs } });
    const { chat } = await desk.open(asked(), context);
    sim.accept(chat.id);
    const side = teamsSide(desk, chat);
    sim.addFault({ match: { method: 'POST' }, when: { times: 1 }, do: { resetAfter: true } });
    await side.say('hello');
    sim.say(chat.id, { text: 'welcome' });
    await side.read();
    await side.read();
    expect(side.heard.slice(1)).toEqual(['welcome']);
    expect(sim.pane(chat.id).filter((row) => row.text === 'hello')).toHaveLength(1);
    sim.addFault({ do: { status: { preset: 'rate429', retryAfter: 9 } } });
    expect(await failureOf(desk.leave(chat, context))).toMatchObject({ kind: 'throttled', retryAfterMs: 9_000 });
  }
});

test('no call carries a cookie, a redirect is not followed, and nothing that was said gets into an address', async () => {
  const { sim, desk } = await started();
  const { chat } = await desk.open(asked(), context);
  await desk.post(words(chat, 'secret words'), context);
  await desk.post(words(chat, 'more words'), context);
  sim.addFault({ match: { path: 'leave$' }, do: { redirect: { location: `${sim.url}/elsewhere` } } });
  expect(await failureOf(desk.leave(chat, context))).toMatchObject({
    kind: 'unauthorized',
    certain: true,
    status: 302,
  });
  const asked3 = requests(sim);
  expect(asked3.join()).not.toMatch(/elsewhere|secret|Ana/);
  expect(sim.journal().map((entry) => entry.status)).toEqual([201, 201, 201, 302]);
});
