import type { DomNode } from 'html-to-text';
import { attribute, isKind } from './element';
import type { Format } from './page';

/** What a picture's description says when it says nothing. */
const saysNothing =
  /^(?:image|img|picture|photo|bild|grafik|foto|imagen|imagem|immagine|afbeelding|undefined|null|[0-9a-f-]{32,36})?(?:[ _-]?\(?\d+\)?)?$/i;
const onlyEmoji = /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\s)+$/u;

/** An emoji is written as the character it stands for, or as its name where there is none. */
export const writeEmoji: Format = (element, { builder }) => {
  const shown = emojiOf(element);
  if (shown !== '') builder.addInline(shown);
};

/** A picture in the message, with its description. Emoji are pictures for Teams, too. */
export const writePicture: Format = (element, page) => {
  if (isEmoji(element)) return writeEmoji(element, page);
  const alt = oneLine(attribute(element, 'alt'));
  page.builder.addInline(saysNothing.test(alt) ? ' [image] ' : ` [image: ${alt}] `);
};

/** What is played, not read. */
export const writeRecording: Format = (element, { builder }) => builder.addInline(` [${element.name}] `);

function isEmoji(element: DomNode): boolean {
  const alt = attribute(element, 'alt');
  return (
    isKind(element, 'Emoji') ||
    /(?:^|[\s-])emo(?:ji|ticon)/i.test(attribute(element, 'class')) ||
    (/\p{Extended_Pictographic}/u.test(alt) && onlyEmoji.test(alt))
  );
}

function emojiOf(element: DomNode): string {
  const alt = oneLine(attribute(element, 'alt'));
  if (alt !== '' && !/^[\p{L}\p{N}_][\p{L}\p{N}_ -]*$/u.test(alt)) return alt;
  const name = alt || oneLine(attribute(element, 'title'));
  return name === '' ? '' : `:${name}:`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
