import { adaptive } from './adaptive';
import { type CardAction, cardActions, isRecord, mostHeroButtons, webAddress } from './buttons';
import { neutraliseHtml } from './markdown';
import { type Attachment, heroCard } from './message';

const mostCards = 10;

/** A card with more buttons than a hero card shows. */
export function buttonList(text: string, actions: readonly CardAction[]): Attachment {
  const rows: object[] = [];
  for (let at = 0; at < actions.length; at += mostHeroButtons) {
    rows.push({ type: 'ActionSet', actions: actions.slice(at, at + mostHeroButtons).map(adaptiveAction) });
  }
  const words = text === '' ? [] : [{ type: 'TextBlock', text: neutraliseHtml(text), wrap: true }];
  const body = [...words, ...rows];
  const spoken = [text, ...actions.map(({ title }) => `[${title}]`)].filter((part) => part !== '').join(' ');
  return adaptive({ body, spoken });
}

function adaptiveAction({ type, title, value, text, displayText }: CardAction): Record<string, unknown> {
  if (type === 'openUrl') return { type: 'Action.OpenUrl', title, url: value };
  if (type === 'imBack') return { type: 'Action.Submit', title, data: { msteams: { type: 'imBack', value } } };
  const data = isRecord(value) ? value : {};
  return { type: 'Action.Submit', title, data: { ...data, msteams: { type, displayText, text, value } } };
}

/** A picture, with words where there are some. */
export function pictureCard(address: string, text: string): Attachment {
  const images = [{ url: address, ...(text === '' ? {} : { alt: text.slice(0, 200) }) }];
  return { contentType: heroCard, content: { ...(text === '' ? {} : { text: escapeXml(text) }), images } };
}

/** Things side by side, one card each. */
export function carousel(elements: unknown): Attachment[] {
  if (!Array.isArray(elements)) return [];
  return elements.slice(0, mostCards).flatMap((element) => {
    const card = isRecord(element) ? elementCard(element) : undefined;
    return card ? [card] : [];
  });
}

function elementCard(element: Readonly<Record<string, unknown>>): Attachment | undefined {
  const image = pictureAddress(element.image_url ?? element.image);
  const buttons = cardActions(element.buttons).slice(0, mostHeroButtons);
  const tap = webAddress(isRecord(element.default_action) ? element.default_action.url : undefined);
  const words = {
    ...said('title', element.title),
    ...said('subtitle', element.subtitle),
    ...said('text', element.text ?? element.description),
  };
  if (Object.keys(words).length === 0 && !image && buttons.length === 0) return undefined;
  const content = {
    ...words,
    ...(image ? { images: [{ url: image }] } : {}),
    ...(buttons.length > 0 ? { buttons } : {}),
    ...(tap ? { tap: { type: 'openUrl', title: String(words.title ?? ''), value: tap } } : {}),
  };
  return { contentType: heroCard, content };
}

function said(name: string, value: unknown): Record<string, string> {
  return typeof value === 'string' && value.trim() !== '' ? { [name]: escapeXml(value.trim()) } : {};
}

/** The text of a hero card is read as XML: what would be a tag or an entity is written so that it is shown. */
export function escapeXml(text: string): string {
  return text.replace(/&(?=#?\w+;)/g, '&amp;').replaceAll('<', '&lt;');
}

/** Where a picture may come from: the web by https, or the message itself. */
export function pictureAddress(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (/^data:image\/(png|jpe?g|gif);base64,[a-z0-9+/=]+$/i.test(value)) return value;
  const address = webAddress(value);
  return address?.startsWith('https:') ? address : undefined;
}
