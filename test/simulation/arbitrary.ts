import fc from 'fast-check';
import type { FailureKind } from '../../src/conversation/failures';
import type { AgentWords, DeskCall, Extent, Fault, History, Moment, Side, Step, Utterance } from './history';

/** What histories are drawn from. */
export interface Casting {
  readonly processes: 1 | 2;
  readonly longest: number;
  /** The longest that nothing happens, milliseconds. */
  readonly longestPauseMs: number;
}

const user = fc.nat({ max: 2 });
const to = fc.nat({ max: 1 });
const kinds: readonly FailureKind[] = [
  'unreachable',
  'throttled',
  'unauthorized',
  'refused',
  'not_found',
  'conflict',
  'too_large',
  'rejected',
];
/** So late a request may still take effect after its answer was lost; the assistant is looked up sooner than the others. */
const longestLateMs = { desk: 1_400, teams: 1_400, assistant: 400 };

const weighted = <T>(...choices: readonly (readonly [number, fc.Arbitrary<T>])[]): fc.Arbitrary<T> =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));

const constants = <T>(...choices: readonly (readonly [number, T])[]): fc.Arbitrary<T> =>
  weighted(...choices.map(([weight, value]) => [weight, fc.constant(value)] as const));

const utterance = constants<Utterance>(
  [10, 'words'],
  [3, '/live_agent'],
  [3, 'asks for an agent'],
  [3, 'yes'],
  [2, '/end_chat'],
  [1, 'quiet'],
  [1, '/restart'],
  [1, ' /END_CHAT '],
  [1, 'quotes the closing phrase'],
  [3, '/ask_assistant'],
  [1, '/back_to_agent'],
  [2, '/still_need_help'],
  [3, '/leave_message'],
  [1, '/rate 4'],
  [1, '/transcript'],
);

const agentWords = constants<AgentWords>(
  [6, 'words'],
  [3, 'two at once'],
  [2, 'late'],
  [1, 'work note'],
  [1, 'quotes the closing phrase'],
);

const pause = (longestMs: number) =>
  weighted<number>(
    [6, fc.nat({ max: 3_000 })],
    [4, fc.nat({ max: 15_000 })],
    [2, fc.nat({ max: 120_000 })],
    [1, fc.nat({ max: longestMs })],
  );

const extent = weighted<Extent>(
  [3, fc.record({ calls: fc.integer({ min: 1, max: 3 }) })],
  [1, fc.record({ ms: fc.integer({ min: 500, max: 15_000 }) })],
  [2, fc.record({ ms: fc.integer({ min: 5_000, max: 90_000 }) })],
);

const faultOf = (side: Side) =>
  weighted<Fault>(
    [3, fc.constant({ how: 'lost_before' })],
    [4, fc.constant({ how: 'lost_after' })],
    [1, fc.constant({ how: 'garbled' })],
    [2, fc.record({ how: fc.constant('lost_late' as const), ms: fc.nat({ max: longestLateMs[side] }) })],
    [
      4,
      fc.record({
        how: fc.constant('slow' as const),
        beforeMs: fc.nat({ max: longestLateMs[side] }),
        afterMs: fc.nat({ max: 6_000 }),
      }),
    ],
    [3, fc.record({ how: fc.constant('refused' as const), kind: fc.constantFrom(...kinds) })],
    [
      1,
      fc.record({
        how: fc.constant('refused' as const),
        kind: fc.constant('throttled' as const),
        retryAfterMs: fc.integer({ min: 100, max: 8_000 }),
      }),
    ],
  );

const deskCall = constants<DeskCall>(
  [4, 'post'],
  [3, 'open'],
  [3, 'leave'],
  [3, 'read'],
  [2, 'find'],
  [1, 'glance'],
  [1, 'state'],
  [1, 'unavailable'],
  [1, 'rate'],
);

const troubleAt = (side: Side): fc.Arbitrary<Step> =>
  fc.record(
    {
      do: fc.constant('trouble' as const),
      side: fc.constant(side),
      fault: faultOf(side),
      extent,
      ...(side === 'desk' ? { only: deskCall } : {}),
    },
    { requiredKeys: ['do', 'side', 'fault', 'extent'] },
  );

const moment = {
  process: to,
  in: weighted<number>([1, fc.constant(0)], [5, fc.integer({ min: 1, max: 30 })]),
  when: fc.constantFrom<Moment['when']>('before', 'during', 'after'),
};

const step = ({ processes, longestPauseMs }: Casting): fc.Arbitrary<Step> =>
  weighted<Step>(
    [24, fc.record({ do: fc.constant('say' as const), user, what: utterance, to })],
    [3, fc.record({ do: fc.constant('say' as const), user, what: utterance, to, twice: fc.constant(true as const) })],
    [2, fc.record({ do: fc.constant('redeliver' as const), user, back: fc.nat({ max: 3 }), to })],
    [6, fc.record({ do: fc.constant('accept' as const), user })],
    [14, fc.record({ do: fc.constant('write' as const), user, what: agentWords, lateMs: fc.nat({ max: 8_000 }) })],
    [3, fc.record({ do: fc.constantFrom('close' as const, 'transfer' as const), user })],
    [1, fc.record({ do: fc.constant('operator' as const), user, to })],
    [3, fc.record({ do: fc.constant('queue' as const), closed: fc.boolean() })],
    [1, fc.record({ do: fc.constantFrom('install' as const, 'uninstall' as const), user, to })],
    [18, troubleAt('desk')],
    [6, troubleAt('teams')],
    [4, troubleAt('assistant')],
    [
      2,
      fc.record({
        do: fc.constant('store' as const),
        how: fc.constantFrom('fails' as const, 'lost' as const),
        calls: fc.integer({ min: 1, max: 3 }),
      }),
    ],
    [5, fc.record({ do: fc.constant('die' as const), ...moment, backMs: fc.nat({ max: 5_000 }) })],
    [
      processes > 1 ? 7 : 1,
      fc.record({ do: fc.constant('freeze' as const), ...moment, forMs: fc.nat({ max: 15_000 }) }),
    ],
    [16, fc.record({ do: fc.constant('pass' as const), ms: pause(longestPauseMs) })],
    [1, fc.record({ do: fc.constant('clock' as const), putBackMs: fc.integer({ min: -60_000, max: 600_000 }) })],
  );

/** Most histories begin in the middle: what follows is where it gets interesting. */
const inChat: readonly Step[] = [
  { do: 'say', user: 0, what: 'words', to: 0 },
  { do: 'say', user: 0, what: '/live_agent', to: 0 },
  { do: 'pass', ms: 1_000 },
  { do: 'accept', user: 0 },
  { do: 'write', user: 0, what: 'words', lateMs: 0 },
  { do: 'pass', ms: 2_000 },
];

/** She waits in the queue, and talks to the assistant meanwhile. */
const meanwhile: readonly Step[] = [
  { do: 'say', user: 0, what: '/live_agent', to: 0 },
  { do: 'pass', ms: 1_000 },
  { do: 'say', user: 0, what: '/ask_assistant', to: 0 },
  { do: 'say', user: 0, what: 'words', to: 0 },
];

/** Nobody is there, and she leaves a message. */
const leaving: readonly Step[] = [
  { do: 'queue', closed: true },
  { do: 'say', user: 0, what: '/live_agent', to: 0 },
  { do: 'pass', ms: 1_000 },
  { do: 'say', user: 0, what: '/leave_message', to: 0 },
  { do: 'say', user: 0, what: 'words', to: 0 },
];

/** Histories of two or three employees, smaller ones first when one is shrunk. */
export function histories(casting: Casting): fc.Arbitrary<History> {
  const some = fc.array(step(casting), { maxLength: casting.longest / 3, size: 'max' });
  const steps = fc.noBias(fc.tuple(some, some, some)).map((parts) => parts.flat());
  return fc.record({
    seed: fc.nat({ max: 1_000 }),
    users: fc.integer({ min: 2, max: 3 }),
    processes: fc.constant(casting.processes),
    records: fc.boolean(),
    lists: constants([1, true], [1, true], [1, false]),
    states: constants([1, true], [1, true], [1, false]),
    drops: fc.boolean(),
    steps: fc.oneof(
      steps,
      ...[inChat, inChat, meanwhile, leaving].map((first) => steps.map((more) => [...first, ...more])),
    ),
  });
}
