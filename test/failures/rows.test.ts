import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { notOurs, ofReplicas, rows } from './rows';

const tests = join(__dirname, '..');
const namedRows = /(?<before>\S*)\s*(?<quote>['"`])(?:(?!\k<quote>)[^\\\n]|\\.)*\(rows? (?<numbers>\d+(?:, \d+)*)\)/g;

/** Every name of a test that carries numbers, and whether the test is expected to fail. */
function namesIn(source: string): { readonly numbers: readonly number[]; readonly isFailing: boolean }[] {
  return [...source.matchAll(namedRows)].map(({ groups }) => ({
    numbers: (groups?.numbers ?? '').split(', ').map(Number),
    isFailing: groups?.before?.endsWith('test.failing(') ?? false,
  }));
}

function namesWithRows() {
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
  return files.flatMap((file) => namesIn(readFileSync(join(tests, file), 'utf8')).map((name) => ({ ...name, file })));
}

const names = namesWithRows();
const proved = new Set(names.filter(({ isFailing }) => !isFailing).flatMap(({ numbers }) => numbers));

test('every row is proved by a test that passes and carries its number, or stands among those that are not ours, with a reason', () => {
  const open = Object.keys(rows)
    .map(Number)
    .filter((row) => !proved.has(row) && !(row in notOurs) && !ofReplicas.includes(row));
  expect(open.map((row) => `${row} ${rows[row]}`)).toEqual([]);
});

test('a row that is said not to be ours is proved by no test', () => {
  expect(Object.keys(notOurs).filter((row) => proved.has(Number(row)))).toEqual([]);
});

test('no name of a test carries a number that no row has', () => {
  expect(names.filter(({ numbers }) => numbers.some((row) => !(row in rows)))).toEqual([]);
});

test('the numbers are found in names of every form', () => {
  const forms = ['thread.test.ts', 'wire.test.ts', 'kill.test.ts'].map((file) => join('failures', file));
  for (const file of forms) expect(names.map((name) => name.file)).toContain(file);
  expect(names.some(({ numbers }) => numbers.length > 1)).toBe(true);
  const failing = ['test', 'failing'].join('.');
  expect(namesIn(`${failing}('what is still open (row ${14})', () => {});`)).toEqual([
    { numbers: [14], isFailing: true },
  ]);
});
