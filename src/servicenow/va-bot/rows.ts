import type { ThreadRow } from '../../conversation/events';
import type { Cursor, RowId, ServerTime } from '../../conversation/types';
import type { KeptItem } from '../../engine/inbox';
import { cleanInline } from '../clean';
import { markedUp } from '../markup';
import { isQuestion } from './choices';
import { fileAt } from './media';
import type { BotOptions } from './options';
import { type Item, type Kept, kept } from './schema';
import { textOf, unsupported } from './words';

export interface Arrival {
  readonly seq: number;
  readonly at: ServerTime;
  readonly body: Kept;
}

export interface RowReading {
  /** Where links without a host lead, and files are. */
  readonly instance: string;
  readonly options: Pick<BotOptions, 'botName' | 'enteredPattern'>;
}

/** What was kept, in the order of its coming: times never go back, whichever process took it. */
export function arrivalsOf(items: readonly KeptItem[]): Arrival[] {
  let latest = 0;
  return items.map(({ seq, at, body }) => {
    latest = Math.max(latest, at);
    return { seq, at: latest as ServerTime, body: kept.catch({}).parse(JSON.parse(body)) };
  });
}

/** The row of the thread that an item is; none for one in which there is nothing to read. */
export function rowOf({ seq, at, body }: Arrival, reading: RowReading): ThreadRow | undefined {
  const { item } = body;
  if (!item) return undefined;
  const row = item.uiType === 'ActionMsg' ? noteOf(item, reading) : sayingOf(item, reading);
  return row && { id: rowId(seq), at, workNote: false, ...row };
}

type Said = Omit<ThreadRow, 'id' | 'at' | 'workNote'>;

/** Words of an agent, or of ServiceNow's own assistant. */
function sayingOf(item: Item, { instance, options }: RowReading): Said | undefined {
  const { sentFromAgent, agentName } = item.agentInfo ?? {};
  const author = sentFromAgent
    ? { author: 'agent' as const, ...(agentName ? { name: cleanInline(agentName) } : {}) }
    : { author: 'bot' as const, name: options.botName };
  const file = filesIn(item, instance);
  const text = file ? '' : markedUp(textOf(item), { instance });
  if (!file && text.trim() === '') return undefined;
  return { ...author, text, ...(file ? { files: [file] } : {}), ...(isQuestion(item) ? { asks: true as const } : {}) };
}

/** An image, a link or a text that is nothing but the address of a file on the instance. */
function filesIn(item: Item, instance: string) {
  if (item.uiType === 'OutputImage') return fileAt(String(item.value ?? ''), item.altText ?? item.label, instance);
  if (item.uiType === 'OutputLink') {
    const { target } = (item.value ?? {}) as { target?: unknown };
    return typeof target === 'string' ? fileAt(target, item.label ?? item.header, instance) : undefined;
  }
  const text = typeof item.value === 'string' ? item.value.trim() : '';
  return item.uiType === 'OutputText' && text.includes('/') && !/\s/.test(text)
    ? fileAt(text, item.label, instance)
    : undefined;
}

/** What the platform tells by itself: who has come is known otherwise, that it is over is for the story to judge, the rest is shown. */
function noteOf(item: Item, { options, instance }: RowReading): Said | undefined {
  if (item.actionType === 'StartSpinner' || item.message === undefined || item.message.trim() === '') return undefined;
  const text = markedUp(item.message, { instance });
  if (item.actionType !== 'System') return { author: 'bot', name: options.botName, text };
  return isEntering(item, options) || isClosing(item)
    ? { author: 'system', text }
    : { author: 'bot', name: options.botName, text };
}

export function isEntering({ message = '' }: Item, { enteredPattern }: Pick<BotOptions, 'enteredPattern'>): boolean {
  return new RegExp(enteredPattern, 'i').test(message);
}

/** What the platform says at an end, in English; others are among the closing patterns, or are shown. */
function isClosing({ message = '' }: Item): boolean {
  return /has closed the support session/i.test(message);
}

/** Whether nothing of an item could be read: that is told, and logged. */
export function isUnknown(item: Item): boolean {
  return item.uiType !== 'ActionMsg' && textOf(item) === unsupported;
}

export function rowId(seq: number): RowId {
  return String(seq) as RowId;
}

/** The number up to which a cursor has read. Its newest row is always among those it has seen. */
export function readUpTo(cursor: Cursor): number {
  return Math.max(0, ...cursor.seen.filter(({ id }) => /^\d{1,15}$/.test(id)).map(({ id }) => Number(id)));
}
