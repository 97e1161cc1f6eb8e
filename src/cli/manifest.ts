import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { writeAppPackage } from './manifest/command';

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`The app package was not written. ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  },
);

async function main(): Promise<number> {
  const root = productFolder(__dirname);
  return await writeAppPackage({
    args: process.argv.slice(2),
    env: { ...envFile(), ...process.env },
    cwd: process.cwd(),
    root,
    productVersion: z.object({ version: z.string() }).parse(JSON.parse(read(root, 'package.json'))).version,
    out: (line) => console.log(line),
    err: (line) => console.error(line),
  });
}

/** The folder of the product, seen from the built file and from the source alike. */
function productFolder(from: string): string {
  if (existsSync(join(from, 'manifest', 'manifest.json'))) return from;
  const above = dirname(from);
  if (above === from) throw new Error('The folder "manifest" of the product was not found.');
  return productFolder(above);
}

/** What the file `.env` says; the real environment wins over it. */
function envFile(): NodeJS.ProcessEnv {
  return existsSync('.env') ? parseEnv(read('.', '.env')) : {};
}

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}
