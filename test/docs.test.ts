import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deskOptions } from '../src/servicenow/options';

const root = join(__dirname, '..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');

const content = read('docs', 'content.md');
const named = [...content.matchAll(/· `([^`]+)` “([^”]+)”/g)].map(([, file = '', name = '']) => ({ file, name }));

test('docs/content.md: every test that a cell names is there', () => {
  const missing = named.filter(({ file, name }) => {
    const path = join(root, 'test', `${file}.test.ts`);
    return !existsSync(path) || !readFileSync(path, 'utf8').includes(name);
  });
  expect(missing).toEqual([]);
});

test('docs/content.md: every cell names a test, or says that there is nothing to test', () => {
  const rows = content.split('\n').filter((line) => line.startsWith('| ') && !/^\| (content|what) \|/.test(line));
  expect(rows.length).toBeGreaterThan(30);
  const cells = rows.flatMap((row) => row.split(/(?<!\\)\|/).slice(2, 4));
  expect(cells.filter((cell) => !/^ \(.*\) $/.test(cell) && !/· `[^`]+` “[^”]+”/.test(cell))).toEqual([]);
});

test('README.md: every option of SERVICENOW_OPTIONS, and every path in it, is described', () => {
  const [, text = ''] = read('README.md').split('### What differs between instances');
  const { paths, states } = deskOptions.parse({});
  const names = [...Object.keys(deskOptions.shape), ...Object.keys(paths), ...Object.keys(states)];
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
});
