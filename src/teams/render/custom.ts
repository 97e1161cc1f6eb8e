import { shownVersion } from './adaptive';
import { isRecord } from './buttons';
import { carousel, pictureAddress } from './cards';
import { neutraliseHtml } from './markdown';
import { type Attachment, adaptiveCard, type MessageBody } from './message';

type Custom = Readonly<Record<string, unknown>>;

/** What an author sent as `custom`: a card, cards side by side, or an activity; `undefined` for what is no message. */
export function renderCustom(custom: Custom): MessageBody | undefined {
  const card = custom.type === 'AdaptiveCard' ? custom : (custom.adaptiveCard ?? custom.adaptive_card);
  if (isRecord(card)) return withCards([{ contentType: adaptiveCard, content: shownVersion(card) }]);
  const cards = carousel(custom.elements ?? custom.cards);
  if (cards.length > 0) return { ...withCards(cards), attachmentLayout: 'carousel' };
  return isActivity(custom) ? activityOf(custom) : undefined;
}

function withCards(attachments: readonly Attachment[]): MessageBody {
  return { type: 'message', attachments };
}

function isActivity({ type, text, attachments, suggestedActions }: Custom): boolean {
  if (type !== undefined) return type === 'message';
  return Array.isArray(attachments) || isRecord(suggestedActions) || typeof text === 'string';
}

/** Only what says what is shown: neither whom it goes to, nor who speaks, nor who is mentioned. */
function activityOf(custom: Custom): MessageBody | undefined {
  const attachments = Array.isArray(custom.attachments) ? custom.attachments.flatMap(attachmentOf) : [];
  const text = typeof custom.text === 'string' ? custom.text.trim() : '';
  const hasActions = isRecord(custom.suggestedActions);
  if (text === '' && attachments.length === 0) return undefined;
  return {
    type: 'message',
    ...(text === '' ? {} : wordsOf(text, custom.textFormat)),
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(custom.attachmentLayout === 'carousel' ? { attachmentLayout: 'carousel' } : {}),
    ...(hasActions ? { suggestedActions: { actions: (custom.suggestedActions as Custom).actions ?? [] } } : {}),
    ...(typeof custom.summary === 'string' ? { summary: custom.summary } : {}),
    ...(wantsAlert(custom) ? { channelData: { notification: { alert: true } } } : {}),
  };
}

function wordsOf(text: string, format: unknown): Pick<MessageBody, 'text' | 'textFormat'> {
  if (format === 'plain' || format === 'xml') return { text, textFormat: format };
  return { text: neutraliseHtml(text), textFormat: 'markdown' };
}

function wantsAlert({ channelData }: Custom): boolean {
  const notification = isRecord(channelData) ? channelData.notification : undefined;
  return isRecord(notification) && String(notification.alert) === 'true';
}

const cardType = /^application\/vnd\.microsoft\.(card\.\w+|teams\.card\.\w+)$/;

function attachmentOf(value: unknown): Attachment[] {
  if (!isRecord(value) || typeof value.contentType !== 'string') return [];
  const { contentType, content, contentUrl, name } = value;
  const named = typeof name === 'string' ? { name } : {};
  if (contentType === adaptiveCard && isRecord(content))
    return [{ contentType, content: shownVersion(content), ...named }];
  if (cardType.test(contentType) && isRecord(content)) return [{ contentType, content, ...named }];
  const address = contentType.startsWith('image/') ? pictureAddress(contentUrl) : undefined;
  return address ? [{ contentType, contentUrl: address, ...named }] : [];
}
