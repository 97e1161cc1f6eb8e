import type { Line } from '../conversation/types';
import type { Texts } from '../texts/texts';
import { cut, oneLine, withoutMarkup } from './plain-text';

export interface TalkParts {
  /** The employee's. */
  readonly name: string;
  /** A line of another day than this one's names its day. */
  readonly now: number;
  readonly texts: Texts;
  readonly locale: string;
  /** UTF-16 units. */
  readonly room: number;
}

/** What was said with the assistant, for the agent: the newest lines that fit, with times in UTC; how many older ones do not is said. */
export function talk(said: readonly Line[], parts: TalkParts): string[] {
  const { room } = parts;
  const lines = said.map((line) => lineOf(parts, line));
  if (lines.join('\n').length <= room) return lines;
  const note = (count: number) => parts.texts.say(parts.locale, 'agent.brief.left_out', { count });
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

/** What somebody said over several lines is set in, so that no part of it looks like the next one's words. */
function lineOf({ name, now, texts, locale }: TalkParts, { at, who, text }: Line): string {
  const speaker = who === 'user' ? oneLine(name) : texts.say(locale, 'agent.brief.assistant');
  const words = text.trim().replace(/\s*[\r\n\u2028\u2029]+/g, '\n    ');
  return withoutMarkup(`${timeOf(at, now)} ${speaker}: ${words}`);
}

/** Hours and minutes; another day than today is named. */
function timeOf(at: number, now: number): string {
  const [time, today] = [at, now].map((each) => new Date(each).toISOString().slice(0, 16).replace('T', ' '));
  return time?.slice(0, 10) === today?.slice(0, 10) ? (time ?? '').slice(11) : (time ?? '');
}
