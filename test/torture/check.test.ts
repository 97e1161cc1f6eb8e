import { check } from './check';
import type { History, Thread } from './history';

const thread = (more: Partial<Thread> = {}): Thread => ({
  chat: 'c1',
  user: 'u1',
  ended: true,
  rows: ['w u1 1', 'w u1 2'],
  brief: '',
  ...more,
});
const good: History = {
  said: [
    { user: 'u1', text: 'w u1 1', at: 1 },
    { user: 'u1', text: 'w u1 2', at: 2 },
    { user: 'u1', text: 'q u1 3', at: 3 },
  ],
  written: [
    { user: 'u1', text: 'a u1 1', at: 1, chat: 'c1' },
    { user: 'u1', text: 'a u1 2', at: 2, chat: 'c1' },
  ],
  threads: [thread()],
  seen: [
    { user: 'u1', text: 'Beth\n\na u1 1', repeat: false },
    { user: 'u1', text: 'Beth\n\na u1 2', repeat: false },
    { user: 'u1', text: 'You have left the live chat.', repeat: false },
  ],
  asked: ['q u1 3'],
};
const kinds = (more: Partial<History>) => [...new Set(check({ ...good, ...more }).violations.map(({ kind }) => kind))];

test('a history in which all went well has no violation', () => {
  expect(check(good)).toEqual({ violations: [], markedRepeats: 0, told: 0 });
});

const bad: [string, Partial<History>, string[]][] = [
  ["an employee's word that is nowhere", { threads: [thread({ rows: ['w u1 1'] })] }, ['lost']],
  [
    "an employee's word twice in a thread",
    { threads: [thread({ rows: ['w u1 1', 'w u1 2', 'w u1 2'] })] },
    ['doubled'],
  ],
  ['a word in the thread that the assistant was asked, too', { asked: ['q u1 3', 'w u1 1'] }, ['doubled']],
  ['a question that was asked twice', { asked: ['q u1 3', 'q u1 3'] }, ['doubled']],
  ['words in another order', { threads: [thread({ rows: ['w u1 2', 'w u1 1'] })] }, ['reordered']],
  ["a word in another employee's thread", { threads: [thread({ user: 'u2' })] }, ['crossed']],
  ["an agent's word that nobody saw", { seen: good.seen.slice(1) }, ['lost']],
  [
    "an agent's word seen twice without a mark",
    { seen: [...good.seen, { user: 'u1', text: 'a u1 2', repeat: false }] },
    ['doubled'],
  ],
  [
    "an agent's word repeated twice",
    {
      seen: [...good.seen, { user: 'u1', text: 'a u1 2', repeat: true }, { user: 'u1', text: 'a u1 2', repeat: true }],
    },
    ['doubled'],
  ],
  [
    "an agent's word seen by another",
    { seen: [...good.seen.slice(1), { user: 'u2', text: 'a u1 1', repeat: false }] },
    ['crossed'],
  ],
  ["an agent's words in another order", { seen: [good.seen[1], good.seen[0]] as never }, ['reordered']],
  ['a chat that nobody left', { threads: [thread({ ended: false })] }, ['left open']],
  [
    'an end that is said twice',
    { seen: [...good.seen, { user: 'u1', text: 'You have left the live chat.', repeat: false }] },
    ['ended twice'],
  ],
];
test.each(bad)('is found: %s', (_name, more, expected) => {
  expect(kinds(more)).toEqual(expected);
});

test('what somebody was told of is not lost, and a marked repeat is not doubled', () => {
  const seen = [...good.seen.slice(1), { user: 'u1', text: 'did not reach the agent: w u1 2', repeat: false }];
  const threads = [thread({ rows: ['w u1 1', 'It is not certain that this message was shown: a u1 1'] })];
  expect(check({ ...good, threads, seen })).toMatchObject({ violations: [], told: 2 });
  const marked = [...good.seen, { user: 'u1', text: '(This may be a repeat) a u1 2', repeat: true }];
  expect(check({ ...good, seen: marked })).toMatchObject({ violations: [], markedRepeats: 1 });
});
