import type { Employee, Handoff } from '../conversation/types';
import type { Texts } from '../texts/texts';
import { cut, oneLine, withoutMarkup } from './plain-text';
import { talk } from './talk';

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

function say({ texts, locale }: BriefParts, key: string, values?: Readonly<Record<string, string | number>>): string {
  return texts.say(locale, key, values);
}
