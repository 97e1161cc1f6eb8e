import { namedIn } from '../support/world/fake-teams';
import type { Evidence } from './evidence';
import { countOf, isInLedger, isWords, keyOf, noticeOf, numberOf, textOf } from './facts';
import type { Turn } from './journal';

/** So long it may take until a process knows that Teams refused. */
const longestCallMs = 8_000;

/** Every word of an employee's: where it went (I1), once (I2), in order (I3), to the right ears (I4). */
export function checkWords(seen: Evidence): string[] {
  return seen.users.flatMap((user) => [
    ...checkFates(seen, user),
    ...checkAnswers(seen, user),
    ...checkOrder(seen, user),
    ...checkEars(seen, user),
  ]);
}

function checkFates(seen: Evidence, user: string): string[] {
  const turns = seen.turns.filter((turn) => turn.user === user && isWords(turn));
  const texts = new Set(turns.map(({ text }) => text));
  return [...texts].flatMap((text) => {
    const said = turns.filter((turn) => turn.text === text);
    const heard = heardBy(seen, user, text);
    if (heard > said.length) return [`I2 ${user}: "${text}" was said ${said.length} times and heard ${heard} times`];
    const untold = said.filter((turn) => !isTold(seen, turn)).length;
    return heard + timesNamed(seen, user, text) + (said.length - untold) < said.length
      ? [`I1 ${user}: "${text}" was said ${said.length} times, heard ${heard} times, and nobody was told`]
      : [];
  });
}

/** What the assistant was asked is answered, or the employee is told that it is not. */
function checkAnswers(seen: Evidence, user: string): string[] {
  const asked = seen.asked.filter((one) => one.user === user).map(({ text }) => text);
  const isAnswered = (text: string) =>
    isInLedger(seen, user, `"you said ${text}"`) ||
    seen.shown.some((one) => one.user === user && textOf(one.content) === `you said ${text}`);
  return seen.turns
    .filter((turn) => turn.user === user && turn.what === 'words' && asked.includes(turn.text))
    .filter((turn) => !isAnswered(turn.text) && !isTold(seen, turn) && timesNamed(seen, user, turn.text) === 0)
    .map(({ text }) => `I1 ${user}: nobody saw what was answered to "${text}"`);
}

/** How often the text came to an agent, or to the assistant. */
function heardBy({ chats, asked }: Evidence, user: string, text: string): number {
  const posted = chats.filter((chat) => chat.user === user).flatMap((chat) => chat.posted);
  const isAsked = (one: Evidence['asked'][number]) => one.user === user && one.text === text;
  return countOf(posted, (other) => other === text) + countOf(asked, isAsked);
}

function timesNamed({ shown }: Evidence, user: string, text: string): number {
  const named = shown.flatMap((one) => {
    const notice = one.user === user ? noticeOf(one.content) : undefined;
    return notice?.key === 'not_delivered' ? namedIn(notice) : [];
  });
  return countOf(named, (other) => other === text);
}

/** Whether the employee knows that these words got nowhere, the next agent reads them all the same, or nobody can tell her. */
function isTold(seen: Evidence, { user, text, turn, at }: Turn): boolean {
  if (seen.chats.some((chat) => chat.user === user && chat.brief.includes(text))) return true;
  if (seen.silences.some((silence) => silence.user === user && silence.at >= at - longestCallMs)) return true;
  if (isInLedger(seen, user, '"not_delivered"', `"${text}"`)) return true;
  if (wasLeft(seen, user, turn)) return true;
  if (seen.chats.some((chat) => chat.user === user && chat.wordsWait)) return true;
  const keys = ['please_send_again', 'assistant_unavailable'];
  const isDoubted = seen.doubtful.some(
    ({ type, correlation, words }) =>
      type === 'show' && correlation === turn && keys.some((key) => words.includes(`"${key}"`)),
  );
  return (
    isDoubted ||
    seen.shown.some(({ correlation, content }) => correlation === turn && keys.includes(noticeOf(content)?.key ?? ''))
  );
}

/** Whether it is kept for when somebody is there, or she did not want that any more. In the end everybody says that. */
function wasLeft(seen: Evidence, user: string, turn: string): boolean {
  const own = seen.shown.filter((one) => one.user === user);
  const isKept =
    own.some((one) => one.correlation === turn && noticeOf(one.content)?.key === 'message_kept') ||
    seen.doubtful.some((one) => one.correlation === turn && one.words.includes('"message_kept"'));
  if (!isKept || !seen.isOver) return isKept;
  return own.some((one) => keyOf(one) === 'message_dropped') || isInLedger(seen, user, '"message_dropped"');
}

/** Agents read an employee's words in the order in which she wrote them; she reads the assistant's answers in that order, too. */
function checkOrder({ chats, shown, asked }: Evidence, user: string): string[] {
  const answers = shown.filter((one) => one.user === user && one.content.kind === 'assistant');
  const sequences = [
    ...chats.filter((chat) => chat.user === user).map((chat) => chat.posted),
    asked.filter((one) => one.user === user).map(({ text }) => text),
    firsts(answers.map(({ content }) => textOf(content))),
  ];
  return sequences.filter((texts) => !isRising(texts)).map((texts) => `I3 ${user}: out of order: ${texts.join(' | ')}`);
}

function isRising(texts: readonly string[]): boolean {
  const numbers = texts.map(numberOf).filter((number) => number !== undefined);
  return numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));
}

function firsts(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function checkEars({ chats, asked, shown }: Evidence, user: string): string[] {
  const isStrange = (text: string) => numberOf(text) !== undefined && !text.replace('you said ', '').startsWith(user);
  const heard = [
    ...chats.filter((chat) => chat.user === user).flatMap((chat) => [...chat.posted, ...chat.brief]),
    ...asked.filter((one) => one.user === user).map(({ text }) => text),
    ...shown.filter((one) => one.user === user).map(({ content }) => textOf(content)),
  ];
  return heard.filter(isStrange).map((text) => `I4 ${user}: got what another wrote: "${text}"`);
}
