import type { Employee, Handoff } from '../conversation/types';
import type { AssistantMemory } from '../engine/ports';
import type { Texts } from '../texts/texts';
import { cut, oneLine, withoutMarkup } from './plain-text';
import { talk } from './talk';

/** What the assistant knows, in UTF-16 units. */
const longestKnown = 400;

export interface BriefParts {
  readonly handoff: Handoff;
  readonly user: Employee;
  /** By which the chat of this hand-off is found again; it stands first, where lists show it too. */
  readonly token: string;
  readonly texts: Texts;
  readonly locale: string;
  readonly longest: number;
  readonly memory?: AssistantMemory;
}

/**
 * The first message of a chat: who is asking, what for, what the assistant did about it, and what was said until then, with times in
 * UTC. What stands before the talk is half of it and a dozen lines at the most.
 */
export function brief(parts: BriefParts): string {
  const head = [...who(parts), ...fitting([...before(parts), ...what(parts), ...tried(parts)], parts.longest / 2)].join(
    '\n',
  );
  const { transcript, requestedAt } = parts.handoff;
  if (transcript.length === 0) return cut(head, parts.longest);
  const title = say(parts, 'agent.brief.transcript');
  const room = parts.longest - head.length - title.length - 3;
  const said = talk(transcript, { ...parts, name: parts.user.name, now: requestedAt, room });
  return cut([head, '', title, ...said].join('\n'), parts.longest);
}

/** True of words that begin as the first message of some chat of ours does. */
export function isOpening(words: string): boolean {
  return /^\s*\[Teams [^\s\]]+\]/.test(words);
}

/** The token of the first message that these words are, or quote from its beginning. */
export function tokenIn(words: string): string | undefined {
  return /\[Teams ([^\s\]]+)\]/.exec(words)?.[1];
}

/** One line by which the chat can be told from others in a list. */
export function summary({ request, transcript }: Handoff): string {
  const asked = transcript.findLast((line) => line.who === 'user')?.text;
  return oneLine(request.summary || asked || request.reason || '');
}

function who(parts: BriefParts): string[] {
  const { user, token } = parts;
  const mail = user.email ? ` <${oneLine(user.email)}>` : '';
  const where = [user.locale, user.timezone, user.device].filter((part) => part).join(', ');
  const place = say(parts, 'agent.brief.where', { where: oneLine(where) });
  return [`[Teams ${token}] ${withoutMarkup(oneLine(user.name) + mail)}`, withoutMarkup(place)];
}

/** The chat that did not settle the matter. */
function before(parts: BriefParts): string[] {
  const { follows } = parts.handoff;
  if (!follows) return [];
  const { id, number, agent, endedAt } = follows;
  const time = new Date(endedAt).toISOString().slice(0, 16).replace('T', ' ');
  const values = { chat: number ?? id, time, ...(agent ? { agent: oneLine(agent) } : {}) };
  return [withoutMarkup(say(parts, 'agent.brief.follows', values))];
}

/** What the chat is about, and why it was handed over and what was asked where that is something else. */
function what(parts: BriefParts): string[] {
  const { request, transcript } = parts.handoff;
  const asked = transcript.filter((one) => one.who === 'user').map((one) => oneLine(one.text));
  const lines: [string, string][] = [
    ['about', summary(parts.handoff)],
    ['reason', oneLine(request.reason ?? '')],
    ['first', asked[0] ?? ''],
    ['last', asked.at(-1) ?? ''],
  ];
  const isNews = ([, text]: [string, string], index: number) =>
    text !== '' && lines.findIndex(([, other]) => other === text) === index;
  return lines.filter(isNews).map(([name, text]) => line(parts, name, text));
}

/** What the assistant has done about it: its last words, and, where its records can be asked, what it ran and what it knows. */
function tried(parts: BriefParts): string[] {
  const { actions, slots } = parts.memory ?? { actions: [], slots: [] };
  const answer = parts.handoff.transcript.findLast((one) => one.who === 'bot')?.text;
  return [
    ...(answer === undefined ? [] : [line(parts, 'answered', oneLine(answer))]),
    ...(actions.length === 0 ? [] : [line(parts, 'ran', oneLine(actions.join(', ')))]),
    ...(slots.length === 0 ? [] : [line(parts, 'knows', cut(slots.map(slotText).join('; '), longestKnown))]),
  ];
}

/** The first lines that fit: the newest words of the talk have their place, too. */
function fitting(lines: readonly string[], room: number): string[] {
  const ends = lines.map((_, index) => lines.slice(0, index + 1).join('\n').length);
  return lines.filter((_, index) => (ends[index] ?? 0) <= room);
}

function slotText({ name, value }: AssistantMemory['slots'][number]): string {
  return oneLine(`${name}: ${value}`);
}

function line(parts: BriefParts, name: string, text: string): string {
  return say(parts, `agent.brief.${name}`, { text: withoutMarkup(text) });
}

function say({ texts, locale }: BriefParts, key: string, values?: Readonly<Record<string, string | number>>): string {
  return texts.say(locale, key, values);
}
