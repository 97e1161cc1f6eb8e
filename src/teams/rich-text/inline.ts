import type { DomNode } from 'html-to-text';
import { attribute, isEmpty, isKind, textOf } from './element';
import { writeMention } from './mentions';
import type { Format } from './page';

/** An element that changes how words look, which plain text leaves out. */
export const writeInline: Format = (element, page) =>
  isKind(element, 'Mention') && element.name === 'span' ? writeMention(element, page) : page.walk(element.children);

/** What was crossed out must not read as if it held. */
export const writeStruck: Format = (element, { builder, walk }) => {
  if (isEmpty(element)) return walk(element.children);
  builder.addInline('~~');
  walk(element.children);
  builder.addInline('~~');
};

/** A link: its words, and its address where that is not what they say. */
export const writeLink: Format = (element, { builder, walk }) => {
  walk(element.children);
  const address = addressOf(element);
  if (address === '') return;
  if (isEmpty(element)) builder.addInline(` ${address} `);
  else if (!saysTheSame(textOf(element), address)) builder.addInline(` (${address})`);
};

/** Of addresses only those that lead somewhere: no scripts, no data, no places inside the message. */
function addressOf(element: DomNode): string {
  const href = attribute(element, 'href').trim();
  if (!/^[a-z][a-z0-9+.-]*:/i.test(href) || /^(?:javascript|vbscript|data|blob|about):/i.test(href)) return '';
  return href.replace(/^mailto:([^?]*).*$/is, '$1').replace(/\s/g, '%20');
}

/** Characters of an address can be written as three; longer words than that are no address. */
function saysTheSame(words: string, address: string): boolean {
  const said = words.trim();
  return said.length <= 3 * address.length && bare(said) === bare(address);
}

function bare(address: string): string {
  const short = address
    .replace(/^(?:https?:\/\/|mailto:|tel:)/i, '')
    .replace(/\/$/, '')
    .replace(/[\s\u200b\u00ad]/g, '')
    .toLowerCase();
  try {
    return decodeURI(short);
  } catch {
    return short;
  }
}
