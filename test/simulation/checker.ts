import { checkEnds } from './check-ends';
import { checkRows } from './check-rows';
import { checkWords } from './check-words';
import type { Evidence } from './evidence';
import { textOf } from './facts';
import type { Played } from './play';

/** What is wrong with a history, seen from outside. */
export function check({ settled, end }: Played): string[] {
  const early = [...checkWords(settled), ...checkRows(settled)].map((fault) => `after half a minute: ${fault}`);
  const late = [...checkWords(end), ...checkRows(end), ...checkEnds(end), ...checkPace(end), ...checkHello(end)];
  return early.length > 0 ? early : late;
}

/** In the end everybody says hello, and is answered (I5). */
function checkHello(end: Evidence): string[] {
  return end.users.flatMap((user) => {
    const hello = end.turns.filter((turn) => turn.user === user && turn.what === 'words').at(-1);
    const isAnswered =
      hello && end.shown.some((one) => one.user === user && textOf(one.content) === `you said ${hello.text}`);
    return isAnswered ? [] : [`I5 ${user}: nobody answered ${hello?.text}`];
  });
}

const buckets = [
  { count: 7, perMs: 1_000 },
  { count: 8, perMs: 2_000 },
  { count: 60, perMs: 30_000 },
];

/** The channel's limits hold, over all processes; where time was not bent. */
function checkPace({ sends, users, counts }: Evidence): string[] {
  if (counts.has('clock set') || counts.has('freezes')) return [];
  return users.flatMap((user) => {
    const times = sends.filter((send) => send.user === user).map(({ at }) => at);
    return buckets
      .filter(({ count, perMs }) => times.some((at, index) => at - (times[index - count] ?? -perMs) < perMs))
      .map(({ count, perMs }) => `I8 ${user}: more than ${count} sends in ${perMs} ms`);
  });
}
