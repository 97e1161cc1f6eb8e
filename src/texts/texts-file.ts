import { z } from 'zod';
import { en, type TextKey } from './en';
import { prepareMessage } from './message';
import type { TextOverrides } from './texts';

/** What a TEXTS_FILE holds, or everything that is wrong with it. */
export type TextsFile =
  | { readonly ok: true; readonly overrides: TextOverrides }
  | { readonly ok: false; readonly problems: readonly string[] };

const shape = z.record(z.string(), z.record(z.string(), z.string()));

/** Reads the content of a TEXTS_FILE: `{"<locale>":{"<key>":"<ICU message>"}}`. All problems are named at once. */
export function parseTextsFile(json: string): TextsFile {
  const parsed = shape.safeParse(readJson(json));
  if (!parsed.success) {
    return { ok: false, problems: parsed.error.issues.map((issue) => `${place(issue.path)}: ${issue.message}`) };
  }
  const problems = Object.entries(parsed.data).flatMap(([locale, messages]) => problemsOf(locale, messages));
  return problems.length === 0 ? { ok: true, overrides: parsed.data } : { ok: false, problems };
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function place(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the file' : path.map(String).join('.');
}

function problemsOf(locale: string, messages: Readonly<Record<string, string>>): string[] {
  if (!isLocale(locale)) return [`${locale}: is not a language tag such as "de" or "fr-CA"`];
  return Object.entries(messages).flatMap(([key, text]) => {
    const problem = problemOf(locale, key, text);
    return problem === undefined ? [] : [`${locale}.${key}: ${problem}`];
  });
}

function isLocale(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length === 1 && /^[a-z]{2,3}(-[a-z0-9]{1,8}){0,4}$/i.test(locale);
  } catch {
    return false;
  }
}

function problemOf(locale: string, key: string, text: string): string | undefined {
  if (!Object.hasOwn(en, key)) return 'there is no text with this key';
  const known = prepareMessage(en[key as TextKey], 'en').uses;
  try {
    const unknown = [...prepareMessage(text, locale).uses].filter((name) => !known.has(name));
    return unknown.length === 0 ? undefined : unknownValues(unknown, [...known]);
  } catch (error) {
    return `is not an ICU message (${(error as Error).message})`;
  }
}

function unknownValues(unknown: readonly string[], known: readonly string[]): string {
  const may = known.length === 0 ? 'it has no values' : `it may use ${known.map((name) => `{${name}}`).join(', ')}`;
  return `uses ${unknown.map((name) => `{${name}}`).join(', ')}, but ${may}`;
}
