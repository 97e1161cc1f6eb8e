import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Bug {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

const root = join(__dirname, '..', '..');

/** The list is a module of its own, so that the command that plants them can read it without a build. */
function bugs(): Bug[] {
  const source = readFileSync(join(__dirname, 'bugs.mjs'), 'utf8').replace('export const bugs =', 'return');
  return new Function(source.replace(/^\/\*\*[\s\S]*?\*\//, ''))() as Bug[];
}

test('there are at least twenty planted bugs, each of its own kind', () => {
  const names = bugs().map((bug) => bug.name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(20);
});

test.each(bugs().map((bug) => [bug.name, bug] as const))('can still be planted: %s', (_name, bug) => {
  const path = join(root, bug.file);
  expect(existsSync(path)).toBe(true);
  expect(readFileSync(path, 'utf8').split(bug.find)).toHaveLength(2);
  expect(bug.put).not.toBe(bug.find);
});
