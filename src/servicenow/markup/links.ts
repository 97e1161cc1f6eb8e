import { clean, cleanInline } from '../clean';
import { addressOf, namesAnother } from './addresses';
import { titleOf } from './titles';
import type { Reading, Run } from './tree';

/** Longer texts are words beside their link. */
const longestLinkText = 300;

/** A link as it was written; `undefined` where its target is none that may be followed. */
export function linkRuns(target: string, text: string, reading: Reading, hint = ''): Run[] | undefined {
  const { instance, titles } = reading;
  const written = clean(target).trim();
  const address = addressOf(written, instance);
  const words = cleanInline(text);
  if (address === undefined) return undefined;
  if (words !== '' && words !== written && words !== address) return named(words, address);
  return [{ kind: 'link', text: titleOf(address, instance, { hint, titles }) ?? mailBox(address), address }];
}

/** The text is the link, unless it would lead astray: then the target is shown, and it alone is the link. */
function named(text: string, address: string): Run[] {
  if (text === mailBox(address)) return [{ kind: 'link', text, address }];
  if (text.length <= longestLinkText && !namesAnother(text, address)) return [{ kind: 'link', text, address }];
  return [
    { kind: 'words', text: `${text} (` },
    { kind: 'link', text: mailBox(address), address },
    { kind: 'words', text: ')' },
  ];
}

function mailBox(address: string): string {
  return address.replace(/^mailto:/i, '');
}
