import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

test('npm run sbom lists every package of the product in a form that scanners read', () => {
  const { scripts, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [command, ...more] = scripts.sbom.split(' ');
  const { stdout } = spawnSync(command, more, { cwd: root, encoding: 'utf8', maxBuffer: 50_000_000 });
  const list = JSON.parse(stdout) as {
    bomFormat: string;
    components: { name: string; group?: string; purl: string }[];
  };
  const names = new Set(
    list.components.map(({ purl }) => decodeURIComponent(purl.slice('pkg:npm/'.length)).replace(/@[^@]+$/, '')),
  );
  expect(list.bomFormat).toBe('CycloneDX');
  expect(list.components.length).toBeLessThan(300);
  expect(names.has('jest')).toBe(false);
  expect(Object.keys(dependencies).filter((name) => !names.has(name))).toEqual([]);
});
