import type { Evidence } from './evidence';
import { keyOf, textOf } from './facts';

type Entry = readonly [at: number, line: string];

/** What was to be seen in a history, one line for each thing, with milliseconds from its beginning. */
export function chronicle(seen: Evidence): string[] {
  const entries = [...said(seen), ...heard(seen), ...atFarSides(seen)];
  const begin = Date.UTC(2026, 10, 23, 9, 0, 0);
  return [
    ...entries.sort(([one], [other]) => one - other).map(([at, line]) => `${at - begin} ${line}`),
    ...seen.doubtful.map(({ key, type, state, words }) => `in the ledger: ${key} ${type} ${state} ${words}`),
    ...seen.chats.map(
      ({ id, user, leaves, rows }) => `${short(id)} of ${user}, left ${leaves} times: ${textsOf(rows)}`,
    ),
  ];
}

function said({ turns, rows }: Evidence): Entry[] {
  return [
    ...turns.map((one): Entry => [one.at, `${one.user} (${one.turn}): ${one.text}`]),
    ...rows.map((one): Entry => [one.at, `agent in ${short(one.chat)}: ${one.text} (${one.what})`]),
  ];
}

function heard({ shown, asked }: Evidence): Entry[] {
  return [
    ...shown.map((one): Entry => {
      const mark = one.repeat ? ' (again)' : '';
      return [one.at, `${one.user} sees${mark}: ${keyOf(one)} ${textOf(one.content)} <- ${one.correlation}`];
    }),
    ...asked.map((one): Entry => [one.at, `assistant hears ${one.user}: ${one.text}`]),
  ];
}

function atFarSides({ chats, left, silences, faults }: Evidence): Entry[] {
  return [
    ...chats.map((one): Entry => [one.openedAt, `${short(one.id)} is opened for ${one.user}, hand-off ${one.handoff}`]),
    ...left.map((one): Entry => [one.at, `${short(one.chat)} is left`]),
    ...silences.map((one): Entry => [one.at, `${one.user} cannot be reached`]),
    ...faults.map((one): Entry => [one.at, `trouble: ${one.side} ${one.call} ${one.how}`]),
  ];
}

function short(chat: string): string {
  return `chat ${Number.parseInt(chat.slice(1), 16)}`;
}

function textsOf(rows: readonly { readonly text: string }[]): string {
  return rows.map(({ text }) => text).join(' | ');
}
