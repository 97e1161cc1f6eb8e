// Prints the list of the product's packages (CycloneDX), without those that are only for development.
// npm's own `--omit dev` also leaves out what both need, so its whole list is taken and sorted out here.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const command = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'];
const { stdout, stderr, status } = spawnSync('npm', command, { cwd: root, encoding: 'utf8', maxBuffer: 100_000_000 });
if (status !== 0) {
  process.stderr.write(stderr);
  process.exit(status ?? 1);
}
const list = JSON.parse(stdout);
const isForDevelopment = ({ properties = [] }) =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');
const components = list.components.filter((component) => !isForDevelopment(component));
const known = new Set([list.metadata.component['bom-ref'], ...components.map((component) => component['bom-ref'])]);
const dependencies = list.dependencies
  .filter(({ ref }) => known.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => known.has(other)) }));
process.stdout.write(`${JSON.stringify({ ...list, components, dependencies }, null, 2)}\n`);
