import type { Content, HandedFile } from '../../conversation/content';
import type { AgentFile } from '../../conversation/types';
import { escapeInline, withoutControls } from './markdown';
import type { MessageBody, Wording } from './message';

const consentCard = 'application/vnd.microsoft.teams.card.file.consent';
const infoCard = 'application/vnd.microsoft.teams.card.file.info';
const longestName = 100;

/** A file of an agent's: a small picture as it is, anything else as Teams' question whether it may be saved. */
export function renderFile(content: Extract<Content, { kind: 'file' }>, { locale, texts }: Wording): MessageBody {
  const { file, picture } = content;
  const name = withoutControls(file.name);
  const agent = (content.name ?? '').trim().slice(0, longestName) || texts.say(locale, 'teams.agent');
  const notice = {
    summary: withoutControls(`${agent}: ${texts.say(locale, 'teams.file', { name })}`),
    channelData: { notification: { alert: true } },
  };
  if (picture !== undefined) {
    const attachments = [{ contentType: typeOf(picture), contentUrl: picture, name }];
    return { type: 'message', textFormat: 'markdown', text: `**${escapeInline(agent)}**`, attachments, ...notice };
  }
  const description = texts.say(locale, 'teams.file_offer', { agent: withoutControls(agent) });
  return { ...askedFor(file, description), ...notice };
}

/** What was said in a chat, which the employee wanted as a file. */
export function renderTranscript(file: AgentFile, { locale, texts }: Wording): MessageBody {
  return askedFor(file, texts.say(locale, 'teams.transcript_offer'));
}

/** Teams' question whether a file may be saved among the employee's own. */
function askedFor(file: AgentFile, description: string): MessageBody {
  const context = { file: file.id };
  const size = file.size === undefined ? {} : { sizeInBytes: file.size };
  const content = { description, ...size, acceptContext: context, declineContext: context };
  return { type: 'message', attachments: [{ contentType: consentCard, name: withoutControls(file.name), content }] };
}

/** A file among the employee's own. */
export function renderHandedFile({ name, contentUrl, uniqueId, fileType }: HandedFile): MessageBody {
  const content = { ...(uniqueId === undefined ? {} : { uniqueId }), ...(fileType === undefined ? {} : { fileType }) };
  return { type: 'message', attachments: [{ contentType: infoCard, contentUrl, name, content }] };
}

function typeOf(picture: string): string {
  return picture.slice('data:'.length, picture.indexOf(';'));
}
