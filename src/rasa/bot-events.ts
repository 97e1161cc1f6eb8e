import type { AssistantItem } from '../conversation/content';
import { type Fields, isFields, readItem } from './schema';
import type { TrackerEvent } from './tracker';

/** What the bot said, as the REST channel would have given it: in its order, split where it splits. */
export function itemsSaid(events: readonly TrackerEvent[]): AssistantItem[] {
  return events.filter(({ event }) => event === 'bot').flatMap(itemsOf);
}

function itemsOf({ text, data }: TrackerEvent): AssistantItem[] {
  const { buttons, quick_replies, custom, image, attachment, elements } = isFields(data) ? data : ({} as Fields);
  const choices = [buttons, quick_replies].find((list) => Array.isArray(list) && list.length > 0);
  const spoken = choices
    ? [{ text, buttons: choices }]
    : (text ?? '')
        .trim()
        .split('\n\n')
        .map((part) => ({ text: part }));
  const cards = Array.isArray(elements) ? elements.filter(isFields).map(flattened) : [];
  const file = attachment === image ? undefined : attachment;
  return [...spoken, { custom }, { image }, { attachment: file }, ...cards].flatMap((one) =>
    readItem(withContent(one)),
  );
}

/** The records hold empty objects where the channel sends nothing. */
function withContent(item: Fields): Fields {
  return Object.fromEntries(
    Object.entries(item).filter(([, value]) => !isFields(value) || Object.keys(value).length > 0),
  );
}

function flattened({ title, subtitle, buttons }: Fields): Fields {
  return { text: [title ?? '', subtitle ?? ''].join(' : '), buttons };
}
