import { isObject } from '../events';
import type { Answer } from '../http/exchange';
import { json } from '../http/exchange';
import type { Fault } from './fault';

/** Lets a fault act on the answer. */
export function spoilAnswer(fault: Fault, answer: Answer): Answer {
  switch (fault.kind) {
    case 'empty':
      return withItems(answer, () => []);
    case 'partial':
      return withItems(answer, (list) => list.slice(0, fault.keep));
    case 'shape':
      return misshapen(fault.shape, answer);
    case 'trigger':
      return withItems(answer, (list) => retriggered(list, fault.how));
    case 'truncated':
      return { ...answer, delivery: { how: 'cut' } };
    case 'content type':
      return { ...answer, headers: { ...answer.headers, 'content-type': fault.type } };
    case 'reset':
      return { ...answer, delivery: { how: 'break off' } };
    case 'lost':
      return { ...answer, delivery: { how: fault.how } };
    case 'drip':
      return { ...answer, delivery: { how: 'drip', bytesPerSecond: fault.bytesPerSecond } };
    case 'close idle':
      return { ...answer, delivery: { how: 'close idle', afterMs: fault.afterMs } };
    default:
      return answer;
  }
}

type Shape = Extract<Fault, { kind: 'shape' }>['shape'];

function misshapen(shape: Shape, answer: Answer): Answer {
  switch (shape) {
    case 'object':
      return answer.content.kind === 'items' ? { ...answer, ...json(200, { messages: answer.content.items }) } : answer;
    case 'null text':
      return eachItem(answer, (item) => ({ ...item, text: null }));
    case 'number text':
      return eachItem(answer, (item) => ({ ...item, text: 42 }));
    case 'no recipient':
      return eachItem(answer, ({ recipient_id: _, ...item }) => item);
    case 'unknown keys':
      return eachItem(answer, (item) => ({ ...item, mood: 'bright', nested: { deep: [1, null, { er: true }] } }));
    case 'huge':
      return withItems(answer, (list) => [...list, { recipient_id: 'huge', text: 'x'.repeat(5_000_000) }]);
  }
}

function retriggered(list: readonly unknown[], how: 'twice' | 'alone' | 'first'): readonly unknown[] {
  const triggers = list.filter((item) => isObject(item) && 'custom' in item);
  if (how === 'alone') return triggers;
  if (how === 'twice') return [...list, ...triggers];
  return [...triggers, ...list.filter((item) => !triggers.includes(item))];
}

function withItems(answer: Answer, change: (list: readonly unknown[]) => readonly unknown[]): Answer {
  if (answer.content.kind !== 'items') return answer;
  return { ...answer, content: { kind: 'items', items: change(answer.content.items) } };
}

function eachItem(answer: Answer, change: (item: Record<string, unknown>) => unknown): Answer {
  return withItems(answer, (list) => list.map((item) => (isObject(item) ? change(item) : item)));
}
