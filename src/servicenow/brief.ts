import type { Employee, Handoff, Line } from '../conversation/types';
import type { Texts } from '../texts/texts';
import { cut, withoutMarkup } from './plain-text';

export interface BriefParts {
  readonly handoff: Handoff;
  readonly user: Employee;
  /** By which the chat of this hand-off is found again; it stands first, where lists show it too. */
  readonly token: string;
  readonly texts: Texts;
  readonly locale: string;
  readonly longest: number;
}

/** The first message of a chat: who is asking, what for, and what was said until then, with times in UTC. */
export function brief(parts: BriefParts): string {
  const head = [...who(parts), ...what(parts)].join('\n');
  const lines = parts.handoff.transcript.map((line) => transcriptLine(parts, line));
  if (lines.length === 0) return cut(head, parts.longest);
  const title = say(parts, 'agent.brief.transcript');
  const room = parts.longest - head.length - title.length - 3;
  return cut([head, '', title, ...fitting(parts, lines, room)].join('\n'), parts.longest);
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
  const where = [user.locale, user.timezone].filter((part) => part).join(', ');
  const place = say(parts, 'agent.brief.where', { where: oneLine(where) });
  return [`[Teams ${token}] ${withoutMarkup(oneLine(user.name) + mail)}`, withoutMarkup(place)];
}

/** What the chat is about, and why it was handed over where that is something else. */
function what(parts: BriefParts): string[] {
  const { handoff } = parts;
  const about = summary(handoff);
  const reason = oneLine(handoff.request.reason ?? '');
  return [
    ...(about === '' ? [] : [say(parts, 'agent.brief.about', { text: withoutMarkup(about) })]),
    ...(reason === '' || reason === about ? [] : [say(parts, 'agent.brief.reason', { text: withoutMarkup(reason) })]),
  ];
}

/** What somebody said over several lines is set in, so that no part of it looks like the next one's words. */
function transcriptLine(parts: BriefParts, { at, who: speaker, text }: Line): string {
  const name = speaker === 'user' ? oneLine(parts.user.name) : say(parts, 'agent.brief.assistant');
  const words = text.trim().replace(/\s*[\r\n\u2028\u2029]+/g, '\n    ');
  return withoutMarkup(`${timeOf(at, parts.handoff.requestedAt)} ${name}: ${words}`);
}

/** Hours and minutes; another day than the hand-off's is named. */
function timeOf(at: number, now: number): string {
  const [time, today] = [at, now].map((each) => new Date(each).toISOString().slice(0, 16).replace('T', ' '));
  return time?.slice(0, 10) === today?.slice(0, 10) ? (time ?? '').slice(11) : (time ?? '');
}

/** The newest lines that fit; how many older ones do not is said. */
function fitting(parts: BriefParts, lines: readonly string[], room: number): string[] {
  if (lines.join('\n').length <= room) return [...lines];
  const note = (count: number) => say(parts, 'agent.brief.left_out', { count });
  let left = room - note(lines.length).length - 1;
  const kept: string[] = [];
  for (const line of lines.toReversed()) {
    if (line.length > left) break;
    left -= line.length + 1;
    kept.unshift(line);
  }
  const newest = lines.at(-1);
  if (kept.length === 0 && newest !== undefined && left > 0) kept.push(cut(newest, left));
  const missing = lines.length - kept.length;
  return missing === 0 ? kept : [note(missing), ...kept];
}

function oneLine(text: string): string {
  return cut(text.replace(/\s+/g, ' ').trim(), 160);
}

function say({ texts, locale }: BriefParts, key: string, values?: Readonly<Record<string, string | number>>): string {
  return texts.say(locale, key, values);
}
