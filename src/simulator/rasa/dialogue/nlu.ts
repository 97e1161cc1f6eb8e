import { isObject } from '../events';
import { intentsOf, type Script } from './script';

/** What the bot made of a text. */
export interface Understanding {
  readonly text: string;
  readonly intent: { readonly name: string; readonly confidence: number };
  readonly entities: readonly { readonly entity: string; readonly value: unknown }[];
  readonly intent_ranking: readonly { readonly name: string; readonly confidence: number }[];
  readonly commands?: readonly { readonly command: string }[];
}

const direct = /^\/([^{@]+)(@[0-9.]+)?(\{.+\})?/s;

/** Reads `/intent{"entity": "value"}` as what it says, and anything else by the words in it. */
export function understand(text: string, script: Script, declaredIntents: readonly string[] = []): Understanding {
  const known = new Set([...intentsOf(script), ...declaredIntents]);
  const match = direct.exec(text);
  const named = match?.[1]?.trim();
  if (named !== undefined && known.has(named)) {
    const confidence = match?.[2] ? Number(match[2].slice(1)) : 1;
    return understood(text, named, confidence, entitiesIn(match?.[3]), script);
  }
  const intent = wordsFor(text, script.intents);
  return understood(text, intent ?? 'nlu_fallback', intent ? 0.97 : 0.3, lookUp(text, script), script);
}

function understood(
  text: string,
  name: string,
  confidence: number,
  entities: Understanding['entities'],
  script: Script,
): Understanding {
  const commands = script.commands[name]?.map((command) => ({ command }));
  const intent = { name, confidence };
  return { text, intent, entities, intent_ranking: [intent], ...(commands && { commands }) };
}

function entitiesIn(json: string | undefined): Understanding['entities'] {
  if (json === undefined) return [];
  try {
    const parsed: unknown = JSON.parse(json);
    return isObject(parsed) ? Object.entries(parsed).map(([entity, value]) => ({ entity, value })) : [];
  } catch {
    return [];
  }
}

function lookUp(text: string, script: Script): Understanding['entities'] {
  return Object.entries(script.entities).flatMap(([entity, values]) => {
    const value = wordsFor(text, values);
    return value === undefined ? [] : [{ entity, value }];
  });
}

/** The first name on the list with a phrase that is in the text. */
function wordsFor(text: string, phrases: Record<string, readonly string[]>): string | undefined {
  return Object.entries(phrases).find(([, words]) => words.some((word) => contains(text, word)))?.[0];
}

function contains(text: string, phrase: string): boolean {
  const literal = phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'iu').test(text);
}
