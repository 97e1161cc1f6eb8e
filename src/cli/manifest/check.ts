import { type AppManifest, AppManifestUtils } from '@microsoft/app-manifest';
import { z } from 'zod';
import type { AppPackage, Icon } from './package';
import type { Json } from './template';

type Schema = Awaited<ReturnType<typeof AppManifestUtils.fetchSchema>>;

const described = z.object({ $schema: z.string() });

/** What Microsoft's own schemas, and the sizes that Teams asks of icons, say against a package; nothing when it is good. */
export async function problemsOf({ manifest, icons, languages }: AppPackage): Promise<string[]> {
  const address = described.parse(manifest).$schema;
  const whole = await AppManifestUtils.fetchSchema(address);
  const language = await languageSchema(address);
  const checks = [
    problemsOfFile('manifest.json', manifest, whole),
    ...languages.map(({ name, texts }) => problemsOfFile(name, texts, language)),
    ...icons.map(problemsOfIcon),
  ];
  return (await Promise.all(checks)).flat();
}

async function problemsOfFile(name: string, content: Json, schema: Schema): Promise<string[]> {
  const errors = await AppManifestUtils.validateAgainstSchema(content as unknown as AppManifest, schema);
  return errors.map((error) => `${name}: ${error.trim()}`);
}

/**
 * The schema of the language files that belongs to the manifest's, without the patterns that are no regular expressions
 * in Unicode mode, which the validator insists on. They are about activity feed notifications; this app sends none.
 */
async function languageSchema(manifestSchema: string): Promise<Schema> {
  const address = manifestSchema.replace('MicrosoftTeams.schema.json', 'MicrosoftTeams.Localization.schema.json');
  const schema = await AppManifestUtils.fetchSchema(address);
  const { patternProperties } = z.object({ patternProperties: z.record(z.string(), z.unknown()) }).parse(schema);
  const usable = Object.entries(patternProperties).filter(([pattern]) => isUnicodePattern(pattern));
  return Object.assign(schema, { patternProperties: Object.fromEntries(usable) });
}

function isUnicodePattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').unicode;
  } catch {
    return false;
  }
}

async function problemsOfIcon({ name, pixels, png }: Icon): Promise<string[]> {
  const size = sizeOfPng(png);
  if (size === `${pixels}x${pixels}`) return [];
  return [`${name}: is ${size ?? 'not a PNG file'}; it should be a PNG of ${pixels}x${pixels} pixels`];
}

function sizeOfPng(file: Buffer): string | undefined {
  const starts = file.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  return starts && file.length > 24 ? `${file.readUInt32BE(16)}x${file.readUInt32BE(20)}` : undefined;
}
