import type { Evidence, SeenChat } from './evidence';
import { countOf, isEnd, isInLedger, keyOf, leftAt, textOf, wasSilent } from './facts';
import type { AgentRow } from './journal';

/** So long a look may take that was begun before the row was there. */
const longestReadMs = 8_000;

/** Every row of an agent's: it reaches its employee (I1), once but for a marked repeat (I2), in order (I3), and nobody else (I4). */
export function checkRows(seen: Evidence): string[] {
  const rows = seen.rows.filter(({ what }) => what !== 'work note');
  const notes = seen.rows.filter(({ what }) => what === 'work note');
  return [
    ...rows.flatMap((row) => checkRow(seen, row)),
    ...notes.filter(({ text }) => showsOf(seen, text).length > 0).map(({ text }) => `work note shown: "${text}"`),
    ...seen.chats.flatMap((chat) => checkOrder(seen, chat)),
    ...checkAnswers(seen),
  ];
}

function checkRow(seen: Evidence, row: AgentRow): string[] {
  const shows = showsOf(seen, row.text);
  if (shows.some(({ user }) => user !== row.user)) return [`I4 "${row.text}" was shown to another`];
  const unmarked = countOf(shows, ({ repeat }) => !repeat);
  if (unmarked > 1 || shows.length > 2)
    return [`I2 "${row.text}" was shown ${unmarked} times, ${shows.length - unmarked} times marked`];
  return shows.length === 0 && !isExcused(seen, row) ? [`I1 "${row.text}" was never shown`] : [];
}

function showsOf({ shown }: Evidence, text: string) {
  return shown.filter(({ content }) => content.kind === 'agent' && textOf(content) === text);
}

/** Why a row may not be shown: nobody was in the chat yet or could be reached, its show is in the ledger, or it could not be read in time. */
function isExcused(seen: Evidence, row: AgentRow): boolean {
  const chat = seen.chats.find(({ id }) => id === row.chat);
  if (!chat || !seen.taken.has(chat.id) || wasSilent(seen, chat)) return true;
  if (isInLedger(seen, row.user, `"${row.text}"`)) return true;
  if (seen.faults.some(({ call, how }) => call === 'leave' && how === 'not_found')) return true;
  const end = leftAt(seen, chat);
  const isError = (key: string) => key === 'ended_by_error' || key === 'ended_not_located';
  const endedByError =
    seen.shown.some((one) => one.user === row.user && isError(keyOf(one)) && one.at >= row.at) ||
    isInLedger(seen, row.user, '"ended_by_error"') ||
    isInLedger(seen, row.user, '"ended_not_located"');
  if (endedByError) return true;
  if (end === Number.POSITIVE_INFINITY) return waitsForReaper(seen, chat) || isInLedger(seen, row.user, '"ended_');
  return !wasReadable(seen, row, end);
}

/** The chat is over for its employee, but could not be left yet: the reaper has a last look when it comes. */
function waitsForReaper({ shown }: Evidence, { user, openedAt }: SeenChat): boolean {
  return shown.some((one) => one.user === user && isEnd(one) && one.at >= openedAt);
}

/** Whether nothing went wrong with looking at the thread from then on, until after the chat was left: a process that died then looks again. */
function wasReadable({ faults }: Evidence, { at }: AgentRow, end: number): boolean {
  return !faults.some(
    (one) =>
      one.side === 'desk' && one.call === 'read' && one.at >= at - longestReadMs && one.at <= end + longestReadMs,
  );
}

/** In thread order; a row that appeared late comes when it comes. */
function checkOrder(seen: Evidence, chat: SeenChat): string[] {
  const { rows, shown } = seen;
  const late = new Set(rows.filter(({ what }) => what === 'late').map(({ text }) => text));
  const inThread = chat.rows
    .filter(({ author, text }) => author === 'agent' && !late.has(text))
    .map((row, index) => ({ ...row, index }))
    .sort((one, other) => one.at - other.at || one.index - other.index)
    .map(({ text }) => text);
  const inTeams = [
    ...new Set(shown.filter(({ content }) => content.kind === 'agent').map(({ content }) => textOf(content))),
  ];
  const places = inTeams.map((text) => inThread.indexOf(text)).filter((place) => place >= 0);
  return places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0))
    ? []
    : [`I3 ${chat.user}: agent's words out of order: ${places.map((place) => inThread[place]).join(' | ')}`];
}

/** What is shown unmarked, with the same words about the same turn, is shown once: answers and ends. */
function checkAnswers({ shown }: Evidence): string[] {
  const unmarked = shown.filter((one) => !one.repeat && (one.content.kind === 'assistant' || isEnd(one)));
  const names = unmarked.map((one) => `${one.user} ${one.correlation} ${keyOf(one)} ${textOf(one.content)}`);
  return [...new Set(names.filter((name, index) => names.indexOf(name) < index))].map(
    (name) => `I2 shown twice: ${name}`,
  );
}
