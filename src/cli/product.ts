import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** The folder of the product, seen from the built file and from the source alike. */
export function productFolder(from: string): string {
  if (existsSync(join(from, 'manifest', 'manifest.json'))) return from;
  const above = dirname(from);
  if (above === from) throw new Error('The folder "manifest" of the product was not found.');
  return productFolder(above);
}

/** The version that stands in the product's package.json. */
export function productVersion(root: string): string {
  const content: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return z.object({ version: z.string() }).parse(content).version;
}
