import type { Employee, Handoff, Line } from '../conversation/types';
import type { Texts } from '../texts/texts';
import { withoutMarkup } from './plain-text';

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
  return cut([head, '', title, ...fitting(parts, lines, head.length + title.length + 3)].join('\n'), parts.longest);
}

/** One line by which the chat can be told from others in a list. */
export function summary({ handoff }: Pick<BriefParts, 'handoff'>): string {
  const { request, transcript } = handoff;
  const asked = [...transcript].reverse().find((line) => line.who === 'user')?.text;
  return cut((request.summary ?? asked ?? request.reason ?? '').replace(/\s+/g, ' '), 160);
}

function who(parts: BriefParts): string[] {
  const { user, token } = parts;
  const mail = user.email ? ` <${user.email}>` : '';
  const where = [user.locale, user.timezone].filter((part) => part !== undefined).join(', ');
  return [`[Teams ${token}] ${withoutMarkup(user.name)}${mail}`, say(parts, 'agent.brief.where', { where })];
}

function what(parts: BriefParts): string[] {
  const text = summary(parts);
  return text === '' ? [] : [say(parts, 'agent.brief.about', { text: withoutMarkup(text) })];
}

function transcriptLine(parts: BriefParts, { at, who: speaker, text }: Line): string {
  const time = new Date(at).toISOString().slice(11, 16);
  const name = speaker === 'user' ? parts.user.name : say(parts, 'agent.brief.assistant');
  return `${time} ${withoutMarkup(name)}: ${withoutMarkup(text)}`;
}

/** The newest lines that fit; how many older ones do not is said. */
function fitting(parts: BriefParts, lines: readonly string[], taken: number): string[] {
  const note = (count: number) => say(parts, 'agent.brief.left_out', { count });
  let room = parts.longest - taken - note(lines.length).length - 1;
  const kept: string[] = [];
  for (const line of [...lines].reverse()) {
    room -= line.length + 1;
    if (room < 0) break;
    kept.unshift(line);
  }
  const missing = lines.length - kept.length;
  return missing === 0 ? kept : [note(missing), ...kept];
}

function say({ texts, locale }: BriefParts, key: string, values?: Readonly<Record<string, string | number>>): string {
  return texts.say(locale, key, values);
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
