import type { AssistantItem } from '../../conversation/content';
import { cardActions, isRecord, mostHeroButtons, webAddress } from './buttons';
import { buttonList, carousel, escapeXml, pictureAddress, pictureCard } from './cards';
import { renderCustom } from './custom';
import { escapeInline, looksLikeMarkdown, neutraliseHtml } from './markdown';
import { heroCard, type MessageBody, textMessage, type Wording } from './message';

/** One message of the assistant; `undefined` when nothing of it can be shown. */
export function renderAssistant(item: AssistantItem, wording: Wording): MessageBody | undefined {
  const text = (item.text ?? '').trim();
  return (
    renderButtons(item, text) ??
    renderPicture(item, text, wording) ??
    renderAttachment(item.attachment, text, wording) ??
    (item.custom && renderWithWords(item.custom, text)) ??
    (text === '' ? undefined : textMessage(neutraliseHtml(text)))
  );
}

function renderButtons({ buttons, image }: AssistantItem, text: string): MessageBody | undefined {
  const actions = cardActions(buttons);
  if (actions.length === 0) return undefined;
  const address = pictureAddress(image);
  const images = address ? { images: [{ url: address }] } : {};
  if (actions.length > mostHeroButtons)
    return { type: 'message', ...preview(text), attachments: [buttonList(text, actions)] };
  if (looksLikeMarkdown(text)) {
    const card = { contentType: heroCard, content: { ...images, buttons: actions } };
    return { ...textMessage(neutraliseHtml(text)), attachments: [card] };
  }
  const content = { ...(text === '' ? {} : { text: escapeXml(text) }), ...images, buttons: actions };
  return { type: 'message', ...preview(text), attachments: [{ contentType: heroCard, content }] };
}

function preview(text: string): { summary?: string } {
  return text === '' ? {} : { summary: text.slice(0, 150) };
}

function renderPicture({ image }: AssistantItem, text: string, wording: Wording): MessageBody | undefined {
  const picture = pictureAddress(image);
  if (!picture) return linkMessage(image, text, '', wording);
  if (!looksLikeMarkdown(text)) return { type: 'message', ...preview(text), attachments: [pictureCard(picture, text)] };
  return { ...textMessage(neutraliseHtml(text)), attachments: [pictureCard(picture, '')] };
}

/** An address, or a template in the shape that web chats of this assistant use. */
function renderAttachment(attachment: unknown, text: string, wording: Wording): MessageBody | undefined {
  if (typeof attachment === 'string') return linkMessage(attachment, text, '', wording);
  if (!isRecord(attachment)) return undefined;
  const payload = isRecord(attachment.payload) ? attachment.payload : attachment;
  const cards = carousel(payload.elements);
  if (cards.length > 0) {
    const words = text === '' ? { type: 'message' as const } : textMessage(neutraliseHtml(text));
    return { ...words, attachments: cards, attachmentLayout: 'carousel' };
  }
  const title = typeof payload.title === 'string' ? payload.title : '';
  const source = payload.src ?? payload.url;
  const picture = attachment.type === 'image' ? pictureAddress(source) : undefined;
  if (picture) return renderPicture({ image: picture }, text || title, wording);
  return linkMessage(source, text, title, wording);
}

function linkMessage(value: unknown, text: string, title: string, { locale, texts }: Wording): MessageBody | undefined {
  const address = webAddress(value);
  if (!address) return undefined;
  const label = escapeInline(title || texts.say(locale, 'teams.link'));
  const link = `[${label}](${address.replaceAll('(', '%28').replaceAll(')', '%29')})`;
  return textMessage([neutraliseHtml(text), link].filter((line) => line !== '').join('\n\n'));
}

function renderWithWords(custom: Readonly<Record<string, unknown>>, text: string): MessageBody | undefined {
  const shown = renderCustom(custom);
  if (!shown || shown.text !== undefined || text === '') return shown;
  return { ...shown, ...textMessage(neutraliseHtml(text)) };
}
