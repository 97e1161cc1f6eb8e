import type { PendingEffect } from '../../src/conversation/effects';
import { ApiFailure } from '../../src/conversation/failures';
import type { Conversation, Instant, LiveChat, RowId, TurnId } from '../../src/conversation/types';
import { postCourier } from '../../src/engine/couriers/post';
import { soleOwner } from '../../src/engine/ownership';
import { Pace } from '../../src/engine/pace';
import type { FaultRule } from '../../src/simulator/servicenow/faults/rule';
import { MemoryStore } from '../../src/store/memory';
import { asked, closeAll, handoff, started, startedScripted } from '../servicenow/servicenow-side';
import { FakeAssistant } from '../support/world/fake-assistant';
import { FakeTeams } from '../support/world/fake-teams';
import { chance } from '../support/world/mortality';
import { keyOf, sender, silentLog } from '../support/world/world';

afterEach(closeAll);

const trials = Number(process.env.AMBIGUOUS_TRIALS ?? 1_000);
const perChat = 100;
const seed = Number(process.env.AMBIGUOUS_SEED ?? 1);

/** What people say again and again. */
const sayings = ['yes', 'no', 'ok', 'yes please', 'still not', '👍', 'hello?', 'yes'];
/** Ways in which an answer is lost: with the effect, or without. */
const losses: FaultRule['do'][] = [
  { resetAfter: true },
  { resetBefore: true },
  { commitThen: { code: 502 } },
  { truncated: { bytes: 5 } },
  { status: { code: 500 } },
  { html: { code: 200, kind: 'hibernating' } },
];

type Setting = Omit<Awaited<ReturnType<typeof started>>, 'logged'>;

/** One employee who writes in one chat while answers are lost, and what the courier has learnt of her rows. */
async function talk(setting: Setting, random: () => number, n: number): Promise<string[]> {
  const { sim, desk, clock } = setting;
  const request = asked({ handoff: { ...handoff(), id: `h${n}` as never }, token: `TC-${n}` });
  const { chat } = await desk.open(request, { correlation: 'c' });
  const store = new MemoryStore();
  const pace = new Pace({
    store,
    clock,
    ownership: soleOwner,
    limits: { perConversation: [{ count: 9, perMs: 1 }], perTenant: { count: 9, perMs: 1 } },
  });
  const courier = postCourier({
    desk,
    assistant: new FakeAssistant(),
    messenger: new FakeTeams(),
    store,
    pace,
    clock,
    log: silentLog,
  });
  const said: string[] = [];
  let posted: RowId[] = [];
  for (let word = 0; word < perChat; word += 1) {
    const text = sayings[Math.floor(random() * sayings.length)] ?? 'yes';
    said.push(text);
    for (let attempt = 1, doubts = 0; ; attempt += 1) {
      const how = random() < 0.6 ? losses[Math.floor(random() * losses.length)] : undefined;
      if (how) sim.addFault({ id: 'lost', match: { method: 'POST', path: 'messages$' }, do: how });
      const outcome = await courier
        .carry(errand(chat, text, word, { attempt, doubts, posted }))
        .catch((error: unknown) => error);
      sim.removeFault('lost');
      clock.move(700);
      if (outcome instanceof ApiFailure) doubts += outcome.certain ? 0 : 1;
      else if (outcome instanceof Error) throw outcome;
      else {
        const [event] = (outcome as { events: { type: string; row?: RowId }[] }).events;
        if (event?.row) posted = [...posted, event.row].slice(-100);
        break;
      }
    }
  }
  const pane = sim
    .pane(chat.id)
    .slice(1)
    .map((row) => row.text);
  return JSON.stringify(pane) === JSON.stringify(said)
    ? []
    : [`chat ${n}: said ${said.length}, in the thread ${pane.length}`];
}

function errand(
  chat: LiveChat,
  part: string,
  n: number,
  { attempt, doubts, posted }: { attempt: number; doubts: number; posted: readonly RowId[] },
) {
  const message = { turn: `w${n}` as TurnId, text: part, at: 0 as Instant };
  const effect = { type: 'post', chat, words: { from: 'employee', message, part } } as const;
  const entry: PendingEffect = { seq: n + 1, effect, state: 'in_flight', attempts: attempt, doubts, correlation: 'c' };
  const { reference, user } = sender();
  const inChat = {
    chat,
    cursor: { time: 0 as never, seen: [] },
    since: 0 as Instant,
    lastWordAt: 0 as Instant,
    posted,
  };
  const phase = { name: 'queued', ...inChat } as const;
  const conversation: Conversation = { key: keyOf(), phase, reference, user, said: [], reachable: true, greeted: true };
  return { effect, entry, conversation, inDoubt: doubts > 0, fence: 1 };
}

const profiles = { 'connect-support': started, scripted: startedScripted };

test.each(Object.entries(profiles))(
  `%s: ${trials} posts of which most answers are lost: every word once, in order, though people say the same words again`,
  async (_, start) => {
    const setting = await start({ timeoutMs: 2_000 });
    const random = chance(seed);
    const faults: string[] = [];
    for (let n = 0; n < Math.ceil(trials / perChat); n += 1) faults.push(...(await talk(setting, random, n)));
    expect(faults).toEqual([]);
  },
  900_000,
);
