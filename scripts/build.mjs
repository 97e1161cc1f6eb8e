// Compiles src, and the application's logic that the simulator runs, to dist and copies what is not TypeScript (pages). `--if-stale` leaves a build alone that is newer than every source file.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const src = join(root, 'src');
const dist = join(root, 'dist');
const built = join(dist, 'main.js');

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const files = filesIn(src);
// The simulator runs the logic of the application for ServiceNow; a package of the product alone comes without both.
const app = join(root, 'servicenow-app', 'src');
const appProject = join(src, 'simulator', 'live-chat-app.tsconfig.json');
const hasApp = existsSync(app) && existsSync(appProject);
const newest = Math.max(...[...files, ...(hasApp ? filesIn(app) : [])].map((file) => statSync(file).mtimeMs));
const fresh = existsSync(built) && statSync(built).mtimeMs >= newest;
if (process.argv.includes('--if-stale') && fresh) process.exit(0);

const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
if (!existsSync(tsc)) {
  if (existsSync(built)) process.exit(0);
  console.error(
    'The product is not built and TypeScript is not installed here. Run "npm ci" (with development packages) first.',
  );
  process.exit(1);
}
for (const project of hasApp ? [appProject, src] : [src]) {
  const compiled = spawnSync(process.execPath, [tsc, '-p', project], { stdio: 'inherit' });
  if (compiled.status !== 0) process.exit(compiled.status ?? 1);
}
for (const file of files.filter((name) => /\.(html|css|svg|png|js)$/.test(name)))
  cpSync(file, join(dist, file.slice(src.length + 1)));
