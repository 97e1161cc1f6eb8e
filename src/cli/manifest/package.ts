import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fill, type Json, type Values } from './template';
import type { PackageFile } from './zip';

/** The texts of one language, by their place in the manifest. */
export interface LanguageFile {
  readonly name: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** A picture, and the width and height that Teams asks of it. */
export interface Icon {
  readonly name: string;
  readonly pixels: number;
  readonly png: Buffer;
}

/** Everything that goes into the archive. */
export interface AppPackage {
  readonly manifest: Json;
  readonly icons: readonly Icon[];
  readonly languages: readonly LanguageFile[];
}

const texts = z.record(z.string(), z.string());

const template = z.looseObject({
  icons: z.object({ color: z.string(), outline: z.string() }),
  localizationInfo: z.object({
    defaultLanguageFile: z.string(),
    additionalLanguages: z.array(z.object({ file: z.string() })),
  }),
});

/**
 * Fills the templates in a folder (`manifest.json`, `languages/`, `icons/`). The manifest takes its own words from a
 * language file: `{{en.json:name.short}}` is what `en.json` says under `name.short`.
 */
export async function assemble(folder: string, values: Values): Promise<AppPackage> {
  const manifest = await readJson(join(folder, 'manifest.json'));
  const { icons, localizationInfo } = template.parse(manifest);
  const named = [localizationInfo.defaultLanguageFile, ...localizationInfo.additionalLanguages.map(({ file }) => file)];
  const languages = await Promise.all(named.map((name) => readLanguage(folder, name, values)));
  return {
    manifest: fill(manifest, { ...values, ...wordsOf(languages) }),
    icons: [await readIcon(folder, icons.color, 192), await readIcon(folder, icons.outline, 32)],
    languages,
  };
}

/** The package as files, in the order in which they stand in the archive. */
export function filesOf({ manifest, icons, languages }: AppPackage): PackageFile[] {
  return [
    { name: 'manifest.json', content: jsonFile(manifest) },
    ...icons.map(({ name, png }) => ({ name, content: png })),
    ...languages.map((language) => ({ name: language.name, content: jsonFile(language.texts) })),
  ];
}

async function readLanguage(folder: string, name: string, values: Values): Promise<LanguageFile> {
  const filled = fill(await readJson(join(folder, 'languages', name)), values);
  return { name, texts: texts.parse(filled) };
}

async function readIcon(folder: string, name: string, pixels: number): Promise<Icon> {
  return { name, pixels, png: await readFile(join(folder, 'icons', name)) };
}

function wordsOf(languages: readonly LanguageFile[]): Values {
  return Object.fromEntries(
    languages.flatMap(({ name, texts }) => Object.entries(texts).map(([key, text]) => [`${name}:${key}`, text])),
  );
}

async function readJson(file: string): Promise<Json> {
  const content = await readFile(file, 'utf8');
  try {
    return JSON.parse(content) as Json;
  } catch (cause) {
    throw new Error(`${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
}

function jsonFile(content: Json): Buffer {
  return Buffer.from(`${JSON.stringify(content, null, 2)}\n`);
}
