// Runs the conformance suite of the desks and writes what each profile does as a table: docs/conformance.md.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const file = join(tmpdir(), `conformance-${process.pid}.json`);
const jest = ['node_modules/jest/bin/jest.js', 'test/conformance', '--json', `--outputFile=${file}`];
const { status } = spawnSync(process.execPath, jest, { stdio: ['ignore', 'ignore', 'inherit'] });
const results = JSON.parse(readFileSync(file, 'utf8')).testResults.flatMap((one) => one.assertionResults);
rmSync(file);

/** Behaviour → profile → how many of its tests passed. What differs by a switch of the platform alone is one behaviour. */
const table = new Map();
const profiles = [...new Set(results.map(({ ancestorTitles }) => ancestorTitles[0]))];
for (const { ancestorTitles, title, status: outcome } of results) {
  const behaviour = title.replace(/ \(\{.*\}\)$/, '');
  const row = table.get(behaviour) ?? new Map();
  const { passed = 0, all = 0 } = row.get(ancestorTitles[0]) ?? {};
  row.set(ancestorTitles[0], { passed: passed + (outcome === 'passed' ? 1 : 0), all: all + 1 });
  table.set(behaviour, row);
}
const cell = (counted) =>
  counted === undefined
    ? '–'
    : counted.passed === counted.all
      ? many(counted.all)
      : `**${counted.passed} of ${counted.all}**`;
const many = (all) => (all === 1 ? 'yes' : `yes, with ${all} settings of the platform`);
const rows = [...table].map(
  ([behaviour, row]) => `| ${behaviour} | ${profiles.map((name) => cell(row.get(name))).join(' | ')} |`,
);
const text = [
  '# What each profile does',
  '',
  'Written by `node scripts/conformance.mjs` from the tests in `test/conformance`, which ask the same of every profile over the simulated instance. What differs by the nature of the far side stands in [profiles.md](profiles.md).',
  '',
  `| | ${profiles.join(' | ')} |`,
  `|---|${profiles.map(() => '---|').join('')}`,
  ...rows,
  '',
].join('\n');
writeFileSync('docs/conformance.md', text);
process.exitCode = status ?? 1;
