import type { History, Thread } from './history';

export interface Violation {
  readonly kind: 'lost' | 'doubled' | 'reordered' | 'crossed' | 'left open' | 'ended twice';
  /** The word, the chat or the employee that it concerns. */
  readonly what: string;
  /** Just what concerns it, in order: the smallest history that shows the fault. */
  readonly history: readonly string[];
}

export interface Verdict {
  readonly violations: readonly Violation[];
  /** Messages that were shown once more, visibly marked. */
  readonly markedRepeats: number;
  /** Messages of which somebody was told that they did not arrive, or that nobody knows. */
  readonly told: number;
}

const ends =
  /You have left the live chat|The agent has closed the live chat|has been lost|could not be located|was lost and the chat/;

/** Holds what the far sides saw against what was said. Pure: it knows nothing of the product. */
export function check(history: History): Verdict {
  const employees = checkEmployees(history);
  const agents = checkAgents(history);
  const violations = [...employees.violations, ...agents.violations, ...checkThreads(history), ...checkEnds(history)];
  const markedRepeats = history.seen.filter(({ repeat }) => repeat).length;
  return { violations, markedRepeats, told: employees.told + agents.told };
}

/** Each word of an employee is in one thread once, or was asked once, or she was told that it was not. */
function checkEmployees({ said, threads, asked, seen }: History) {
  const violations: Violation[] = [];
  let told = 0;
  const tell = teller((text) => about(text, { said, threads, asked, seen }));
  const inThreads = countOf(threads.flatMap(({ rows }) => rows));
  const inAsked = countOf(asked);
  for (const { user, text } of said) {
    const count = (inThreads.get(text) ?? 0) + (inAsked.get(text) ?? 0);
    if (count > 1) violations.push({ kind: 'doubled', what: text, history: tell(text) });
    if (count > 0) continue;
    const hers = seen.filter((one) => one.user === user);
    const isNamed = hers.some((one) => one.text.includes(text)) || threads.some(({ brief }) => brief.includes(text));
    const isAskedAgain =
      text.startsWith('q ') && hers.some((one) => /send it again|cannot answer right now/.test(one.text));
    if (isNamed || isAskedAgain) told += 1;
    else violations.push({ kind: 'lost', what: text, history: tell(text) });
  }
  return { violations, told };
}

/** Each word of an agent is seen once, at most once more with a mark, by nobody else; or the thread says that it may not have been. */
function checkAgents({ written, seen, threads, said, asked }: History) {
  const violations: Violation[] = [];
  let told = 0;
  const bySeen = new Map<string, { user: string; repeat: boolean }[]>();
  for (const { user, text, repeat } of seen) {
    for (const word of text.match(/a u\d+ \d+/g) ?? [])
      bySeen.set(word, [...(bySeen.get(word) ?? []), { user, repeat }]);
  }
  const rows = threads.flatMap((thread) => thread.rows);
  const tell = teller((text) => about(text, { said: [...said, ...written], threads, asked, seen }));
  const isNamed = namedIn(rows);
  for (const { user, text } of written) {
    const sightings = bySeen.get(text) ?? [];
    if (sightings.some((one) => one.user !== user))
      violations.push({ kind: 'crossed', what: text, history: tell(text) });
    if (sightings.filter((one) => !one.repeat).length > 1 || sightings.length > 2)
      violations.push({ kind: 'doubled', what: text, history: tell(text) });
    if (sightings.length > 0) continue;
    if (isNamed(text)) told += 1;
    else violations.push({ kind: 'lost', what: text, history: tell(text) });
  }
  violations.push(...orderOfSeen({ seen, written }));
  return { violations, told };
}

/** Whether a row names the words of an agent. */
function namedIn(rows: readonly string[]): (text: string) => boolean {
  const named = new Set(rows.flatMap((row) => row.match(/a u\d+ \d+/g) ?? []));
  return (text) => named.has(text);
}

/** In the order in which they were written; words of a chat that was found too late may come after those of the next one. */
function orderOfSeen({ seen, written }: Pick<History, 'seen' | 'written'>): Violation[] {
  const violations: Violation[] = [];
  const chatOf = new Map(written.map(({ text, chat }) => [text, chat]));
  const last = new Map<string, number>();
  for (const { user, text, repeat } of seen) {
    if (repeat) continue;
    for (const [word, number] of text.matchAll(/a u\d+ (\d+)/g)) {
      const chat = `${user} ${chatOf.get(word)}`;
      const before = last.get(chat) ?? -1;
      if (Number(number) < before)
        violations.push({ kind: 'reordered', what: word, history: seenBy(user, seen).slice(-10) });
      last.set(chat, Math.max(before, Number(number)));
    }
  }
  return violations;
}

function seenBy(user: string, seen: History['seen']): string[] {
  return seen.filter((one) => one.user === user).map((one) => one.text);
}

/** In a thread stand only its employee's words, in the order in which she said them; and no chat is left open. */
function checkThreads({ threads }: History): Violation[] {
  return threads.flatMap((thread) => [...foreign(thread), ...disorder(thread), ...leftOpen(thread)]);
}

function numbersOf({ rows }: Thread): { user: string; number: number; text: string }[] {
  return rows.flatMap((text) => {
    const match = /^w (u\d+) (\d+)$/.exec(text);
    return match ? [{ user: match[1] ?? '', number: Number(match[2]), text }] : [];
  });
}

function foreign(thread: Thread): Violation[] {
  return numbersOf(thread)
    .filter(({ user }) => user !== thread.user)
    .map(({ text }) => ({ kind: 'crossed', what: text, history: [`chat of ${thread.user}`, ...thread.rows] }));
}

function disorder(thread: Thread): Violation[] {
  const numbers = numbersOf(thread);
  return numbers.flatMap(({ number, text }, index) =>
    index > 0 && number < (numbers[index - 1]?.number ?? 0)
      ? [{ kind: 'reordered', what: text, history: thread.rows }]
      : [],
  );
}

function leftOpen({ ended, chat, user, rows }: Thread): Violation[] {
  return ended ? [] : [{ kind: 'left open', what: chat, history: [`chat of ${user}`, ...rows.slice(-5)] }];
}

/** No employee hears of more ends than there were chats. */
function checkEnds({ seen, threads }: History): Violation[] {
  const users = [...new Set(threads.map(({ user }) => user))];
  return users.flatMap((user) => {
    const heard = seen.filter((one) => one.user === user && !one.repeat && ends.test(one.text));
    const chats = threads.filter((thread) => thread.user === user).length;
    const history = [`${chats} chats`, ...heard.map(({ text }) => text)];
    return heard.length > chats ? [{ kind: 'ended twice', what: user, history }] : [];
  });
}

function countOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** Histories of so many violations are told; to tell those of thousands would take longer than the run. */
const mostTold = 50;

/** Tells histories, until there are enough of them. */
function teller(story: (text: string) => string[]): (text: string) => string[] {
  let told = 0;
  return (text) => {
    told += 1;
    return told > mostTold ? [] : story(text);
  };
}

function about(
  text: string,
  { said, threads, asked, seen }: Pick<History, 'said' | 'threads' | 'asked' | 'seen'>,
): string[] {
  const [, user] = /(u\d+)/.exec(text) ?? [];
  return [
    ...said.filter((one) => one.text === text).map(({ at }) => `${new Date(at).toISOString()} said: ${text}`),
    ...threads.flatMap(({ chat, rows }) =>
      rows.filter((row) => row.includes(text)).map((row) => `in the thread of ${chat}: ${row}`),
    ),
    ...asked.filter((one) => one === text).map(() => 'the assistant was asked'),
    ...seen
      .filter((one) => one.user === user && one.text.includes(text))
      .map((one) => `seen by ${one.user}${one.repeat ? ' (marked)' : ''}: ${one.text}`),
    ...threads
      .filter((thread) => thread.user === user)
      .map(({ chat, rows }) => `chat ${chat}: ${rows.slice(-6).join(' | ')}`),
  ];
}
