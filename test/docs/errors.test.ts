import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../src/doctor/checks';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');

const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('simulator'))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
const source = sources.join('\n');

/** The codes that head the rows of a section. */
function codesOf(section: string): string[] {
  const [, rest = ''] = page.split(`\n## ${section}\n`);
  const [body = ''] = rest.split('\n## ');
  return [...body.matchAll(/^\| `([^`]+)` \|/gm)].map(([, code = '']) => code).sort();
}

/** The members of a union of texts, as the source writes it. */
function unionOf(file: string, type: string): string[] {
  const whole = readFileSync(join(root, 'src', file), 'utf8');
  const text = whole.replace(/\/\*\*.*?\*\//gs, '').replace(/\/\/.*$/gm, '');
  const [, body = ''] = new RegExp(`export type ${type} =([^;]*);`).exec(text) ?? [];
  const members = [...body.matchAll(/'([\w]+)'/g)].map(([, member = '']) => member);
  expect(members.length).toBeGreaterThan(2);
  return members;
}

test('every event of the log has a row, and every row is an event', () => {
  const events = [...source.matchAll(/\blog\??\.(?:info|warn|error)\(\s*'(\w+)'/g)].map(([, event = '']) => event);
  expect(codesOf('Lines of the log')).toEqual([...new Set(events)].sort());
});

test('no event of the log is made up from parts, which nobody could look up', () => {
  const calls = [...source.matchAll(/\blog\??\.(?:info|warn|error)\(\s*([^'\s])/g)].map(([call]) => call);
  // The log that writes to each of several logs passes the event on.
  expect(calls.every((call) => /log\.(info|warn|error)\(e$/.test(call))).toBe(true);
});

test('every reason for refusing a turn has a row', () => {
  const inHttp = [...source.matchAll(/'turn_refused', \{[^}]*reason: '(\w+)'/g)].map(([, reason = '']) => reason);
  expect(inHttp).toEqual(['body']);
  expect(codesOf('Why a turn was refused')).toEqual(
    [...unionOf('teams/refusal.ts', 'RefusalReason'), ...inHttp].sort(),
  );
});

test('every kind of failure has a row', () => {
  expect(codesOf('Kinds of failure')).toEqual(unionOf('conversation/failures.ts', 'FailureKind').sort());
});

test('every outcome has a row', () => {
  const [, body = ''] =
    /readonly outcome: ([^;]*);/.exec(readFileSync(join(root, 'src/engine/store.ts'), 'utf8')) ?? [];
  expect(codesOf('Outcomes')).toEqual([...body.matchAll(/'(\w+)'/g)].map(([, outcome = '']) => outcome).sort());
});

test('every reason why a file is not carried has a row', () => {
  const own = [...source.matchAll(/failed\(errand, '(\w+)'|outcome \?\? '(\w+)'/g)].map(
    ([, one, other]) => one ?? other,
  );
  const all = new Set([...unionOf('conversation/file-refusal.ts', 'FileRefusal'), ...own, 'gone']);
  expect(codesOf('Files that were not carried')).toEqual([...all].sort());
});

test('every reason for not redriving has a row', () => {
  const all = [...unionOf('conversation/redrive.ts', 'RedriveRefusal'), ...unionOf('control/ledger.ts', 'Refusal')];
  expect(codesOf('Why something is not redriven')).toEqual(all.sort());
});

test('what is said when the database cannot be opened is on the page', () => {
  const said = [...source.matchAll(/new StoreError\(\s*[`']([^`']+)[`']/g)].map(([, text = '']) => text);
  const [, rest = ''] = page.split('\n## At the start\n');
  const phrases = [...(rest.split('\n## ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, phrase = '']) => phrase);
  const aboutArguments = /it should be|^--/;
  const unexplained = said.filter(
    (text) => !aboutArguments.test(text) && !phrases.some((phrase) => text.includes(phrase)),
  );
  expect(said.length).toBeGreaterThan(8);
  expect(unexplained).toEqual([]);
});

test('every check of the doctor has a row', () => {
  const ids = [...checks.map(({ id }) => id), 'connector.configuration'];
  expect(codesOf('What the doctor looks at')).toEqual(ids.sort());
});
