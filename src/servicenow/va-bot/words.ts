import { z } from 'zod';
import { choicesOf } from './choices';
import type { Item } from './schema';

const card = z.looseObject({
  title: z.string().optional().catch(undefined),
  subtitle: z.string().optional().catch(undefined),
  description: z.string().optional().catch(undefined),
  url: z.string().optional().catch(undefined),
  link: z.string().optional().catch(undefined),
  fields: z
    .array(z.looseObject({ fieldLabel: z.coerce.string(), fieldValue: z.coerce.string() }))
    .optional()
    .catch(undefined),
});
const target = z.looseObject({
  target: z.string().optional().catch(undefined),
  action: z.string().optional().catch(undefined),
});
const link = z.looseObject({ href: z.string().optional(), url: z.string().optional(), label: z.string().optional() });

/** What stands where nothing of an item can be shown. */
export const unsupported = '[unsupported content]';

/** What a person reads of an item, with ServiceNow's own mark-up where there is a link. Empty: there is nothing to read in it. */
export function textOf(item: Item): string {
  switch (item.uiType) {
    case 'OutputText':
    case 'StreamChunk':
      return plainValue(item) ?? item.label ?? item.message ?? unsupported;
    case 'StreamStart':
      return '';
    case 'OutputLink':
      return lines(item.header, linked(item));
    case 'OutputImage':
      return lines(item.label, linkTo(plainValue(item) ?? '', item.altText));
    case 'OutputHtml':
      return lines(item.label, htmlOf(item), ...linksOf(item));
    case 'OutputCard':
      return cardOf(item);
    case 'GroupedPartsOutputControl':
      return lines(item.header, ...partsOf(item));
    default:
      return questionOf(item);
  }
}

/** A question with its numbered choices; of what this version does not know, whatever can be read. */
function questionOf(item: Item): string {
  const asked = lines(item.promptMsg, item.label, item.header, item.content, item.message, plainValue(item));
  const choices = choicesOf(item).map(({ label }, index) => `${index + 1}. ${describe(label, item, index)}`);
  return lines(asked, ...choices) || unsupported;
}

function describe(label: string, { options = [] }: Item, index: number): string {
  const description = options[index]?.description;
  return description && description !== label ? `${label}: ${description}` : label;
}

function linked(item: Item): string {
  const { target: address, action } = target.catch({}).parse(item.value ?? {});
  return linkTo(address ?? action ?? plainValue(item) ?? '', item.label);
}

function linksOf({ links = [] }: Item): string[] {
  return links.map((one) => {
    if (typeof one === 'string') return linkTo(one, undefined);
    const { href, url, label } = link.catch({}).parse(one);
    return linkTo(href ?? url ?? '', label);
  });
}

function partsOf({ values = [] }: Item): string[] {
  return values.map(({ label, action, description }) => lines(linkTo(action ?? '', label), description));
}

function cardOf(item: Item): string {
  const { title, subtitle, description, url, link: other, fields = [] } = card.catch({}).parse(parsed(item.data) ?? {});
  const facts = fields.map(({ fieldLabel, fieldValue }) => `${fieldLabel}: ${fieldValue}`);
  return lines(linkTo(url ?? other ?? '', title), subtitle, description, ...facts) || item.label || unsupported;
}

/** Shown as ServiceNow shows what stands between its own marks. */
function htmlOf(item: Item): string | undefined {
  const html = plainValue(item)?.replace(/\[\/?code\]/gi, '');
  return html && `[code]${html}[/code]`;
}

function linkTo(address: string, text: string | undefined): string {
  if (!/^(https?:\/\/|\/)/i.test(address)) return lines(text, address);
  return `[code]<a href="${escaped(address)}">${escaped(text ?? address)}</a>[/code]`;
}

function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\[/g, '&#91;');
}

function plainValue({ value }: Item): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return { description: data };
  }
}

function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part.trim() !== '').join('\n');
}
