// Tests the tests: plants one known bug after the other into a copy of the sources and shows that the suite notices.
// npm run planted [-- --only "part of a name"]
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bugs } from '../test/planted/bugs.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({ options: { only: { type: 'string' } } });
const chosen = bugs.filter(({ name }) => name.includes(values.only ?? ''));
const copy = mkdtempSync(join(tmpdir(), 'planted-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));

for (const part of [
  'src',
  'servicenow-app/src',
  'test',
  'scripts',
  'manifest',
  'package.json',
  'tsconfig.json',
  'jest.config.js',
  '.env.example',
])
  cpSync(join(root, part), join(copy, part), { recursive: true });
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
writeFileSync(join(copy, 'no-build.js'), 'module.exports = () => {};\n');

/** What the tests say: whether they passed, and the first that did not. */
function runTests(tests) {
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = [jest, '--globalSetup', join(copy, 'no-build.js'), '--reporters', 'default', '--bail', ...tests];
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: copy,
    encoding: 'utf8',
    timeout: 240_000,
    env: { ...process.env, CRASH_RUNS: '400' },
  });
  const failed =
    /● (.+)/.exec(stderr)?.[1] ?? (status === null ? '(they did not come to an end)' : '(they did not run)');
  return { passed: status === 0, failed };
}

function plant({ file, find, put }) {
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(find).length !== 2) throw new Error(`${file} does not hold just once: ${find}`);
  writeFileSync(
    path,
    source.replace(find, () => put),
  );
  return () => writeFileSync(path, source);
}

const all = [...new Set(chosen.flatMap(({ tests }) => tests))];
const before = runTests(all);
if (!before.passed) {
  console.error(`The suite fails without any planted bug: ${before.failed}`);
  process.exit(1);
}
const missed = [];
for (const bug of chosen) {
  const restore = plant(bug);
  const { passed, failed } = runTests(bug.tests);
  restore();
  if (passed) missed.push(bug.name);
  console.log(`${passed ? 'MISSED' : 'found '}  ${bug.name}${passed ? '' : `\n        by: ${failed}`}`);
}
console.log(`\n${chosen.length - missed.length} of ${chosen.length} planted bugs found`);
process.exit(missed.length === 0 ? 0 : 1);
