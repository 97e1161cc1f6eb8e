import type { AgentNotice } from '../conversation/content';
import type { Words } from '../conversation/effects';
import type { Texts } from '../texts/texts';
import { cut, withoutMarkup } from './plain-text';
import { talk } from './talk';

export interface WordsParts {
  readonly texts: Texts;
  readonly options: { readonly agentLocale: string; readonly longestMessage: number };
}

/** The words as they are posted: the employee's own, or a notice of the connector's in the language of the agents. */
export function wordsOf(parts: WordsParts, words: Words): string {
  if (words.from === 'connector') return noticeText(parts, words.notice);
  const said = withoutMarkup(words.part);
  return words.corrects ? parts.texts.say(parts.options.agentLocale, 'agent.corrected', { text: said }) : said;
}

/** What a notice quotes is shortened, so that the whole fits into one row. */
function noticeText({ texts, options }: WordsParts, notice: AgentNotice): string {
  const say = (values?: Readonly<Record<string, string>>) =>
    texts.say(options.agentLocale, `agent.${notice.key}`, values);
  if (notice.key === 'said_meanwhile') {
    const { name, lines } = notice;
    const room = options.longestMessage - say({ text: '' }).length;
    const said = talk(lines, { name, now: lines.at(-1)?.at ?? 0, texts, locale: options.agentLocale, room });
    return say({ text: said.join('\n') });
  }
  if (!('text' in notice)) return say();
  const room = options.longestMessage - say({ text: '' }).length;
  return say({ text: cut(withoutMarkup(notice.text), Math.max(0, room)) });
}
