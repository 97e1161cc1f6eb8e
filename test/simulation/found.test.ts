import { check } from './checker';
import type { DeskCall, Extent, Fault, History, Step, Utterance } from './history';
import { play } from './play';

/** What the simulation has found, reduced by hand to what matters. */
async function faultsOf(history: Partial<History>): Promise<string[]> {
  const world = { seed: 0, users: 2, processes: 1, records: false, lists: true, states: true, steps: [] };
  return check(await play({ ...world, ...history }));
}

const says = (what: Utterance): Step => ({ do: 'say', user: 0, what, to: 0 });
const passes = (ms: number): Step => ({ do: 'pass', ms });
const trouble = (only: DeskCall, fault: Fault, extent: Extent = { calls: 1 }): Step => {
  return { do: 'trouble', side: 'desk', only, fault, extent };
};
const agentWrites: Step = { do: 'write', user: 0, what: 'words', lateMs: 0 };
const inChat: readonly Step[] = [
  says('/live_agent'),
  passes(1_000),
  { do: 'accept', user: 0 },
  agentWrites,
  passes(2_000),
];
const freezes: Step = { do: 'freeze', process: 0, in: 0, when: 'before', forMs: 2_500 };

test('words are posted once when the commit that says so is kept, but its answer is lost', async () => {
  const slow = { how: 'slow', beforeMs: 0, afterMs: 100 } as const;
  const steps: Step[] = [
    ...inChat,
    trouble('post', slow),
    says('words'),
    { do: 'store', how: 'lost', calls: 1 },
    passes(20_000),
  ];
  expect(await faultsOf({ steps })).toEqual([]);
});

test('a process that slept while it looked for its words does not say them again when another one has', async () => {
  const steps: Step[] = [
    ...inChat,
    trouble('post', { how: 'lost_before' }),
    trouble('find', { how: 'slow', beforeMs: 0, afterMs: 6_000 }),
    says('words'),
    passes(3_500),
    freezes,
    passes(20_000),
  ];
  expect(await faultsOf({ processes: 2, steps })).toEqual([]);
});

test('a process that slept while it looked for its chat does not open a second one when another one has', async () => {
  const steps: Step[] = [
    says('words'),
    trouble('open', { how: 'lost_before' }),
    trouble('find', { how: 'slow', beforeMs: 0, afterMs: 6_000 }),
    says('/live_agent'),
    passes(3_500),
    freezes,
    passes(20_000),
  ];
  expect(await faultsOf({ processes: 2, steps })).toEqual([]);
});

test('words that left late in an attempt are looked for late enough after a crash', async () => {
  const steps: Step[] = [
    ...inChat,
    trouble('post', { how: 'lost_before' }),
    trouble('find', { how: 'slow', beforeMs: 0, afterMs: 4_000 }),
    trouble('post', { how: 'slow', beforeMs: 1_400, afterMs: 0 }),
    says('words'),
    passes(7_500),
    { do: 'die', process: 0, in: 0, when: 'before', backMs: 0 },
    passes(20_000),
  ];
  expect(await faultsOf({ steps })).toEqual([]);
});

test('what the agent writes while the chat is being left is shown', async () => {
  const steps: Step[] = [
    ...inChat,
    trouble('leave', { how: 'slow', beforeMs: 1_400, afterMs: 0 }),
    says('/end_chat'),
    passes(700),
    agentWrites,
    passes(20_000),
  ];
  expect(await faultsOf({ steps })).toEqual([]);
});

test('half a minute after an outage of Teams everybody has read what waited', async () => {
  const fault = { how: 'refused', kind: 'unreachable' } as const;
  const away: Step = { do: 'trouble', side: 'teams', fault, extent: { ms: 90_000 } };
  expect(await faultsOf({ seed: 3, steps: [away, says('words'), passes(90_000)] })).toEqual([]);
});

test('a repeat that arrives late does not come after what the agent wrote next', async () => {
  const lost = (fault: Fault): Step => ({ do: 'trouble', side: 'teams', fault, extent: { calls: 1 } });
  const steps: Step[] = [
    ...inChat,
    lost({ how: 'lost_before' }),
    lost({ how: 'lost_late', ms: 100 }),
    { do: 'write', user: 0, what: 'two at once', lateMs: 0 },
    passes(20_000),
  ];
  expect(await faultsOf({ steps })).toEqual([]);
});

test('a chat that nobody waits for is left although it could not be looked for just then', async () => {
  const steps: Step[] = [
    trouble('open', { how: 'lost_after' }),
    trouble('find', { how: 'refused', kind: 'not_found' }, { calls: 2 }),
    says('/live_agent'),
    passes(20_000),
  ];
  expect(await faultsOf({ steps })).toEqual([]);
});

test('words on their way are looked for late enough after a crash, although the clock was put forward', async () => {
  const steps: Step[] = [
    ...inChat,
    { do: 'clock', putBackMs: -2_500 },
    trouble('post', { how: 'slow', beforeMs: 1_400, afterMs: 0 }),
    says('words'),
    passes(100),
    { do: 'die', process: 0, in: 0, when: 'before', backMs: 0 },
    passes(20_000),
  ];
  expect(await faultsOf({ steps })).toEqual([]);
});

test('what an agent wrote in a chat that could not be left for long is shown, also when another chat came and went meanwhile', async () => {
  const steps: Step[] = [
    ...inChat,
    trouble('leave', { how: 'lost_before' }, { ms: 60_000 }),
    says('/end_chat'),
    passes(7_000),
    agentWrites,
    says('/live_agent'),
    passes(40_000),
  ];
  expect(await faultsOf({ lists: false, states: false, steps })).toEqual([]);
});

test('what an agent wrote is shown although nobody knows for long whether the chat was left', async () => {
  const steps: Step[] = [
    ...inChat,
    trouble('leave', { how: 'lost_after' }, { ms: 60_000 }),
    { do: 'write', user: 0, what: 'late', lateMs: 300 },
    says('/end_chat'),
    passes(30_000),
  ];
  expect(await faultsOf({ steps })).toEqual([]);
});

test('what the assistant failed to answer meanwhile is said when the note for the agent is lost, too', async () => {
  const steps: Step[] = [
    says('/live_agent'),
    passes(1_000),
    says('/ask_assistant'),
    says('words'),
    { do: 'trouble', side: 'assistant', fault: { how: 'slow', beforeMs: 0, afterMs: 0 }, extent: { calls: 1 } },
    says('words'),
    { do: 'die', process: 0, in: 1, when: 'before', backMs: 0 },
    {
      do: 'trouble',
      side: 'desk',
      fault: { how: 'refused', kind: 'throttled', retryAfterMs: 100 },
      extent: { ms: 5_000 },
    },
    passes(0),
    says('/live_agent'),
    { do: 'close', user: 0 },
    passes(300),
  ];
  expect(await faultsOf({ states: false, steps })).toEqual([]);
});

test('what was said meanwhile and no agent has read is in the brief of the next chat', async () => {
  const steps: Step[] = [
    says('/live_agent'),
    passes(1_000),
    says('/ask_assistant'),
    says('words'),
    { do: 'trouble', side: 'assistant', fault: { how: 'slow', beforeMs: 0, afterMs: 1_000 }, extent: { calls: 1 } },
    says('words'),
    { do: 'die', process: 0, in: 4, when: 'after', backMs: 444 },
    { do: 'write', user: 0, what: 'words', lateMs: 0 },
    passes(1_000),
    says('/live_agent'),
    { do: 'close', user: 0 },
    { do: 'clock', putBackMs: 500 },
    passes(444),
  ];
  expect(await faultsOf({ states: false, steps })).toEqual([]);
});

test('what the assistant failed to answer is said when the note that held it is lost in the next hand-off', async () => {
  const steps: Step[] = [
    says('/live_agent'),
    passes(1_000),
    says('/ask_assistant'),
    says('words'),
    { do: 'trouble', side: 'assistant', fault: { how: 'slow', beforeMs: 0, afterMs: 1_000 }, extent: { calls: 1 } },
    says('words'),
    { do: 'die', process: 0, in: 4, when: 'after', backMs: 444 },
    { do: 'write', user: 0, what: 'words', lateMs: 0 },
    passes(1_000),
    says('/live_agent'),
    { do: 'close', user: 0 },
    trouble('post', { how: 'lost_before' }, { ms: 5_000 }),
    { do: 'clock', putBackMs: 500 },
    passes(444),
  ];
  expect(await faultsOf({ states: false, steps })).toEqual([]);
});
