import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Item {
  readonly item: string;
  readonly what: string;
  readonly test?: readonly [string, string];
  readonly why?: string;
}

const root = join(__dirname, '..', '..');
const items = JSON.parse(readFileSync(join(root, 'docs', 'asvs.json'), 'utf8')) as Item[];

test('each item of the security standard has a test or a reason, and stands there once', () => {
  expect(items.filter(({ test, why }) => (test === undefined) === (why === undefined))).toEqual([]);
  expect(new Set(items.map(({ item }) => item)).size).toBe(items.length);
  expect(items.length).toBeGreaterThanOrEqual(85);
});

test.each(items.flatMap(({ item, test }) => (test ? [[item, ...test] as const] : [])))(
  'the test that is named for %s exists',
  (_, file, name) => {
    const source = readFileSync(join(root, file), 'utf8').replaceAll("\\'", "'");
    expect(name.length).toBeGreaterThan(7);
    expect(source).toContain(name);
  },
);

test('the table on the page is the one that the list makes', () => {
  const { stdout } = spawnSync(process.execPath, [join(root, 'scripts', 'asvs.mjs'), '--print'], { encoding: 'utf8' });
  expect(readFileSync(join(root, 'docs', 'asvs.md'), 'utf8')).toBe(stdout);
});
