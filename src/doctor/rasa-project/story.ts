import { type Fields, isFields } from '../../rasa/schema';
import type { Project } from './read';

/** One path of the dialogue: a rule, a story, or a flow. */
export interface Path {
  readonly kind: 'rules' | 'stories' | 'flows';
  readonly name: string;
  readonly intents: readonly string[];
  readonly actions: readonly string[];
}

/** Every path of the project, with the intents and the actions that it names. */
export function pathsOf({ files }: Project): Path[] {
  return files.flatMap(({ content }) => [
    ...listed(content.rules).map((one) => path('rules', one, one.rule)),
    ...listed(content.stories).map((one) => path('stories', one, one.story)),
    ...flowsIn(content.flows),
  ]);
}

function listed(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function flowsIn(flows: unknown): Path[] {
  return isFields(flows) ? Object.entries(flows).map(([name, flow]) => path('flows', flow, name)) : [];
}

function path(kind: Path['kind'], content: unknown, name: unknown): Path {
  return {
    kind,
    name: typeof name === 'string' ? name : '(without a name)',
    intents: textsUnder(content, 'intent'),
    actions: textsUnder(content, 'action'),
  };
}

/** Every text that stands under a key, however deep. */
function textsUnder(value: unknown, key: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => textsUnder(one, key));
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    name === key && typeof one === 'string' ? [one] : textsUnder(one, key),
  );
}

/** Intents for which there are examples. */
export function taughtIntents({ files }: Project): ReadonlySet<string> {
  return new Set(files.flatMap(({ content }) => listed(content.nlu).flatMap(({ intent }) => String(intent ?? ''))));
}
