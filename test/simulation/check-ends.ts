import type { Evidence, SeenChat } from './evidence';
import { countOf, isEnd, isEndCommand, keyOf, noticeOf, wasDisturbed, wasSilent } from './facts';

/** How chats begin and end (I6): one chat for a hand-off, each left, each end said once, and none that nobody wished for. */
export function checkEnds(seen: Evidence): string[] {
  return [
    ...seen.chats.flatMap((chat) => checkLeft(seen, chat)),
    ...seen.users.flatMap((user) => [
      ...checkHandoffs(seen, user),
      ...checkSaid(seen, user),
      ...checkClosed(seen, user),
      ...checkSlowness(seen, user),
    ]),
  ];
}

function checkLeft(seen: Evidence, { id, leaves }: SeenChat): string[] {
  const isSaidToBeGone = seen.faults.some(({ call, how }) => how === 'not_found' && call === 'leave');
  if (leaves === 0) return isSaidToBeGone ? [] : [`I6 ${id} was never left`];
  return leaves > 1 && !wasDisturbed(seen) ? [`I6 ${id} was left ${leaves} times`] : [];
}

function checkHandoffs({ chats }: Evidence, user: string): string[] {
  const handoffs = chats.filter((chat) => chat.user === user).map(({ handoff }) => handoff);
  return new Set(handoffs).size < handoffs.length ? [`I2 ${user}: two chats for one hand-off: ${handoffs}`] : [];
}

/** As many ends are said as there were chats; whoever did not want to wait for one is told that, too. */
function checkSaid(seen: Evidence, user: string): string[] {
  const chats = seen.chats.filter((chat) => chat.user === user && seen.taken.has(chat.id));
  const ends = seen.shown.filter((one) => one.user === user && isEnd(one));
  const said = [...new Map(ends.map((one) => [`${one.correlation} ${keyOf(one)}`, one])).values()];
  const byHerself = countOf(said, (one) => keyOf(one) === 'ended_by_user');
  const waits = wishesWithoutChat(seen, user, chats);
  const commands = countOf(seen.turns, (turn) => turn.user === user && isEndCommand(turn));
  const isTooMany =
    said.length > chats.length + waits || said.length - byHerself > chats.length || byHerself > commands;
  if (isTooMany) return [`I6 ${user}: ${said.length} ends were said for ${chats.length} chats`];
  const inDoubt = countOf(seen.doubtful, ({ key, words }) => key.endsWith(`|${user}`) && words.includes('"ended_'));
  const least = chats.filter((chat) => !wasSilent(seen, chat)).length - inDoubt;
  return said.length < least ? [`I6 ${user}: ${said.length} ends were said for ${least} chats`] : [];
}

const wishes: readonly string[] = [
  '/live_agent',
  'asks for an agent',
  '/still_need_help',
  '/leave_message',
  '/back_to_agent',
];

/** Wishes for an agent that led to no chat: each may be given up with a word. */
function wishesWithoutChat({ turns }: Evidence, user: string, chats: readonly SeenChat[]): number {
  return countOf(turns, ({ what, turn, ...of }) => {
    const isWish = of.user === user && wishes.includes(what);
    return isWish && !chats.some(({ handoff }) => handoff === turn);
  });
}

/** Only an agent, or the queue, ends a chat in the agent's name; without a queue to ask, whoever quotes its words does. */
function checkClosed({ chats, shown, rows, states }: Evidence, user: string): string[] {
  const said = new Set(
    shown.filter((one) => one.user === user && keyOf(one) === 'ended_by_agent').map(({ correlation }) => correlation),
  ).size;
  const closed = countOf(chats, (chat) => chat.user === user && chat.closed);
  const quoted = states ? 0 : countOf(rows, (row) => row.user === user && row.what === 'quotes the closing phrase');
  return said > closed + quoted
    ? [`I6 ${user}: told ${said} times that the agent ended a chat, which happened ${closed} times`]
    : [];
}

/** Slow is said once, and then that it goes on, or that the chat is over. */
function checkSlowness(seen: Evidence, user: string): string[] {
  const keys = seen.shown.filter((one) => one.user === user && !one.repeat).map((one) => noticeOf(one.content)?.key);
  const faults: string[] = [];
  let isSlow = false;
  for (const key of keys) {
    if (key === 'support_interrupted' && isSlow) faults.push(`I6 ${user}: slowness was said twice`);
    if (key === 'support_interrupted') isSlow = true;
    if (key === 'support_goes_on' || key?.startsWith('ended_')) isSlow = false;
  }
  const isExcused = seen.doubtful.some(
    ({ key, words }) => key.endsWith(`|${user}`) && /"support_goes_on|"ended_/.test(words),
  );
  if (isExcused || seen.silences.some((silence) => silence.user === user) || seen.shown.some((one) => one.repeat))
    return [];
  return isSlow ? [...faults, `I6 ${user}: slowness was said, and never its end`] : faults;
}
