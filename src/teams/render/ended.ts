import type { ChatEnd } from '../../conversation/content';
import { adaptive } from './adaptive';
import { escapeInline, withoutControls } from './markdown';
import type { Attachment, Wording } from './message';

const ratings = [1, 2, 3, 4, 5] as const;
const longestName = 100;

/** A chat that is over, in short: how long it was, who helped, how to quote it; a question, and what can be done about it now. */
export function endedCard(end: ChatEnd, wording: Wording): Attachment {
  const facts = factsOf(end, wording);
  const spoken = facts.map(({ title, value }) => `${title}: ${value}`).join('. ');
  const body = [{ type: 'FactSet', facts }, ...(end.rateable ? question(end, wording) : [])];
  const actions = [
    button(end, wording.texts.say(wording.locale, 'teams.button_still_need_help'), '/still_need_help'),
    button(end, wording.texts.say(wording.locale, 'teams.button_transcript'), '/transcript'),
  ];
  return adaptive({ body, actions, spoken });
}

function factsOf({ number, agent, minutes }: ChatEnd, { locale, texts }: Wording): { title: string; value: string }[] {
  const fact = (key: string, value: string | undefined) =>
    value ? [{ title: texts.say(locale, key), value: escapeInline(withoutControls(value).slice(0, longestName)) }] : [];
  return [
    ...fact('teams.end.duration', texts.say(locale, 'teams.status.minutes', { minutes })),
    ...fact('teams.end.agent', agent),
    ...fact('teams.status.chat', number),
  ];
}

/** Answered by one click. */
function question(end: ChatEnd, { locale, texts }: Wording): object[] {
  const actions = ratings.map((rating) => ({
    ...button(end, `${rating} ★`, `/rate ${rating}`),
    tooltip: texts.say(locale, 'teams.end.rating', { rating }),
  }));
  return [
    { type: 'TextBlock', text: texts.say(locale, 'teams.end.question'), wrap: true },
    { type: 'ActionSet', actions },
  ];
}

/** A click names its chat: one on an old card concerns no other. */
function button({ chat }: ChatEnd, title: string, command: string) {
  return { type: 'Action.Submit', title, data: { command, chat } };
}
