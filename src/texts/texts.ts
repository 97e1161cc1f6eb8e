import { de } from './de';
import { en } from './en';
import { type Message, prepareMessage, type Values } from './message';

/** Every word that people read from the product, by key and language. */
export interface Texts {
  /**
   * The text in the language that comes nearest: de-AT, then de, then en. A key that nobody knows is said as it is.
   * Values are data: nothing in them is read as a message.
   */
  say(locale: string | undefined, key: string, values?: Values): string;
}

/** Texts that replace built-in ones: locale → key → ICU message. */
export type TextOverrides = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The texts that come with the product. */
export const builtIn: TextOverrides = { en, de };

export function makeTexts(overrides: TextOverrides = {}): Texts {
  const sources = [byLowerCase(overrides), byLowerCase(builtIn)];
  const prepared = new Map<string, readonly Message[]>();
  const candidates = (locale: string, key: string): readonly Message[] => {
    const name = `${locale}\n${key}`;
    const known = prepared.get(name) ?? find(sources, locale, key);
    if (prepared.size < mostPrepared) prepared.set(name, known);
    return known;
  };
  return {
    say: (locale, key, values = {}) => firstThatWorks(candidates(nameable(locale), key), values) ?? key,
  };
}

/** Bounds the memory: locales come from outside. */
const mostPrepared = 5_000;

type Source = ReadonlyMap<string, Readonly<Record<string, string>>>;

function byLowerCase(texts: TextOverrides): Source {
  return new Map(Object.entries(texts).map(([locale, messages]) => [locale.toLowerCase(), messages]));
}

function nameable(locale: string | undefined): string {
  const name = (locale ?? 'en').replaceAll('_', '-').toLowerCase();
  return /^[a-z]{2,3}(-[a-z0-9]{1,8}){0,4}$/.test(name) ? name : 'en';
}

/** The text for the nearest locale first, then the ones to fall back to. */
function find(sources: readonly Source[], locale: string, key: string): Message[] {
  const found: Message[] = [];
  for (const name of fallbacks(locale)) {
    for (const source of sources) {
      const messages = source.get(name);
      const text = messages && Object.hasOwn(messages, key) ? messages[key] : undefined;
      if (text !== undefined) found.push(prepareMessage(text, name));
    }
  }
  return found;
}

function fallbacks(locale: string): string[] {
  const parts = locale.split('-');
  const nearer = parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
  return [...new Set([...nearer, 'en'])];
}

/** An admin's own text can meet a value that it has no answer for; then the next one speaks. */
function firstThatWorks(messages: readonly Message[], values: Values): string | undefined {
  for (const message of messages) {
    try {
      return message.format(values);
    } catch {
      // The next text is the answer to this failure; the texts that come with the product work with every value.
    }
  }
  return undefined;
}
