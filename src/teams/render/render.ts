import type { Content } from '../../conversation/content';
import { longestBody, longestText } from '../limits';
import { renderAgent } from './agent';
import { renderAssistant } from './assistant';
import { renderFile, renderHandedFile, renderTranscript } from './file';
import { type MessageBody, textMessage, type Wording } from './message';
import { renderNotice } from './notice';
import { renderStatus } from './status';
import { timeOfDay } from './time-of-day';

/** One message as Teams takes it. `repeat` marks it, for the employee to see, as one that may have been shown before. */
export function renderContent(content: Content, options: Wording & { readonly repeat: boolean }): MessageBody {
  const shown = fitted(bodyOf(content, options) ?? textMessage(''), options);
  return notesOf(content, options).reduceRight(withNote, shown);
}

/** Whether something is shown does not depend on the words for it. */
const anyWording: Wording = { locale: undefined, texts: { say: (_, key) => key } };

/** Whether there is nothing to show to a person, so that nothing is sent. */
export function isEmpty(content: Content): boolean {
  if (content.kind === 'agent') return content.text.trim() === '';
  return content.kind === 'assistant' && renderAssistant(content.item, anyWording) === undefined;
}

function bodyOf(content: Content, wording: Wording): MessageBody | undefined {
  switch (content.kind) {
    case 'assistant':
      return renderAssistant(content.item, wording);
    case 'agent':
      return renderAgent(content, wording);
    case 'notice':
      return renderNotice(content.notice, wording);
    case 'file':
      return renderFile(content, wording);
    case 'transcript':
      return renderTranscript(content.file, wording);
    case 'handed_file':
      return renderHandedFile(content.file);
    case 'status':
      return renderStatus(content.status, wording);
  }
}

/** Too much for Teams: the text's beginning is shown, and said to be that; cards that are too large are said to be left out. */
function fitted(body: MessageBody, { locale, texts }: Wording): MessageBody {
  const text = body.text ?? '';
  const isLong = text.length > longestText;
  const short = isLong ? { ...body, text: `${cut(text)}…\n\n${texts.say(locale, 'teams.shortened')}` } : body;
  if (sizeOf({ ...short, text: '' }) <= longestBody) return short;
  const words = (isLong ? short.text : text) || (body.summary ?? '');
  return textMessage([words, texts.say(locale, 'teams.left_out')].filter((part) => part !== '').join('\n\n'));
}

function cut(text: string): string {
  return text.slice(0, longestText).replace(/[\ud800-\udbff]$/, '');
}

/** In UTF-16 units, without the pictures that a message carries inside it: Teams does not count them. */
function sizeOf(body: MessageBody): number {
  return JSON.stringify(body).replace(/data:image\/\w+;base64,[a-z0-9+/=]+/gi, '').length;
}

/** What the connector says of a message, above it. */
function notesOf(content: Content, options: Wording & { readonly repeat: boolean }): string[] {
  const { locale, texts, repeat } = options;
  const writtenAt = 'writtenAt' in content ? content.writtenAt : undefined;
  return [
    ...(repeat ? [texts.say(locale, 'teams.possible_repeat')] : []),
    ...(writtenAt ? [texts.say(locale, 'teams.written_at', { time: timeOfDay(writtenAt, options) })] : []),
  ];
}

function withNote(body: MessageBody, note: string): MessageBody {
  const { text } = body;
  if (text === undefined || text === '') return { ...body, ...textMessage(note) };
  return { ...body, text: body.textFormat === 'plain' ? `${note}\n\n${text}` : `_${note}_\n\n${text}` };
}
