import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { plainFields } from '../../src/http/plain-fields';

test('whatever comes from outside is one line in the log, without anything that a terminal obeys', () => {
  const piece = fc.constantFrom(
    '\n',
    '\r',
    '\u001b[31m',
    '\u009b2J',
    '\u0007',
    '\u2028',
    '\u2029',
    '\u202e',
    '{"event":"listening"}',
    'a',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = JSON.stringify(plainFields({ route: pieces.join(''), list: pieces }));
      expect(text).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
      expect(text).not.toMatch(/\\u00|\\[nr]/);
    }),
    { numRuns: 1_000 },
  );
});

test('a field is cut before it fills the log, and numbers stay numbers', () => {
  const { long, count, list } = plainFields({ long: 'x'.repeat(10_000), count: 3, list: Array(1_000).fill('y') });
  expect([String(long).length, count, (list as unknown[]).length]).toEqual([500, 3, 50]);
});

test('a happening that is named to look like another line stays inside its own line', () => {
  const log = join(__dirname, '..', '..', 'dist', 'http', 'log.js');
  const forged = '{"level":"error","event":"listening"}';
  const script = `require(${JSON.stringify(log)}).makeLog('info').info('turn_refused', { reason: '\\n' + ${JSON.stringify(forged)} })`;
  const { stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'turn_refused', level: 'info' });
});
