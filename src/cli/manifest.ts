import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { writeAppPackage } from './manifest/command';
import { productFolder, productVersion } from './product';

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
    productVersion: productVersion(root),
    out: (line) => console.log(line),
    err: (line) => console.error(line),
  });
}

/** What the file `.env` says; the real environment wins over it. */
function envFile(): NodeJS.ProcessEnv {
  return existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
}
