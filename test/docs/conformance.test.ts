import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const table = readFileSync(join(root, 'docs', 'conformance.md'), 'utf8');
const suite = readFileSync(join(root, 'test', 'conformance', 'desks.test.ts'), 'utf8');
const rows = table.split('\n').filter((line) => /^\| \w/.test(line));

test('every behaviour of the suite has a row, and every row is of the suite', () => {
  const titles = [...suite.matchAll(/(?:^ {2}test|^ {2}\]\)|^ {4})\(?\s*'([^']+)',? ?(?:async|$)/gm)].map(
    ([, title = '']) => title,
  );
  const beginnings = titles.map((title) => title.replace(/ ?\(?%.*$/, ''));
  expect(beginnings.length).toBeGreaterThan(10);
  expect(beginnings.filter((one) => !rows.some((row) => row.startsWith(`| ${one}`)))).toEqual([]);
  expect(rows.filter((row) => !beginnings.some((one) => row.startsWith(`| ${one}`)))).toEqual([]);
});

test('every profile does all of it', () => {
  for (const row of rows)
    expect(
      row
        .split(' | ')
        .slice(1)
        .map((cell) => cell.slice(0, 3)),
    ).toEqual(['yes', 'yes', 'yes']);
});
