import type { Notice } from '../../conversation/content';
import { endedCard } from './ended';
import { escapeInline, escapeMarkdown } from './markdown';
import { type Attachment, heroCard, type MessageBody, type Wording } from './message';
import { openingOf } from './opening';

/** Notices that leave the employee alone: a live agent is one click away. */
const offersAgent: ReadonlySet<Notice['key']> = new Set([
  'assistant_unavailable',
  'assistant_offer_agent',
  'open_failed',
  'ended_by_user',
  'ended_by_agent',
  'ended_by_operator',
  'ended_nobody_came',
  'ended_nobody_wrote',
  'ended_not_located',
  'ended_by_error',
]);

/** Notices of a chat that begins: leaving it is one click away. */
const offersEnd: ReadonlySet<Notice['key']> = new Set([
  'queued',
  'agent_joined',
  'already_queued',
  'already_connected',
]);

/** Notices of a wait that goes on with the assistant: the agent's queue is one click away. */
const offersWayBack: ReadonlySet<Notice['key']> = new Set(['assistant_meanwhile']);

/** Room for all the messages that did not arrive, and for the least of one. */
const roomForTexts = 9_000;
const leastOfText = 150;

/** The connector's own words, with the button that helps on from there. */
export function renderNotice(notice: Notice, wording: Wording): MessageBody {
  const { locale, texts } = wording;
  const text = hardBreaks(texts.say(locale, notice.key, valuesOf(notice, locale)));
  const button = buttonOf(notice, wording);
  return { type: 'message', textFormat: 'markdown', text, ...(button ? { attachments: [button] } : {}) };
}

/** The fields of a notice as data of its text. */
function valuesOf(notice: Notice, locale: string | undefined): Record<string, string | number> {
  switch (notice.key) {
    case 'queued':
      return known({ position: notice.position, wait: notice.wait });
    case 'no_agent_available':
      return known({ reason: notice.reason, opens: openingOf(notice.opens, locale) });
    case 'message_kept':
      return known({ opens: openingOf(notice.opens, locale) });
    case 'idle_warning':
    case 'cut_off_warning':
      return { minutes: notice.minutes };
    case 'agent_joined':
    case 'agent_changed':
      return known({ agent: notice.agent });
    case 'ended_by_error':
      return known({ summary: notice.summary, chat: notice.chat, lastUpdated: notice.lastUpdated });
    case 'file_refused':
      return { ...known({ name: notice.name }), reason: notice.reason };
    case 'file_by_link':
    case 'agent_file_too_large':
    case 'agent_file_failed':
    case 'file_declined':
      return known({ name: notice.name });
    case 'not_delivered':
      return notDelivered(notice);
    default:
      return {};
  }
}

/** Cut before anything is escaped: half of what escapes a sign would escape the next one. */
const longestValue = 1_000;

function known(values: Readonly<Record<string, string | number | undefined>>): Record<string, string | number> {
  const entries = Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [[name, typeof value === 'number' ? value : escapeInline(value.slice(0, longestValue))]];
  });
  return Object.fromEntries(entries);
}

function notDelivered({ texts, unsure = [] }: Extract<Notice, { key: 'not_delivered' }>) {
  const share = roomForTexts / (texts.length > 0 && unsure.length > 0 ? 2 : 1);
  return {
    count: texts.length,
    texts: listOf(texts, share),
    unsureCount: unsure.length,
    unsure: listOf(unsure, share),
  };
}

/** Every message is named; a long one by its beginning. */
function listOf(texts: readonly string[], share: number): string {
  const room = Math.max(leastOfText, Math.floor(share / Math.max(1, texts.length)));
  const shown = texts.slice(0, Math.floor(share / leastOfText));
  const lines = shown.map((text) => escapeMarkdown(text.length > room ? `${text.slice(0, room)}…` : text));
  return [...lines, ...(shown.length < texts.length ? [`(+ ${texts.length - shown.length})`] : [])].join('\n\n');
}

/** In Markdown a line break alone is a blank. */
function hardBreaks(text: string): string {
  return text.replace(/(?<! {2}|\n)\n(?!\n)/g, '  \n');
}

function buttonOf(notice: Notice, wording: Wording): Attachment | undefined {
  const { key } = notice;
  if (key === 'no_agent_available' && notice.takesMessage)
    return commandButton(wording.texts.say(wording.locale, 'teams.button_leave_message'), '/leave_message');
  if ('end' in notice && notice.end) return endedCard(notice.end, wording);
  const { locale, texts } = wording;
  const bound = 'chat' in notice && key !== 'ended_by_error' ? { chat: notice.chat } : {};
  if (offersAgent.has(key)) return commandButton(texts.say(locale, 'teams.button_live_agent'), '/live_agent');
  if (offersEnd.has(key)) return commandButton(texts.say(locale, 'teams.button_end_chat'), '/end_chat', bound);
  if (offersWayBack.has(key))
    return commandButton(texts.say(locale, 'teams.button_back_to_agent'), '/back_to_agent', bound);
  return undefined;
}

function commandButton(title: string, command: string, bound: { readonly chat?: string } = {}): Attachment {
  const button = { type: 'messageBack', title, displayText: title, text: command, value: { command, ...bound } };
  return { contentType: heroCard, content: { buttons: [button] } };
}
