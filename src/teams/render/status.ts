import type { ChatStatus } from '../../conversation/content';
import { adaptive } from './adaptive';
import { escapeInline, withoutControls } from './markdown';
import type { MessageBody, Wording } from './message';

type Fact = { readonly title: string; readonly value: string };

/**
 * How a chat stands, as one card that is changed in place: where the employee is in the queue, who has joined, that it is over. Its
 * button names the chat, so that a click on an old card ends no other one.
 */
export function renderStatus(status: ChatStatus, wording: Wording): MessageBody {
  const headline = headlineOf(status, wording);
  const facts = factsOf(status, wording);
  const spoken = [headline, ...facts.map(({ title, value }) => `${title}: ${value}`)].join('. ');
  const body = [
    { type: 'TextBlock', text: escapeInline(headline), weight: 'bolder', size: 'medium', wrap: true },
    ...(facts.length > 0 ? [{ type: 'FactSet', facts }] : []),
    ...hint(status, wording),
  ];
  const card = adaptive({ body, actions: actionsOf(status, wording), spoken });
  return { type: 'message', summary: spoken, attachments: [card] };
}

function headlineOf({ state, agent }: ChatStatus, { locale, texts }: Wording): string {
  const name = agent === undefined ? undefined : withoutControls(agent).slice(0, 100);
  return texts.say(locale, `teams.status.${state}`, name ? { agent: name } : {});
}

function factsOf(
  { state, number, position, wait, since, waitedMinutes }: ChatStatus,
  { locale, texts }: Wording,
): Fact[] {
  const fact = (name: 'chat' | 'position' | 'wait' | 'since' | 'waited', value: string | number | undefined): Fact[] =>
    value === undefined ? [] : [{ title: texts.say(locale, `teams.status.${name}`), value: String(value) }];
  const chat = number === undefined ? undefined : escapeInline(number.slice(0, 100));
  if (state !== 'waiting') return fact('chat', chat);
  const waited =
    waitedMinutes === undefined || waitedMinutes < 1
      ? undefined
      : texts.say(locale, 'teams.status.minutes', { minutes: waitedMinutes });
  const expected = wait === undefined ? undefined : escapeInline(wait.slice(0, 200));
  return [
    ...fact('position', position),
    ...fact('wait', expected),
    ...fact('since', timeOf(since)),
    ...fact('waited', waited),
    ...fact('chat', chat),
  ];
}

/** Teams shows it in the reader's own time zone. */
function timeOf(since: number): string {
  return `{{TIME(${new Date(since).toISOString().slice(0, 19)}Z)}}`;
}

function hint({ state, meanwhile }: ChatStatus, { locale, texts }: Wording): object[] {
  if (state === 'ended') return [];
  const waiting = meanwhile ? 'teams.status.meanwhile_hint' : 'teams.status.waiting_hint';
  const key = state === 'waiting' ? waiting : 'teams.status.connected_hint';
  return [{ type: 'TextBlock', text: texts.say(locale, key), isSubtle: true, wrap: true }];
}

function actionsOf({ state, chat, meanwhile }: ChatStatus, { locale, texts }: Wording): object[] {
  if (state === 'ended') return [];
  const button = (name: 'end_chat' | 'ask_assistant' | 'back_to_agent') => ({
    type: 'Action.Submit',
    title: texts.say(locale, `teams.button_${name}`),
    data: { command: `/${name}`, chat },
  });
  const other = meanwhile ? 'back_to_agent' : 'ask_assistant';
  return [...(state === 'waiting' ? [button(other)] : []), button('end_chat')];
}
