import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readSecretFile } from '../config/secret-files';
import { examine } from './doctor/command';
import { productFolder, productVersion } from './product';

const root = productFolder(__dirname);

examine({
  args: process.argv.slice(2),
  env: process.env,
  readEnvFile: (file) => (existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : undefined),
  readFile: (path) => readFileSync(path, 'utf8'),
  readSecret: readSecretFile,
  appPackage: join(root, 'manifest', 'build', 'teams-app.zip'),
  productVersion: productVersion(root),
  now: Date.now,
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  },
);
